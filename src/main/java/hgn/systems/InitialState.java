package hgn.systems;

import hgn.io.Text;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One point of phase space as plain numbers.
 *
 * @param q generalised positions
 * @param p generalised momenta, as many
 */
public record InitialState(double[] q, double[] p) {

  /**
   * Checks that the halves match.
   *
   * @throws IllegalArgumentException if q and p differ in length
   */
  public InitialState {
    if (q.length != p.length) {
      throw new IllegalArgumentException(
          Text.of("q has %d entries and p %d, they must match", q.length, p.length));
    }
    q = q.clone();
    p = p.clone();
  }

  /** All positions, then all momenta: {@code of(1.2, -0.4, 0, 0)} has two of each. */
  public static InitialState of(double... qThenP) {
    int half = (qThenP.length + 1) / 2;
    return new InitialState(
        Arrays.copyOf(qThenP, half), Arrays.copyOfRange(qThenP, half, qThenP.length));
  }

  /** A point of the phase plane, radius uniform in [min, max), angle uniform on the circle. */
  static InitialState onCircle(RandomGenerator random, double min, double max) {
    double radius = random.nextDouble(min, max);
    double angle = random.nextDouble(2 * Math.PI);
    return of(radius * Math.cos(angle), radius * Math.sin(angle));
  }

  @Override
  public double[] q() {
    return q.clone();
  }

  @Override
  public double[] p() {
    return p.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InitialState s && Arrays.equals(q, s.q) && Arrays.equals(p, s.p);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(q) + Arrays.hashCode(p);
  }

  @Override
  public String toString() {
    return "q " + Arrays.toString(q) + ", p " + Arrays.toString(p);
  }
}
