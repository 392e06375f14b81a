package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.Simulation;
import hgn.data.Split;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.dynamics.RungeKutta;
import hgn.dynamics.VectorField;
import hgn.systems.PhysicalSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rolls a learned motion out by RK4 from the true initial states of test trajectories, beside the
 * truth, far beyond the trajectories that it was trained on.
 */
public final class StateEvaluation {
  private StateEvaluation() {}

  /**
   * Rollouts of a learned field beside the true ones.
   *
   * @param q positions of the model, [sequence][time][coordinate]
   * @param p momenta of the model
   * @param trueQ positions in truth
   * @param trueP momenta in truth
   * @param energy true energy of the model's states, [sequence][time]
   * @param trueEnergy true energy of the true states
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Rollouts(
      double[][][] q,
      double[][][] p,
      double[][][] trueQ,
      double[][][] trueP,
      double[][] energy,
      double[][] trueEnergy) {

    /** Mean squared error per coordinate, over all sequences and times. */
    public double stateMse() {
      return (mse(q, trueQ) + mse(p, trueP)) / 2;
    }

    /** Mean squared difference of the true energy along the rollout and along the truth. */
    public double energyMse() {
      return mse(new double[][][] {energy}, new double[][][] {trueEnergy});
    }

    private static double mse(double[][][] a, double[][][] b) {
      double sum = 0;
      long count = 0;
      for (int i = 0; i < a.length; i++) {
        for (int t = 0; t < a[i].length; t++) {
          for (int j = 0; j < a[i][t].length; j++) {
            sum += (a[i][t][j] - b[i][t][j]) * (a[i][t][j] - b[i][t][j]);
            count++;
          }
        }
      }
      return sum / count;
    }
  }

  /**
   * Rolls out.
   *
   * @param field the learned motion, float32
   * @param system whose truth is beside it
   * @param split whose initial states are taken, without noise
   * @param count how many sequences, at most the split's size
   * @param dt the step
   * @param steps how many
   * @param manager owner of what is computed meanwhile
   */
  public static Rollouts rollouts(
      VectorField field,
      PhysicalSystem system,
      Split split,
      int count,
      double dt,
      int steps,
      NDManager manager) {
    int n = Math.min(count, split.size());
    NDIndex first = new NDIndex(":,0");
    try (NDManager scope = manager.newSubManager()) {
      PhaseState all = split.states(scope, DataType.FLOAT64, IntStream.range(0, n).toArray());
      PhaseState start = new PhaseState(all.q().get(first), all.p().get(first));
      List<PhaseState> truth = truth(system, start, dt, steps);
      List<PhaseState> model = model(field, start, dt, steps);
      return new Rollouts(
          values(model.stream().map(PhaseState::q).toList()),
          values(model.stream().map(PhaseState::p).toList()),
          values(truth.stream().map(PhaseState::q).toList()),
          values(truth.stream().map(PhaseState::p).toList()),
          energies(system.hamiltonian(), model),
          energies(system.hamiltonian(), truth));
    }
  }

  /** Mean squared error of the velocities at measured states. */
  public static double velocityMse(VectorField field, PhaseState at, PhaseState velocity) {
    PhaseState guess = field.velocity(at);
    double q = guess.q().sub(velocity.q()).square().mean().getFloat();
    double p = guess.p().sub(velocity.p()).square().mean().getFloat();
    return (q + p) / 2;
  }

  /** By the simulator of the data, which cuts a step in two wherever the energy asks for it. */
  private static List<PhaseState> truth(
      PhysicalSystem system, PhaseState start, double dt, int steps) {
    PhaseState paths = Simulation.trajectories(system, start, dt, steps);
    List<PhaseState> states = new ArrayList<>();
    for (int t = 0; t <= steps; t++) {
      NDIndex now = new NDIndex(":,{}", t);
      states.add(new PhaseState(paths.q().get(now), paths.p().get(now)));
    }
    return states;
  }

  private static List<PhaseState> model(VectorField field, PhaseState start, double dt, int steps) {
    RungeKutta rk4 = (RungeKutta) Integrators.RK4;
    NDManager owner = start.q().getManager();
    List<PhaseState> states = new ArrayList<>(List.of(start));
    for (int t = 0; t < steps; t++) {
      try (NDManager scope = owner.newSubManager()) {
        PhaseState now = typed(states.get(t), DataType.FLOAT32);
        now.q().attach(scope);
        now.p().attach(scope);
        // What has been float32 comes back unchanged.
        PhaseState next = typed(rk4.step(field, now, dt), DataType.FLOAT64);
        next.q().attach(owner);
        next.p().attach(owner);
        states.add(next);
      }
    }
    return states;
  }

  private static PhaseState typed(PhaseState s, DataType type) {
    return new PhaseState(s.q().toType(type, true), s.p().toType(type, true));
  }

  /** [sequence][time][coordinate]. */
  private static double[][][] values(List<NDArray> overTime) {
    int n = (int) overTime.get(0).getShape().get(0);
    int d = (int) overTime.get(0).getShape().get(1);
    double[][][] out = new double[n][overTime.size()][d];
    for (int t = 0; t < overTime.size(); t++) {
      double[] flat = overTime.get(t).toDoubleArray();
      for (int i = 0; i < flat.length; i++) {
        out[i / d][t][i % d] = flat[i];
      }
    }
    return out;
  }

  private static double[][] energies(Hamiltonian h, List<PhaseState> states) {
    int n = (int) states.get(0).q().getShape().get(0);
    double[][] out = new double[n][states.size()];
    for (int t = 0; t < states.size(); t++) {
      double[] energy = h.energy(states.get(t)).toDoubleArray();
      for (int i = 0; i < n; i++) {
        out[i][t] = energy[i];
      }
    }
    return out;
  }
}
