package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.data.StateExamples;
import hgn.dynamics.VectorField;
import hgn.evaluation.StateEvaluation;
import hgn.evaluation.Statistics;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.StateBlueprint;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.systems.PhysicalSystem;
import hgn.training.Objective;
import hgn.training.StateObjective;
import hgn.training.TrainingLoop;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** Recipe of a network that learns from states. */
final class StateRecipe extends Recipe<Dataset, VectorField> {
  private static final int SCORED = 4096;

  private final StateExperimentSpec states;
  private final StateBlueprint model;
  private final Workspace workspace;

  StateRecipe(StateExperiment experiment, Workspace workspace) {
    this(experiment, experiment.spec(), new StateBlueprint(experiment.spec().model()), workspace);
  }

  private StateRecipe(
      StateExperiment experiment,
      StateExperimentSpec spec,
      StateBlueprint model,
      Workspace workspace) {
    super(
        experiment,
        spec,
        spec.training(),
        model.layout(),
        model,
        new RunResult.Heading(
            RunResult.Kind.STATES,
            experiment.model(),
            experiment.system(),
            "states",
            "tanh 2x200"));
    states = spec;
    this.model = model;
    this.workspace = workspace;
  }

  @Override
  Dataset data(TrainingWatch watch) {
    return Dataset.open(states.dataset(), workspace, watch);
  }

  private PhysicalSystem physics() {
    return states.dataset().physics();
  }

  @Override
  Objective objective(Dataset data, Device device) {
    StateExamples examples = StateExamples.of(data.train(), physics());
    Batches batches = new Batches(experiment.seed(), examples.size(), training.batch());
    return new StateObjective(model, iteration -> examples.upload(batches.indices(iteration)));
  }

  @Override
  TrainingLoop.Observer observer(Dataset data, TrainingWatch watch) {
    return loss("mean squared error of (q̇, ṗ)", watch);
  }

  @Override
  RunResult.Pixels measure(
      VectorField field, Dataset data, NDManager manager, Map<String, Object> metrics) {
    StateEvaluation.Rollouts rollouts = rollouts(field, data, manager);
    Metric.TRAIN_VELOCITY_MSE.put(
        metrics, velocityMse(field, StateExamples.of(data.train(), physics()), manager));
    Metric.TEST_VELOCITY_MSE.put(
        metrics, velocityMse(field, StateExamples.of(data.test(), physics()), manager));
    Metric.ROLLOUT_STATE_MSE.put(metrics, rollouts.stateMse());
    Metric.ROLLOUT_ENERGY_MSE.put(metrics, rollouts.energyMse());
    Metric.ROLLOUT_TIME.put(metrics, states.evaluationSteps() * states.dataset().dt());
    return RunResult.Pixels.NONE;
  }

  /** Rollouts from the initial states of a dataset's tests, beside the truth. */
  StateEvaluation.Rollouts rollouts(VectorField field, Dataset data, NDManager manager) {
    return StateEvaluation.rollouts(
        field,
        physics(),
        data.test(),
        states.evaluationSequences(),
        states.dataset().dt(),
        states.evaluationSteps(),
        manager);
  }

  private static double velocityMse(VectorField field, StateExamples of, NDManager manager) {
    int[] indices = IntStream.range(0, Math.min(SCORED, of.size())).toArray();
    StateObjective.Examples some = StateObjective.Examples.of(of.upload(indices).on(manager));
    return StateEvaluation.velocityMse(field, some.state(), some.velocity());
  }

  /** Mean squared error of the true energy along rollouts from a dataset's tests, one each. */
  static double[] energyErrors(StateEvaluation.Rollouts made) {
    return IntStream.range(0, made.energy().length)
        .mapToDouble(
            i ->
                IntStream.range(0, made.energy()[i].length)
                    .mapToDouble(t -> made.energy()[i][t] - made.trueEnergy()[i][t])
                    .map(x -> x * x)
                    .average()
                    .orElse(Double.NaN))
        .toArray();
  }

  private Mean energyError(Trained<Dataset, VectorField> run, Dataset data) {
    double[] errors = run.with((field, manager) -> energyErrors(rollouts(field, data, manager)));
    return new Mean(StatUtils.mean(errors), Statistics.standardError(errors), errors.length);
  }

  @Override
  Claim<Dataset, VectorField> claim() {
    return new Claim<>(
        "energy MSE of rollouts",
        1,
        Metric.PACKED_ROLLOUT_ENERGY_MSE,
        run -> {
          Mean own = energyError(run, run.data());
          double claimed = Metric.ROLLOUT_ENERGY_MSE.in(run.result().metrics()).orElse(Double.NaN);
          return new Mean(claimed, own.error(), own.count());
        },
        this::energyError,
        data ->
            Dataset.open(
                Probing.fresh(
                    data.spec(),
                    Math.min(states.evaluationSequences(), data.test().size()),
                    Shipping.FRESH_SEED),
                workspace,
                Progress.NONE));
  }
}
