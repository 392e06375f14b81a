package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import java.util.Locale;

/**
 * A splitting method: kicks p ← p − bᵢ dt ∂H/∂q and drifts q ← q + aᵢ dt ∂H/∂p in turn, beginning
 * and ending with a kick. Every such step is a composition of shears, so for a separable H it is
 * symplectic; with palindromic coefficients it is its own inverse under dt → −dt.
 *
 * @param name the method's usual name
 * @param order order of the global error
 * @param kicks fractions of dt, one more than the drifts; they sum to 1
 * @param drifts fractions of dt; they sum to 1
 */
public record Composition(String name, int order, double[] kicks, double[] drifts)
    implements Integrator {

  /**
   * Checks the conditions for consistency.
   *
   * @throws IllegalArgumentException if there is not one kick more than drifts or a sum is not 1
   */
  public Composition {
    if (kicks.length != drifts.length + 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d kicks and %d drifts, expected one kick more than drifts",
              name,
              kicks.length,
              drifts.length));
    }
    Integrators.requireSumOne(name, "kicks", kicks);
    Integrators.requireSumOne(name, "drifts", drifts);
    kicks = kicks.clone();
    drifts = drifts.clone();
  }

  @Override
  public double[] kicks() {
    return kicks.clone();
  }

  @Override
  public double[] drifts() {
    return drifts.clone();
  }

  @Override
  public boolean symplectic() {
    return true;
  }

  @Override
  public boolean reversible() {
    return palindromic(kicks) && palindromic(drifts);
  }

  /**
   * A composition of leapfrogs: the second half of each kick and the first of the next are one.
   *
   * @param name the method's usual name
   * @param order order of the global error
   * @param lengths of the leapfrogs in fractions of dt; they sum to 1
   */
  public static Composition leapfrogs(String name, int order, double... lengths) {
    double[] kicks = new double[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      kicks[i] += lengths[i] / 2;
      kicks[i + 1] += lengths[i] / 2;
    }
    return new Composition(name, order, kicks, lengths);
  }

  @Override
  public PhaseState step(Hamiltonian h, PhaseState s, double dt) {
    return new Shears(h, s, dt).next();
  }

  @Override
  public Stepper stepper(Hamiltonian h, PhaseState start, double dt) {
    return new Shears(h, start, dt);
  }

  /** Keeps ∂V/∂q of the last kick: the next step begins at the same q and needs it again. */
  private final class Shears implements Stepper {
    private final Hamiltonian h;
    private final double dt;
    private NDArray q;
    private NDArray p;
    private NDArray slope;

    Shears(Hamiltonian h, PhaseState start, double dt) {
      this.h = h;
      this.dt = dt;
      q = start.q();
      p = start.p();
    }

    @Override
    public PhaseState next() {
      kick(kicks[0]);
      for (int i = 0; i < drifts.length; i++) {
        drift(drifts[i]);
        kick(kicks[i + 1]);
      }
      return new PhaseState(q, p);
    }

    private void kick(double fraction) {
      // Of any but a separable energy ∂H/∂q changes with p, so nothing of it can be kept.
      if (slope == null || !(h instanceof Separable)) {
        slope = h.dHdq(new PhaseState(q, p));
      }
      p = p.sub(Scalars.times(slope, fraction * dt));
    }

    private void drift(double fraction) {
      q = q.add(Scalars.times(h.dHdp(new PhaseState(q, p)), fraction * dt));
      slope = null;
    }
  }

  private static boolean palindromic(double[] c) {
    for (int i = 0; i < c.length / 2; i++) {
      if (c[i] != c[c.length - 1 - i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return name;
  }
}
