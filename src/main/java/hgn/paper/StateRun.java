package hgn.paper;

import hgn.data.Dataset;
import hgn.dynamics.VectorField;
import hgn.evaluation.StateEvaluation;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.StateRollouts;
import hgn.results.Trajectory;
import hgn.systems.PhysicalSystem;
import java.util.ArrayList;
import java.util.List;

/** A network trained on states, with what was measured of it. Holds no native memory. */
public final class StateRun {
  private final StateExperiment experiment;
  private final StateRecipe recipe;
  private final Trained<Dataset, VectorField> trained;

  StateRun(StateExperiment experiment, StateRecipe recipe, Trained<Dataset, VectorField> trained) {
    this.experiment = experiment;
    this.recipe = recipe;
    this.trained = trained;
  }

  /** The experiment that was trained. */
  public StateExperiment experiment() {
    return experiment;
  }

  /** The result: numbers that were measured. */
  public RunResult result() {
    return trained.result();
  }

  /** Mean squared error of the true energy along rollouts from a dataset's tests, one each. */
  double[] energyErrors(Dataset other) {
    return StateRecipe.energyErrors(made(other));
  }

  private StateEvaluation.Rollouts made(Dataset data) {
    return trained.with((field, manager) -> recipe.rollouts(field, data, manager));
  }

  /**
   * Rollouts from the initial states of test trajectories: the truth's and the model's.
   *
   * @param count of how many trajectories
   */
  public List<StateRollouts> rollouts(int count) {
    StateEvaluation.Rollouts made = made(trained.data());
    int n = Math.min(count, made.q().length);
    return List.of(
        view("truth", made.trueQ(), made.trueP(), made.trueEnergy(), n),
        view(
            experiment.hamiltonian() ? "HNN" : "plain twin", made.q(), made.p(), made.energy(), n));
  }

  private StateRollouts view(
      String label, double[][][] q, double[][][] p, double[][] energy, int count) {
    PhysicalSystem physics = trained.data().spec().physics();
    double[] time = Series.times(energy[0].length, trained.data().dt());
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
