package hgn.paper;

import ai.djl.Device;
import hgn.io.AtomicFiles;
import hgn.io.Checksums;
import hgn.io.Json;
import hgn.io.Records;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.Checkpoint;
import hgn.training.Compute;
import hgn.training.Objective;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import hgn.training.WeightsFile;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The one life of a run, whatever is trained: it is trained, resumed or loaded, scored before it is
 * finished, packed for a repository, and its claim checked on fresh data.
 *
 * @param recipe what is particular to it
 * @param workspace where it is kept
 */
record Lifecycle<D, M>(Recipe<D, M> recipe, Workspace workspace) {
  /**
   * Logarithm of a ratio: float16 weights and a mean image of fewer films change a score by less.
   */
  private static final double SAME = 0.4;

  /** Variance of an energy that is conserved to rounding. */
  private static final double NOTHING = 1e-9;

  private RunFolder folder() {
    return RunFolder.of(recipe.experiment, workspace);
  }

  /** The finished run: loaded, or trained from its checkpoint or from the start. */
  Trained<D, M> train(TrainingWatch watch) {
    return folder().finishedOr(() -> finished(() -> recipe.data(watch)), () -> trained(watch));
  }

  /**
   * The finished run; nothing is trained. Its data are asked for last.
   *
   * @throws UserError if it is not there, or is of another spec
   */
  Trained<D, M> finished(Supplier<? extends D> data) {
    RunFolder folder = folder();
    folder.requireFinished(recipe.experiment);
    RunResult result = RunResult.read(folder.result());
    String anew = RunFolder.anew(recipe.experiment);
    recipe.requireSameData(result, folder);
    folder.requireSpec(result, recipe.spec, anew);
    // Of some runs the repository has the results alone.
    float[] weights = folder.hasWeights() ? weights(folder, result, anew) : null;
    TrainingLog log = new TrainingLog();
    if (Files.exists(folder.log())) {
      log = TrainingLog.read(folder.log());
      long last = log.size() == 0 ? 0 : (long) log.column("iteration")[log.size() - 1];
      folder.requireIterations(last, result.iterations(), anew);
    }
    return new Trained<>(
        // Results of earlier programs call the steps of flows layers; the spec knows better.
        recipe, result.withArchitecture(recipe.heading.architecture()), weights, data.get(), log);
  }

  private float[] weights(RunFolder folder, RunResult result, String anew) {
    try {
      Metric.WEIGHTS_SHA256
          .in(result.metrics())
          .ifPresent(sha256 -> Checksums.require(folder.weights(), sha256, anew));
      return WeightsFile.read(folder.weights(), recipe.layout, Json.compact(recipe.spec));
    } catch (UserError e) {
      // Moved away alone they would not be made again: the run has its result.
      throw e.kind() == UserError.Kind.DATA ? e.advising(anew) : e;
    }
  }

  private Trained<D, M> trained(TrainingWatch watch) {
    RunFolder folder = folder();
    String spec = Json.compact(recipe.spec);
    D data = recipe.data(watch);
    Device device = Compute.device();
    recipe.begin(data, watch);
    Objective objective = recipe.objective(data, device);
    BestWeights best =
        recipe
            .heldOut(data)
            .map(error -> new BestWeights(folder.best(), spec, recipe.training.iterations(), error))
            .orElse(null);
    TrainingLoop.Observer shown = recipe.observer(data, watch);
    TrainingLoop.Observer observer =
        best == null
            ? shown
            : (log, weights) -> {
              shown.row(log, weights);
              best.row(log, weights);
            };
    TrainingLoop loop =
        new TrainingLoop(
            recipe.training, recipe.experiment.seed(), folder.checkpoint(), spec, device);
    TrainingLoop.Outcome last = recipe.compute(() -> loop.fit(objective, watch, observer));
    TrainingLoop.Outcome outcome = best == null ? last : best.of(last);
    WeightsFile.write(folder.weights(), recipe.layout, outcome.weights(), spec);
    AtomicFiles.writeText(folder.log(), outcome.log().csv());
    RunResult measured = measured(outcome, data);
    if (best != null) {
      Metric.BEST_ITERATION.put(measured.metrics(), (double) best.iteration());
      if (best.iteration() < outcome.iterations()) {
        watch.say(
            Text.of(
                "the weights of iteration %d of %d are kept: later ones are worse on the held-out"
                    + " films",
                best.iteration(), outcome.iterations()));
      }
    }
    recipe.remark(measured, watch);
    RunResult result = write(folder, measured);
    return new Trained<>(recipe, result, outcome.weights(), data, outcome.log());
  }

