package hgn.systems;

import java.util.Arrays;

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
          "q has %d entries and p %d, they must match".formatted(q.length, p.length));
    }
    q = q.clone();
    p = p.clone();
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
