package hgn.dynamics;

import java.util.ArrayList;
import java.util.List;

/**
 * A one-step method for Hamilton's equations, described by its coefficients.
 *
 * <p>Every method takes a signed step: a negative {@code dt} runs time backward. All are vectorised
 * over the batch and made of differentiable operations, so the same object integrates the true
 * pendulum in float64 and a learned energy in float32.
 */
public sealed interface Integrator permits Composition, RungeKutta {

  /** The method's usual name in lower case, for example "leapfrog". */
  String name();

  /** Order of the global error: halving dt divides it by 2^order. */
  int order();

  /** Whether one step preserves phase-space volume exactly for a separable Hamiltonian. */
  boolean symplectic();

  /** Whether a step with −dt undoes a step with dt up to round-off, for a separable Hamiltonian. */
  boolean reversible();

  /**
   * One step of size dt.
   *
   * @param h the energy
   * @param s the states before the step
   * @param dt the step in units of time; negative runs backward
   * @return the states after the step
   */
  PhaseState step(Hamiltonian h, PhaseState s, double dt);

  /**
   * The trajectory from {@code start}, the start included.
   *
   * @param h the energy
   * @param start the states at time 0
   * @param dt time between two returned states; negative runs backward
   * @param steps how many states follow the start, at least 0
   * @return steps + 1 states
   */
  default List<PhaseState> rollout(Hamiltonian h, PhaseState start, double dt, int steps) {
    Stepper stepper = stepper(h, start, dt);
    List<PhaseState> states = new ArrayList<>(steps + 1);
    states.add(start);
    for (int i = 0; i < steps; i++) {
      states.add(stepper.next());
    }
    return states;
  }

  /**
   * A walk along one trajectory that may keep from step to step what the next step needs again.
   *
   * @param h the energy
   * @param start the states at time 0
   * @param dt the step
   * @return a stepper whose first {@code next()} is the state at time dt
   */
  default Stepper stepper(Hamiltonian h, PhaseState start, double dt) {
    return new Stepper() {
      private PhaseState state = start;

      @Override
      public PhaseState next() {
        state = step(h, state, dt);
        return state;
      }
    };
  }

  /** A trajectory being walked. */
  interface Stepper {
    /** Advances by one step and returns where it arrived. */
    PhaseState next();
  }
}
