package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.data.StateExamples;
import hgn.dynamics.VectorField;
import hgn.evaluation.StateEvaluation;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.StateBlueprint;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import hgn.training.Compute;
import hgn.training.StateObjective;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import hgn.training.WeightsFile;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A network that learns a system's motion from its true, noisy states: the check that the baseline
 * was implemented well (§2.1, §4).
 *
 * @param hamiltonian the HNN, or its plain twin
 * @param system id of the physical system
 * @param budget how much to spend
 * @param seed of weights and batches
 */
public record StateExperiment(boolean hamiltonian, String system, Budget budget, long seed) {
  private static final String HNN = "hnn-states";
  private static final String TWIN = "mlp-states";
  private static final int SCORED = 4096;

  /** What falls while it is trained. */
  private static final String VELOCITY_ERROR = "mean squared error of (q̇, ṗ)";

  /** The name: "hnn-states" or "mlp-states", and the system. */
  public String name() {
    return model() + "." + system;
  }

  private String model() {
    return hamiltonian ? HNN : TWIN;
  }

  /** Every such experiment, at the quick budget. */
  public static List<StateExperiment> all() {
    return Systems.paper().stream()
        .map(PhysicalSystem::id)
        .flatMap(
            id ->
                List.of(true, false).stream()
                    .map(h -> new StateExperiment(h, id, Budget.QUICK, Experiment.DEFAULT_SEED)))
        .toList();
  }

  /** The experiment of that name, where there is one. */
  public static Optional<StateExperiment> named(String name) {
    return all().stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** The same at another budget. */
  public StateExperiment within(Budget other) {
    return new StateExperiment(hamiltonian, system, other, seed);
  }

  /** The same with another seed. */
  public StateExperiment withSeed(long other) {
    return new StateExperiment(hamiltonian, system, budget, other);
  }

  /** Everything that determines the run. */
  public StateExperimentSpec spec() {
    return StateExperimentSpec.of(hamiltonian, system, budget, seed);
  }

  /**
   * The finished run: loaded where this spec has been trained before, else trained from its
   * checkpoint or from the start.
   *
   * @param workspace where it is kept
   * @param watch who is told
   * @throws UserError if what is on disk is corrupt or of another spec, or another process trains
   *     it
   * @throws hgn.training.TrainingInterrupted if this thread was interrupted; the run can go on
   */
  public StateRun train(Workspace workspace, TrainingWatch watch) {
    StateExperimentSpec spec = spec();
    RunFolder folder = folder(workspace);
    Supplier<Dataset> dataset = () -> Dataset.open(spec.dataset(), workspace, watch);
    return folder.finishedOr(
        () -> loaded(spec, folder, dataset.get()),
        () -> trained(workspace, spec, folder, dataset.get(), watch));
  }

  private StateRun loaded(StateExperimentSpec spec, RunFolder folder, Dataset dataset) {
    StateBlueprint blueprint = new StateBlueprint(spec.model());
    RunResult result = Json.read(folder.result(), RunResult.class);
    String command = RunFolder.command(name(), budget, seed);
    folder.requireSpec(result, spec, command);
    float[] weights = folder.weights(blueprint.layout(), Json.compact(spec), command);
    return new StateRun(this, result, blueprint, weights, dataset);
  }

  private StateRun trained(
      Workspace workspace,
      StateExperimentSpec spec,
      RunFolder folder,
      Dataset dataset,
      TrainingWatch watch) {
    String fingerprint = Json.compact(spec);
    StateBlueprint blueprint = new StateBlueprint(spec.model());
    Device device = Compute.device();
    StateExamples examples = StateExamples.of(dataset.train(), spec.dataset().physics());
    Batches batches = new Batches(seed, examples.size(), spec.training().batch());
    StateObjective objective =
        new StateObjective(
            blueprint,
            (manager, iteration) -> {
              int[] indices = batches.indices(iteration);
              return new StateObjective.Examples(
                  examples.states(manager, indices), examples.velocities(manager, indices));
            });
    TrainingLoop.Outcome outcome =
        new TrainingLoop(spec.training(), seed, folder.checkpoint(), fingerprint, device)
            .fit(objective, watch, log -> watch.curves(VELOCITY_ERROR, curves(log)));
    WeightsFile.write(folder.weights(), blueprint.layout(), outcome.weights(), fingerprint);
    AtomicFiles.writeText(folder.log(), outcome.log().csv());
    Map<String, Object> metrics = metrics(blueprint, outcome.weights(), examples, dataset);
    metrics.put("skippedSteps", outcome.skipped());
    RunResult result = result(workspace, spec, device, outcome, metrics);
    AtomicFiles.writeText(folder.result(), Json.pretty(result) + "\n");
    return new StateRun(this, result, blueprint, outcome.weights(), dataset);
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace with a progress bar. */
  public StateRun train() {
    return train(Workspace.find(), TrainingWatch.of(Progress.console(name())));
  }

  /** Whether it has been trained, and its weights are there. */
  public boolean finished(Workspace workspace) {
    RunFolder folder = folder(workspace);
    return Files.exists(folder.result()) && Files.exists(folder.weights());
  }

  /** Moves an earlier run of this name aside, whatever its spec. */
  public void moveAside(Workspace workspace) {
    folder(workspace).moveAside();
  }

  private RunFolder folder(Workspace workspace) {
    return RunFolder.of(workspace, name(), budget, seed);
  }

  private static List<Series> curves(TrainingLog log) {
    return log.size() == 0
        ? List.of()
        : List.of(new Series("training batches", log.column("iteration"), log.column("loss")));
  }

  private Map<String, Object> metrics(
      StateBlueprint blueprint, float[] weights, StateExamples train, Dataset dataset) {
    StateExperimentSpec spec = spec();
    PhysicalSystem physics = spec.dataset().physics();
    StateExamples test = StateExamples.of(dataset.test(), physics);
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      VectorField field = blueprint.bind(blueprint.layout().bind(manager.create(weights)));
      StateEvaluation.Rollouts rollouts = rollouts(field, dataset, manager);
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("trainVelocityMse", velocityMse(field, train, manager));
      metrics.put("testVelocityMse", velocityMse(field, test, manager));
      metrics.put("rolloutStateMse", rollouts.stateMse());
      metrics.put("rolloutEnergyMse", rollouts.energyMse());
      metrics.put("rolloutTime", spec.evaluationSteps() * spec.dataset().dt());
      return metrics;
    }
  }

  StateEvaluation.Rollouts rollouts(VectorField field, Dataset dataset, NDManager manager) {
    StateExperimentSpec spec = spec();
    return StateEvaluation.rollouts(
        field,
        spec.dataset().physics(),
        dataset.test(),
        spec.evaluationSequences(),
        spec.dataset().dt(),
        spec.evaluationSteps(),
        manager);
  }

  private static double velocityMse(VectorField field, StateExamples of, NDManager manager) {
    int[] indices = IntStream.range(0, Math.min(SCORED, of.size())).toArray();
    return StateEvaluation.velocityMse(
        field, of.states(manager, indices), of.velocities(manager, indices));
  }

  /** There are no pixels, so their errors are NaN. */
  private RunResult result(
      Workspace workspace,
      StateExperimentSpec spec,
      Device device,
      TrainingLoop.Outcome outcome,
      Map<String, Object> metrics) {
    return new RunResult(
        name(),
        model(),
        system,
        "states",
        "tanh 2x200",
        budget.id(),
        seed,
        Compute.name(device),
        Versions.of(workspace),
        Json.map(spec),
        outcome.iterations(),
        outcome.seconds(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        metrics);
  }
}