  private RunResult measured(TrainingLoop.Outcome outcome, D data) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    RunResult.Pixels pixels =
        Trained.with(
            recipe,
            outcome.weights(),
            (model, manager) -> recipe.measure(model, data, manager, metrics));
    Metric.SKIPPED_STEPS.put(metrics, outcome.skipped());
    Trainable experiment = recipe.experiment;
    RunResult.Heading heading = recipe.heading;
    return new RunResult(
        heading.kind(),
        experiment.name(),
        heading.model(),
        heading.system(),
        heading.protocol(),
        heading.architecture(),
        experiment.budget().id(),
        experiment.seed(),
        Compute.name(Compute.device()),
        Versions.of(workspace, Compute.device()),
        Json.map(recipe.spec),
        outcome.iterations(),
        outcome.seconds(),
        pixels.trainMse(),
        pixels.testMse(),
        pixels.meanImageMse(),
        pixels.energyVariance(),
        metrics);
  }

  /**
   * Scores a run that is not finished by its last checkpoint, and notes it beside that. Whoever
   * trains it may go on meanwhile.
   */
  RunResult score(TrainingWatch watch) {
    RunFolder folder = folder();
    Trainable experiment = recipe.experiment;
    boolean finished = Files.exists(folder.result());
    if (finished || !Files.exists(folder.checkpoint())) {
      throw UserError.usage(
          "%s at budget %s %s: there is no checkpoint to score",
          experiment.name(),
          experiment.budget().id(),
          finished ? "is finished, see './workbook results'" : "was never begun");
    }
    Checkpoint reached = Checkpoint.read(folder.checkpoint());
    if (!Records.same(reached.spec(), Json.compact(recipe.spec))) {
      throw UserError.data(
          "%s is of another spec than %s at budget %s: move its folder away to start anew",
          folder.checkpoint(), experiment.name(), experiment.budget().id());
    }
    RunResult partial = measured(reached.outcome(), recipe.data(watch));
    AtomicFiles.writeText(folder.partial(), Json.pretty(partial) + "\n");
    return partial;
  }

  /** Rounds the weights of a finished run to float16 and notes in its result what that costs. */
  Shipping.Packed pack() {
    RunFolder folder = folder();
    // Held, or a run that somebody trains anew meanwhile would get the old one's weights.
    RunFolder.Hold hold = folder.hold();
    try (hold) {
      Trained<D, M> run = finished(() -> recipe.data(TrainingWatch.NONE));
      Recipe.Claim<D, M> claim = recipe.claim();
      Metric<Double> cost = claim.packed();
      Trained<D, M> packed = cost.in(run.result().metrics()).isPresent() ? run : packed(run, cost);
      recipe.shipped(packed);
      return new Shipping.Packed(
          packed.result(),
          claim.what(),
          claim.scale(),
          claim.claimed().apply(run).value(),
          cost.in(packed.result().metrics()).orElseThrow());
    }
  }

  private Trained<D, M> packed(Trained<D, M> run, Metric<Double> cost) {
    RunFolder folder = folder();
    float[] rounded =
        WeightsFile.writeHalf(
            folder.weights(), recipe.layout, run.needed(), Json.compact(recipe.spec));
    Map<String, Object> metrics = new LinkedHashMap<>(run.result().metrics());
    Trained<D, M> same = run.with(rounded, run.result());
    cost.put(metrics, recipe.claim().measure().apply(same, run.data()).value());
    return run.with(rounded, write(folder, run.result().with(metrics)));
  }

  /** The result last, with the weights' checksum in it, and checksums of all that the run is. */
  private static RunResult write(RunFolder folder, RunResult measured) {
    Map<String, Object> metrics = new LinkedHashMap<>(measured.metrics());
    Metric.WEIGHTS_SHA256.put(metrics, Checksums.of(folder.weights()));
    RunResult result = measured.with(metrics);
    AtomicFiles.writeText(folder.result(), Json.pretty(result) + "\n");
    Checksums.write(folder.path(), List.of("result.json", "log.csv", "weights.npz"));
    return result;
  }

  /** Measures what a finished run claims on data that are made for this. */
  Shipping.Check verify() {
    Trained<D, M> run = finished(recipe::judged);
    Recipe.Claim<D, M> claim = recipe.claim();
    Recipe.Mean claimed = claim.claimed().apply(run);
    Recipe.Mean found = claim.measure().apply(run, claim.fresh().apply(run.data()));
    return new Shipping.Check(
        recipe.experiment.cell(workspace).title(),
        claim.what(),
        claim.scale(),
        claimed.value(),
        found.value(),
        Math.hypot(claimed.error(), found.error()),
        found.count(),
        differing(run));
  }

  /**
   * Scores of pixels and energies that the weights do not give again on the films of the result.
   */
  private List<String> differing(Trained<D, M> run) {
    if (run.result().isDensity() || !Double.isFinite(run.result().testMse())) {
      return List.of();
    }
    RunResult.Pixels again =
        Trained.with(
            recipe,
            run.needed(),
            (model, manager) -> recipe.measure(model, run.data(), manager, new LinkedHashMap<>()));
    RunResult said = run.result();
    Map<String, double[]> both = new LinkedHashMap<>();
    both.put("trainMse", new double[] {said.trainMse(), again.trainMse()});
    both.put("testMse", new double[] {said.testMse(), again.testMse()});
    both.put("meanImageMse", new double[] {said.meanImageMse(), again.meanImageMse()});
    both.put("energyVariance", new double[] {said.energyVariance(), again.energyVariance()});
    return both.entrySet().stream()
        .filter(e -> !(Math.abs(Math.log(e.getValue()[0] / e.getValue()[1])) < SAME))
        .filter(e -> !(e.getValue()[0] < NOTHING && e.getValue()[1] < NOTHING))
        .map(e -> Text.of("%s is %.4g, found %.4g", e.getKey(), e.getValue()[0], e.getValue()[1]))
        .toList();
  }
}
