package hgn.paper;

import ai.djl.ndarray.NDManager;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;

/** Follows trajectories for as long as one likes, freeing what lies behind. */
final class Walk {
  /** Steps between two clearings: few enough to stay small, many enough to cost nothing. */
  private static final int CHUNK = 64;

  private Walk() {}

  /** Sees each state, the start included. */
  @FunctionalInterface
  interface Visitor {
    void visit(int step, PhaseState state);
  }

  /**
   * Walks in float64.
   *
   * @param method the integrator
   * @param h the energy
   * @param q positions at time 0, one row a trajectory; replaced by where they arrive
   * @param p momenta at time 0, replaced likewise
   * @param dt the step; negative runs backward
   * @param steps how many
   * @param visitor sees states that are freed soon after
   */
  static void follow(
      Integrator method,
      Hamiltonian h,
      double[][] q,
      double[][] p,
      double dt,
      int steps,
      Visitor visitor) {
    int done = 0;
    try (NDManager manager = NDManager.newBaseManager()) {
      do {
        try (NDManager scratch = manager.newSubManager()) {
          PhaseState state = new PhaseState(scratch.create(q), scratch.create(p));
          if (done == 0) {
            visitor.visit(0, state);
          }
          Integrator.Stepper stepper = method.stepper(h, state, dt);
          int end = Math.min(steps, done + CHUNK);
          while (done < end) {
            state = stepper.next();
            done++;
            visitor.visit(done, state);
          }
          unpack(state.q().toDoubleArray(), q);
          unpack(state.p().toDoubleArray(), p);
        }
      } while (done < steps);
    }
  }

  private static void unpack(double[] flat, double[][] rows) {
    int from = 0;
    for (double[] row : rows) {
      System.arraycopy(flat, from, row, 0, row.length);
      from += row.length;
    }
  }
}
