package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import java.util.List;

/** Follows trajectories for as long as one likes, freeing what lies behind. */
final class Walk {
  /** Steps between two clearings: few enough to stay small, many enough to cost nothing. */
  private static final int CHUNK = 64;

  private Walk() {}

  /** Sees states in pieces, so that what it computes of them is computed for many at once. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Sees some states that follow one another.
     *
     * @param first number of the first of them, 0 being the start
     * @param count how many they are
     * @param states each half [count · batch, d], a step's batch together; freed soon after
     */
    void visit(int first, int count, PhaseState states);
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
   * @param visitor sees every state, the start included
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
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      do {
        int first = done == 0 ? 0 : done + 1;
        int end = Math.min(steps, done + CHUNK);
        try (NDManager scratch = manager.newSubManager()) {
          PhaseState start = new PhaseState(scratch.create(q), scratch.create(p));
          List<PhaseState> path = method.rollout(h, start, dt, end - done);
          List<PhaseState> seen = done == 0 ? path : path.subList(1, path.size());
          NDList qs = new NDList(seen.stream().map(PhaseState::q).toList());
          NDList ps = new NDList(seen.stream().map(PhaseState::p).toList());
          visitor.visit(
              first, seen.size(), new PhaseState(NDArrays.concat(qs), NDArrays.concat(ps)));
          PhaseState last = path.get(path.size() - 1);
          unpack(last.q().toDoubleArray(), q);
          unpack(last.p().toDoubleArray(), p);
        }
        done = end;
      } while (done < steps);
    }
  }

  /** Walks without looking. */
  static void follow(
      Integrator method, Hamiltonian h, double[][] q, double[][] p, double dt, int steps) {
    follow(method, h, q, p, dt, steps, (first, count, states) -> {});
  }

  private static void unpack(double[] flat, double[][] rows) {
    int from = 0;
    for (double[] row : rows) {
      System.arraycopy(flat, from, row, 0, row.length);
      from += row.length;
    }
  }
}
