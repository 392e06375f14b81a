package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.CsvTarget;
import hgn.data.Mixture;
import hgn.data.NativeThreads;
import hgn.data.Target;
import hgn.data.Targets;
import hgn.evaluation.FlowEvaluation;
import hgn.evaluation.Statistics;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import hgn.training.Compute;
import hgn.training.FlowObjective;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import hgn.training.WeightsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A density model on a target, at a budget: a curve of Fig 10, a row of Fig 9.
 *
 * @param model which flow
 * @param target what it learns
 * @param budget how much to spend
 * @param seed of weights, points and noise
 */
public record FlowExperiment(FlowModel model, Target target, Budget budget, long seed)
    implements Trainable {

  /** What falls while it is trained. */
  private static final String BOUND = "−bound (nats)";

  /** The same test points for every model and seed. */
  private static final long TEST_SEED = 2020;

  private static final int MASS_SAMPLES = 50_000;

  /**
   * Checks that the flow can learn the target.
   *
   * @throws UserError if it couples dimensions and there is one
   */
  public FlowExperiment {
    if (target.dimension() < model.leastDimension()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s has %d dimension, and %s couples at least %d: use one of nhf-*"
              .formatted(target.id(), target.dimension(), model.id(), model.leastDimension()));
    }
  }

  /** The name: {@code <flow>.<target>}. */
  @Override
  public String name() {
    return model.id() + "." + target.id();
  }

  /** Whether a name begins like a flow's. */
  public static boolean isName(String name) {
    return name.startsWith("nhf-") || name.startsWith("rnvp-");
  }

  /**
   * The experiment of that name, at the quick budget.
   *
   * @param name for example "nhf-2.two-moons", "rnvp-3.mixture-4-d6" or "nhf-2.file:points.csv"
   * @throws UserError naming the known ones if there is none
   */
  public static FlowExperiment named(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new UserError(
          UserError.Kind.USAGE,
          "unknown experiment '%s', expected <flow>.<target>, for example nhf-2.two-moons"
              .formatted(name));
    }
    FlowModel model = FlowModel.named(name.substring(0, dot));
    String target = name.substring(dot + 1);
    return of(
        model,
        target.startsWith(CsvTarget.FILE)
            ? CsvTarget.read(Path.of(target.substring(CsvTarget.FILE.length())))
            : Targets.named(target));
  }

  /** A model on a target, at the quick budget, with the first seed. */
  public static FlowExperiment of(FlowModel model, Target target) {
    return new FlowExperiment(model, target, Budget.QUICK, Experiment.DEFAULT_SEED);
  }

  /** The same at another budget. */
  @Override
  public FlowExperiment within(Budget other) {
    return new FlowExperiment(model, target, other, seed);
  }

  /** The same with another seed; such a run has a folder of its own. */
  @Override
  public FlowExperiment withSeed(long other) {
    return new FlowExperiment(model, target, budget, other);
  }

  @Override
  public GridCell cell(Workspace workspace) {
    return new GridCell(name(), seed, folder(workspace).path(), spec());
  }

  /** Everything that determines the run. */
  public FlowExperimentSpec spec() {
    return FlowExperimentSpec.of(model, target, budget, seed);
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace with a progress bar. */
  public FlowRun train() {
    return train(TrainingWatch.of(Progress.console(name())));
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace. */
  public FlowRun train(TrainingWatch watch) {
    return train(Workspace.find(), watch);
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
  public FlowRun train(Workspace workspace, TrainingWatch watch) {
    FlowExperimentSpec spec = spec();
    String fingerprint = Json.compact(spec);
    FlowBlueprint blueprint = new FlowBlueprint(spec.model());
    RunFolder folder = folder(workspace);
    return folder.finishedOr(
        () -> finished(folder, blueprint, fingerprint),
        () -> {
          Device device = Compute.device();
          TrainingLoop.Outcome outcome = fit(spec, fingerprint, blueprint, folder, device, watch);
          WeightsFile.write(folder.weights(), blueprint.layout(), outcome.weights(), fingerprint);
          AtomicFiles.writeText(folder.log(), outcome.log().csv());
          RunResult result =
              NativeThreads.single(() -> result(workspace, spec, device, blueprint, outcome));
          AtomicFiles.writeText(folder.result(), Json.pretty(result) + "\n");
          return new FlowRun(this, result, blueprint, outcome.weights(), outcome.log());
        });
  }

  /** As {@link Experiment#moveAside}. */
  public void moveAside(Workspace workspace) {
    folder(workspace).moveAside();
  }

  private TrainingLoop.Outcome fit(
      FlowExperimentSpec spec,
      String fingerprint,
      FlowBlueprint blueprint,
      RunFolder folder,
      Device device,
      TrainingWatch watch) {
    FlowObjective objective =
        new FlowObjective(
            blueprint,
            (random, count) -> flat(target.samples(random, count)),
            spec.training().batch(),
            spec.momenta());
    TrainingLoop loop =
        new TrainingLoop(spec.training(), seed, folder.checkpoint(), fingerprint, device);
    // The matrices are small: threads beneath them wait for one another longer than they work.
    return NativeThreads.single(
        () -> loop.fit(objective, watch, log -> watch.curves(BOUND, curves(log))));
  }

  private static List<Series> curves(TrainingLog log) {
    return log.size() == 0
        ? List.of()
        : List.of(new Series("training batches", log.column("iteration"), log.column("loss")));
  }

  private static float[] flat(double[][] points) {
    float[] out = new float[points.length * points[0].length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) points[i / points[0].length][i % points[0].length];
    }
    return out;
  }

  /** The points whose bounds are claimed. */
  double[][] testPoints() {
    return target.tests(new SplittableRandom(TEST_SEED), spec().testPoints());
  }

  private RunResult result(
      Workspace workspace,
      FlowExperimentSpec spec,
      Device device,
      FlowBlueprint blueprint,
      TrainingLoop.Outcome outcome) {
    double[][] points = testPoints();
    Map<String, Object> metrics = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager(device)) {
      DensityModel model =
          blueprint.bind(blueprint.layout().bind(manager.create(outcome.weights())));
      FlowEvaluation.Scores scores =
          FlowEvaluation.score(model, points, spec.draws(), new SplittableRandom(seed), manager);
      metrics.put("elbo", StatUtils.mean(scores.elbo()));
      metrics.put("bound", StatUtils.mean(scores.bound()));
      metrics.put("boundError", Statistics.standardError(scores.bound()));
      if (target.exact()) {
        double[] difference = new double[points.length];
        Arrays.setAll(difference, i -> target.logDensity(points[i]) - scores.bound()[i]);
        metrics.put("kl", StatUtils.mean(difference));
        metrics.put("klError", Statistics.standardError(difference));
      }
      if (target instanceof Mixture mixture) {
        double[][] samples =
            FlowEvaluation.samples(model, MASS_SAMPLES, new SplittableRandom(seed), manager);
        double[] masses = mixture.masses(samples);
        metrics.put("masses", masses);
        metrics.put("worstMass", worst(masses));
      }
    }
    metrics.put("parameters", blueprint.layout().size());
    metrics.put("skippedSteps", outcome.skipped());
    return new RunResult(
        name(),
        model.id(),
        target.id(),
        "density",
        spec.model().words(),
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

  /** How far the worst mode's share is off, as a fraction of its true one. */
  private static double worst(double[] masses) {
    return Arrays.stream(masses).map(m -> Math.abs(m * masses.length - 1)).max().orElseThrow();
  }

  private FlowRun finished(RunFolder folder, FlowBlueprint blueprint, String fingerprint) {
    RunResult result = Json.read(folder.result(), RunResult.class);
    String command = RunFolder.command(name(), budget, seed);
    folder.requireSpec(result, spec(), command);
    float[] weights = folder.weights(blueprint.layout(), fingerprint, command);
    // Results of earlier programs call leapfrog steps layers; the spec knows better.
    return new FlowRun(
        this,
        result.withArchitecture(spec().model().words()),
        blueprint,
        weights,
        TrainingLog.read(folder.log()));
  }

  RunFolder folder(Workspace workspace) {
    return RunFolder.of(workspace, RunFolder.plain(name()), budget, seed);
  }
}
