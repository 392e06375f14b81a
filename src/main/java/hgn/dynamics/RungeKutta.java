package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * An explicit Runge–Kutta method given by its Butcher tableau. Neither symplectic nor reversible:
 * the energy of a long rollout drifts (§A.6).
 *
 * @param name the method's usual name
 * @param order order of the global error
 * @param a strictly lower-triangular stage coefficients, row i of length i
 * @param b weights of the stages; they sum to 1
 */
public record RungeKutta(String name, int order, double[][] a, double[] b) implements Integrator {

  private static final double SUM_TOLERANCE = 1e-14;

  /**
   * Checks the tableau's shape and consistency.
   *
   * @throws IllegalArgumentException if a is not strictly lower triangular or b does not sum to 1
   */
  public RungeKutta {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "%s: %d stages in a and %d weights in b must match".formatted(name, a.length, b.length));
    }
    for (int i = 0; i < a.length; i++) {
      if (a[i].length != i) {
        throw new IllegalArgumentException(
            "%s: row %d of a has %d entries, an explicit method has %d"
                .formatted(name, i, a[i].length, i));
      }
    }
    double sum = Arrays.stream(b).sum();
    if (!(Math.abs(sum - 1) < SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "%s: the weights %s sum to %s, expected 1".formatted(name, Arrays.toString(b), sum));
    }
    a = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    b = b.clone();
  }

  @Override
  public double[][] a() {
    return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public double[] b() {
    return b.clone();
  }

  @Override
  public boolean symplectic() {
    return false;
  }

  @Override
  public boolean reversible() {
    return false;
  }

  @Override
  public PhaseState step(Hamiltonian h, PhaseState s, double dt) {
    return step(VectorField.of(h), s, dt);
  }

  /**
   * One step along any vector field, for motions that no energy is known of.
   *
   * @param field the law of motion
   * @param s the states before the step
   * @param dt the step in units of time; negative runs backward
   * @return the states after the step
   */
  public PhaseState step(VectorField field, PhaseState s, double dt) {
    PhaseState[] slopes = new PhaseState[b.length];
    for (int i = 0; i < b.length; i++) {
      slopes[i] = field.velocity(advance(s, slopes, a[i], dt));
    }
    return advance(s, slopes, b, dt);
  }

  private static PhaseState advance(PhaseState s, PhaseState[] slopes, double[] c, double dt) {
    NDArray q = s.q();
    NDArray p = s.p();
    for (int j = 0; j < c.length; j++) {
      if (c[j] != 0) {
        q = q.add(Scalars.times(slopes[j].q(), c[j] * dt));
        p = p.add(Scalars.times(slopes[j].p(), c[j] * dt));
      }
    }
    return new PhaseState(q, p);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RungeKutta r
        && name.equals(r.name)
        && order == r.order
        && Arrays.deepEquals(a, r.a)
        && Arrays.equals(b, r.b);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
