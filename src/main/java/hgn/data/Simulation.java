package hgn.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.systems.PhysicalSystem;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * True trajectories: symplectic steps of eighth order in float64, explicit or implicit as the
 * energy asks for ({@link Integrators#eighthOrder}), so short that the error stays below the
 * round-off of the float32 states on disk. Trajectories that do not keep their energy, because
 * bodies meet closely, are done again with shorter steps.
 */
public final class Simulation {
  /** Error of order h⁸ per unit of time: at this step about 1e-9 over 30 frames in the median. */
  private static final double LARGEST_STEP = 1 / 16.0;

  /** Largest change of the energy, relative to the larger of 1 and its size. */
  private static final double ENERGY_TOLERANCE = 1e-8;

  /** An interval whose energy is not kept is done again as so many shorter ones. */
  private static final int PARTS = 4;

  private static final int DEEPEST = 9;

  private Simulation() {}

  /**
   * Follows a batch of states.
   *
   * @param system the physics
   * @param start states at time 0, each half [n, d], float64
   * @param dt time between frames; negative runs backward
   * @param steps frames after the start
   * @return states, each half [n, steps + 1, d], owned by the manager of start
   * @throws UserError if bodies meet so closely that no reasonable step resolves it
   */
  public static PhaseState trajectories(
      PhysicalSystem system, PhaseState start, double dt, int steps) {
    return NativeThreads.single(
        () -> follow(start, steps, state -> advance(system, state, dt, substeps(dt), 0)));
  }

  /** The start and what follows it, one step after the other. */
  private static PhaseState follow(PhaseState start, int steps, UnaryOperator<PhaseState> step) {
    NDManager owner = start.q().getManager();
    try (NDManager scratch = owner.newSubManager()) {
      NDList q = new NDList(start.q());
      NDList p = new NDList(start.p());
      PhaseState state = start.copy(scratch);
      for (int i = 0; i < steps; i++) {
        state = step.apply(state);
        q.add(state.q());
        p.add(state.p());
      }
      return stacked(q, p, owner);
    }
  }

  /** One interval, cut where energy asks for it. */
  private static PhaseState advance(
      PhysicalSystem system, PhaseState start, double dt, int substeps, int depth) {
    Hamiltonian energy = system.hamiltonian();
    PhaseState end = walk(energy, start, dt, substeps);
    int[] bad = changed(energy.energy(start).toDoubleArray(), energy.energy(end).toDoubleArray());
    if (bad.length == 0) {
      return end;
    }
    if (depth == DEEPEST) {
      throw UserError.usage(
          "%d trajectories of %s come too close to a collision to be simulated: lower the orbit"
              + " noise, or start where the forces stay finite",
          bad.length, system.id());
    }
    PhaseState redone = new PhaseState(rows(start.q(), bad), rows(start.p(), bad));
    for (int i = 0; i < PARTS; i++) {
      redone = advance(system, redone, dt / PARTS, substeps, depth + 1);
    }
    return new PhaseState(replaced(end.q(), bad, redone.q()), replaced(end.p(), bad, redone.p()));
  }

  /**
   * Follows a batch of states with equal steps and no second look; see {@link #resolved}.
   *
   * @param round 0 for the usual step, each further round a quarter of the last one's
   */
  static PhaseState attempt(
      PhysicalSystem system, PhaseState start, double dt, int steps, int round) {
    int substeps = substeps(dt) * (int) Math.pow(PARTS, round);
    return follow(start, steps, state -> walk(system.hamiltonian(), state, dt, substeps));
  }

  private static int substeps(double dt) {
    return Math.max(1, (int) Math.ceil(Math.abs(dt) / LARGEST_STEP - 1e-9));
  }

  /** Equal steps; intermediate arrays are freed at each, so that they stay in the cache. */
  private static PhaseState walk(Hamiltonian energy, PhaseState start, double dt, int substeps) {
    NDManager owner = start.q().getManager();
    PhaseState state = start;
    for (int i = 0; i < substeps; i++) {
      try (NDManager scratch = owner.newSubManager()) {
        PhaseState next =
            Integrators.eighthOrder(energy).step(energy, state.copy(scratch), dt / substeps);
        next.q().attach(owner);
        next.p().attach(owner);
        state = next;
      }
    }
    return state;
  }

  private static PhaseState stacked(NDList q, NDList p, NDManager owner) {
    PhaseState paths = new PhaseState(NDArrays.stack(q, 1), NDArrays.stack(p, 1));
    paths.q().attach(owner);
    paths.p().attach(owner);
    return paths;
  }

  /** For each trajectory whether its energy is that of its start at every frame. */
  static boolean[] resolved(PhysicalSystem system, PhaseState paths) {
    Shape shape = paths.q().getShape();
    int frames = (int) shape.get(1);
    double[] energies;
    try (NDManager scratch = paths.q().getManager().newSubManager()) {
      NDArray q = paths.q().reshape(-1, shape.get(2));
      NDArray p = paths.p().reshape(-1, shape.get(2));
      q.attach(scratch);
      p.attach(scratch);
      energies = system.hamiltonian().energy(new PhaseState(q, p)).toDoubleArray();
    }
    boolean[] resolved = new boolean[(int) shape.get(0)];
    for (int i = 0; i < resolved.length; i++) {
      resolved[i] = conserved(energies, i * frames, (i + 1) * frames);
    }
    return resolved;
  }

  private static boolean conserved(double[] energies, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (!kept(energies[from], energies[i])) {
        return false;
      }
    }
    return true;
  }

  private static int[] changed(double[] before, double[] after) {
    return IntStream.range(0, before.length).filter(i -> !kept(before[i], after[i])).toArray();
  }

  /** Whether two energies are one; not if either is no number. */
  private static boolean kept(double before, double after) {
    return Math.abs(after - before) <= ENERGY_TOLERANCE * Math.max(1, Math.abs(before));
  }

  private static NDArray rows(NDArray array, int... indices) {
    int length = (int) array.size(1);
    double[] all = array.toDoubleArray();
    double[] chosen = new double[indices.length * length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(all, indices[i] * length, chosen, i * length, length);
    }
    return array.getManager().create(chosen, new Shape(indices.length, length));
  }

  private static NDArray replaced(NDArray paths, int[] indices, NDArray by) {
    double[] all = paths.toDoubleArray();
    double[] rows = by.toDoubleArray();
    int length = rows.length / indices.length;
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(rows, i * length, all, indices[i] * length, length);
    }
    return paths.getManager().create(all, paths.getShape());
  }
}
