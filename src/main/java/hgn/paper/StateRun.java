package hgn.paper;

import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.evaluation.StateEvaluation;
import hgn.models.StateBlueprint;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.StateRollouts;
import hgn.results.Trajectory;
import hgn.systems.PhysicalSystem;
import hgn.training.Compute;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A network trained on states, with what was measured of it. Holds no native memory. */
public final class StateRun {
  private final StateExperiment experiment;
  private final RunResult result;
  private final StateBlueprint blueprint;
  private final float[] weights;
  private final Dataset dataset;

  StateRun(
      StateExperiment experiment,
      RunResult result,
      StateBlueprint blueprint,
      float[] weights,
      Dataset dataset) {
    this.experiment = experiment;
    this.result = result;
    this.blueprint = blueprint;
    this.weights = weights;
    this.dataset = dataset;
  }

  /** What was trained. */
  public StateExperiment experiment() {
    return experiment;
  }

  /** What was measured. */
  public RunResult result() {
    return result;
  }

  /** What it was trained on. */
  Dataset dataset() {
    return dataset;
  }

  /** Mean squared error of the true energy along rollouts from a dataset's tests, one each. */
  double[] energyErrors(Dataset other) {
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      StateEvaluation.Rollouts made =
          experiment.rollouts(
              blueprint.bind(blueprint.layout().bind(manager.create(weights))), other, manager);
      return IntStream.range(0, made.energy().length)
          .mapToDouble(i -> meanSquare(made.energy()[i], made.trueEnergy()[i]))
          .toArray();
    }
  }

  private static double meanSquare(double[] a, double... b) {
    return IntStream.range(0, a.length)
        .mapToDouble(t -> (a[t] - b[t]) * (a[t] - b[t]))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Rollouts from the initial states of test trajectories: the truth's and the model's.
   *
   * @param count of how many trajectories
   */
  public List<StateRollouts> rollouts(int count) {
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      StateEvaluation.Rollouts made =
          experiment.rollouts(
              blueprint.bind(blueprint.layout().bind(manager.create(weights))), dataset, manager);
      int n = Math.min(count, made.q().length);
      return List.of(
          view("truth", made.trueQ(), made.trueP(), made.trueEnergy(), n),
          view(
              experiment.hamiltonian() ? "HNN" : "plain twin",
              made.q(),
              made.p(),
              made.energy(),
              n));
    }
  }

  private StateRollouts view(
      String label, double[][][] q, double[][][] p, double[][] energy, int count) {
    PhysicalSystem physics = dataset.spec().physics();
    double[] time = new double[energy[0].length];
    for (int t = 0; t < time.length; t++) {
      time[t] = t * dataset.spec().dt();
    }
    List<List<Series>> paths = new ArrayList<>();
    List<Series> energies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      paths.add(Plane.curves(physics, new Trajectory(label, time, q[i], p[i])));
      double[] change = new double[time.length];
      for (int t = 0; t < time.length; t++) {
        change[t] = energy[i][t] - energy[i][0];
      }
      energies.add(new Series(label, time, change));
    }
    return new StateRollouts(
        physics.id(), physics.title(), Plane.axes(physics), label, paths, energies);
  }
}
