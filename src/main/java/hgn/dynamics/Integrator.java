package hgn.dynamics;

import java.util.ArrayList;
import java.util.List;

/**
 * A one-step method for Hamilton's equations: {@link Composition} and {@link RungeKutta} make one
 * of coefficients, {@link #of} of a lambda.
 *
 * <p>Every method takes a signed step: a negative {@code dt} runs time backward. All are vectorised
 * over the batch and made of differentiable operations, so the same object integrates the true
 * pendulum in float64 and a learned energy in float32.
 */
public interface Integrator {

  /** The method's usual name in lower case, for example "leapfrog". */
  String name();

  /** Order of the global error: halving dt divides it by 2^order. */
  int order();

  /**
   * Whether one step preserves phase-space volume exactly: an explicit one for a separable
   * Hamiltonian, an implicit one for any. Claimed by a method's coefficients only.
   */
  default boolean symplectic() {
    return false;
  }

  /** Whether a step with −dt undoes a step with dt up to round-off, likewise. */
  default boolean reversible() {
    return false;
  }

  /**
   * One step of size dt.
   *
   * @param h the energy
   * @param s the states before the step
   * @param dt the step in units of time; negative runs backward
   * @return the states after the step
   */
  PhaseState step(Hamiltonian h, PhaseState s, double dt);

  /** The law of one step, see {@link Integrator#step}. */
  @FunctionalInterface
  interface Law {
    /** The states after a step of size dt from the states s. */
    PhaseState step(Hamiltonian h, PhaseState s, double dt);
  }

  /**
   * A method of one's own, for example two half steps of another: {@code of("halves", 2, (h, s, dt)
   * -> LEAPFROG.step(h, LEAPFROG.step(h, s, dt / 2), dt / 2))}.
   *
   * @param name what figures call it
   * @param order the order that it declares; {@code IntegratorStudy} measures it
   * @param law one step
   */
  static Integrator of(String name, int order, Law law) {
    return new Integrator() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int order() {
        return order;
      }

      @Override
      public PhaseState step(Hamiltonian h, PhaseState s, double dt) {
        return law.step(h, s, dt);
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

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
