package hgn.data;

import java.util.random.RandomGenerator;

/** A density to learn: its sampler and, where there is one, its exact value. */
public interface Target {

  /** Its name, for example "mixture-4". */
  String id();

  /** Coordinates of a point. */
  int dimension();

  /**
   * One point.
   *
   * @param random whence
   * @return its coordinates
   */
  double[] sample(RandomGenerator random);

  /** Whether {@link #logDensity} is known. */
  default boolean exact() {
    return false;
  }

  /**
   * The logarithm of the density.
   *
   * @param x a point
   * @throws UnsupportedOperationException where it is not {@link #exact}
   */
  default double logDensity(double[] x) {
    throw new UnsupportedOperationException(id() + " has no density in closed form");
  }

  /**
   * Fingerprint of whatever else determines it, for a run's spec: empty where the name says all.
   */
  default String fingerprint() {
    return "";
  }

  /**
   * Many points.
   *
   * @param random whence
   * @param count how many
   * @return one a row
   */
  default double[][] samples(RandomGenerator random, int count) {
    double[][] out = new double[count][];
    for (int i = 0; i < count; i++) {
      out[i] = sample(random);
    }
    return out;
  }

  /**
   * Points to test with. Where the points are the user's, {@link #sample} gives none of them.
   *
   * @param random whence
   * @param count how many, at most
   * @return one a row
   */
  default double[][] tests(RandomGenerator random, int count) {
    return samples(random, count);
  }
}
