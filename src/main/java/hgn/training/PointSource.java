package hgn.training;

import java.util.random.RandomGenerator;

/** Source of points of a density. */
@FunctionalInterface
public interface PointSource {

  /**
   * Points, one after another.
   *
   * @param random whence
   * @param count how many points
   * @return count · d coordinates
   */
  float[] draw(RandomGenerator random, int count);
}
