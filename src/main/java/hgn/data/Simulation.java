package hgn.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.systems.PhysicalSystem;

/**
 * True trajectories: fourth-order symplectic steps in float64, as many between two frames as the
 * system needs for its error to stay below the round-off of the float32 states on disk.
 */
public final class Simulation {
  private static final Integrator METHOD = Integrators.YOSHIDA4;

  private Simulation() {}

  /**
   * Follows a batch of states.
   *
   * @param system the physics
   * @param start states at time 0, each half [n, d], float64
   * @param dt time between frames
   * @param steps frames after the start
   * @return states, each half [n, steps + 1, d], owned by the manager of start
   */
  public static PhaseState trajectories(
      PhysicalSystem system, PhaseState start, double dt, int steps) {
    Hamiltonian energy = system.hamiltonian();
    int substeps = Math.max(1, (int) Math.ceil(Math.abs(dt) / largestStep(system) - 1e-9));
    NDManager owner = start.q().getManager();
    try (NDManager scratch = owner.newSubManager()) {
      NDList q = new NDList(steps + 1);
      NDList p = new NDList(steps + 1);
      PhaseState state = start;
      keep(state, q, p);
      for (int i = 0; i < steps; i++) {
        for (int j = 0; j < substeps; j++) {
          state = step(energy, state, dt / substeps, scratch);
        }
        keep(state, q, p);
      }
      PhaseState result = new PhaseState(NDArrays.stack(q, 1), NDArrays.stack(p, 1));
      result.q().attach(owner);
      result.p().attach(owner);
      return result;
    }
  }

  /**
   * One step whose intermediate arrays are freed at once: they then stay in the processor's cache.
   */
  private static PhaseState step(
      Hamiltonian energy, PhaseState state, double dt, NDManager keeper) {
    try (NDManager scratch = keeper.newSubManager()) {
      NDArray q = state.q().duplicate();
      NDArray p = state.p().duplicate();
      q.attach(scratch);
      p.attach(scratch);
      PhaseState next = METHOD.step(energy, new PhaseState(q, p), dt);
      next.q().attach(keeper);
      next.p().attach(keeper);
      return next;
    }
  }

  private static void keep(PhaseState state, NDList q, NDList p) {
    q.add(state.q());
    p.add(state.p());
  }

  /** Longest step whose error over the paper's 3.75 units of time a float32 does not show. */
  private static double largestStep(PhysicalSystem system) {
    return switch (system.id()) {
      case "mass-spring", "pendulum" -> 1 / 128.0;
      case "two-body" -> 1 / 256.0;
      default -> 1 / 256.0;
    };
  }
}
