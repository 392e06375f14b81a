package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.evaluation.HgnEvaluation;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.results.RunResult;
import hgn.results.SequenceScore;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import hgn.training.CollapseWatch;
import hgn.training.Compute;
import hgn.training.HgnObjective;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import hgn.training.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One cell of Table 1: a model on a system, by a protocol, at a budget.
 *
 * @param model which HGN
 * @param system id of the physical system, for example "mass-spring"
 * @param protocol what the encoder sees
 * @param budget how much to spend
 * @param seed of weights, batches and noise
 */
public record Experiment(Model model, String system, Protocol protocol, Budget budget, long seed) {

  /** The seed where none is asked for. */
  public static final long DEFAULT_SEED = 1;

  /** The name: {@code <model>.<system>}, with ".predict" for the second protocol. */
  public String name() {
    return model.id() + "." + system + (protocol == Protocol.PREDICT ? ".predict" : "");
  }

  /** The same at another budget. */
  public Experiment within(Budget other) {
    return new Experiment(model, system, protocol, other, seed);
  }

  /** The same with another seed; such a run has a folder of its own. */
  public Experiment withSeed(long other) {
    return new Experiment(model, system, protocol, budget, other);
  }

  /** Everything that determines the run. */
  public HgnExperimentSpec spec() {
    return HgnExperimentSpec.of(model, system, protocol, budget, seed);
  }

  /** The dataset, simulated where it is not on disk. */
  public Dataset dataset(Workspace workspace, Progress progress) {
    return Dataset.open(spec().dataset(), workspace, progress);
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace with a progress bar. */
  public Run train() {
    return train(Workspace.find(), TrainingWatch.of(Progress.console(name())));
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace. */
  public Run train(TrainingWatch watch) {
    return train(Workspace.find(), watch);
  }

  /**
   * The finished run: loaded where this spec has been trained before, else trained from its
   * checkpoint or from the start.
   *
   * @param workspace where it is kept
   * @param watch who is told
   * @return the run
   * @throws UserError if what is on disk is corrupt or of another spec, or another process trains
   *     it
   * @throws hgn.training.TrainingInterrupted if this thread was interrupted; the run can go on
   */
  public Run train(Workspace workspace, TrainingWatch watch) {
    HgnExperimentSpec spec = spec();
    String fingerprint = Json.compact(spec);
    HgnBlueprint blueprint = new HgnBlueprint(spec.model());
    RunFolder folder = folder(workspace);
    RunFolder.Hold hold = folder.hold();
    try (hold) {
      if (Files.exists(folder.result())) {
        return finished(workspace, folder, blueprint, fingerprint, watch);
      }
      Dataset dataset = dataset(workspace, watch);
      Device device = Compute.device();
      TrainingLoop.Outcome outcome =
          fit(spec, fingerprint, blueprint, dataset, folder, device, watch);
      WeightsFile.write(folder.weights(), blueprint.layout(), outcome.weights(), fingerprint);
      AtomicFiles.writeText(folder.log(), outcome.log().csv());
      List<SequenceScore> scores = scores(spec, blueprint, outcome.weights(), dataset);
      RunResult result = result(workspace, spec, device, outcome, scores, dataset);
      if (CollapseWatch.collapsed(result.testMse(), result.meanImageMse())) {
        watch.say(
            "%s has collapsed: its test MSE %.3g is that of the mean image, %.3g"
                .formatted(name(), result.testMse(), result.meanImageMse()));
      }
      AtomicFiles.writeText(folder.result(), Json.pretty(result) + "\n");
      Files.deleteIfExists(folder.checkpoint());
      return new Run(this, result, blueprint, outcome.weights(), dataset, outcome.log());
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT, "could not clean up %s".formatted(folder.path()), e);
    }
  }

  /**
   * Moves an earlier run of this name to {@code data/runs-old/}, whatever its spec, so that
   * training starts anew.
   *
   * @throws UserError if another process trains it
   */
  public void moveAside(Workspace workspace) {
    RunFolder folder = folder(workspace);
    folder.hold().close();
    folder.moveAside();
  }

  private TrainingLoop.Outcome fit(
      HgnExperimentSpec spec,
      String fingerprint,
      HgnBlueprint blueprint,
      Dataset dataset,
      RunFolder folder,
      Device device,
      TrainingWatch watch) {
    double meanImageMse = dataset.meanImageMse();
    Batches batches = new Batches(seed, dataset.train().size(), spec.training().batch());
    HgnObjective objective =
        new HgnObjective(
            blueprint,
            spec.hgn(),
            (manager, iteration) -> dataset.train().frames(manager, batches.indices(iteration)),
            Compute.framesPerDecode(device));
    boolean[] said = new boolean[1];
    TrainingLoop.Observer observer =
        log -> {
          watch.curves(curves(log, meanImageMse));
          if (!said[0] && CollapseWatch.noticed(log, spec.training().iterations(), meanImageMse)) {
            said[0] = true;
            watch.say("%s is still no better than the mean image".formatted(name()));
          }
        };
    return new TrainingLoop(spec.training(), seed, folder.checkpoint(), fingerprint, device)
        .fit(objective, watch, observer);
  }

  private static List<Series> curves(TrainingLog log, double meanImageMse) {
    if (log.size() == 0) {
      return List.of();
    }
    double[] x = log.column("iteration");
    double[] floor = x.clone();
    java.util.Arrays.fill(floor, meanImageMse);
    return List.of(
        new Series("training MSE", x, log.column("mse")), new Series("mean image", x, floor));
  }

  private List<SequenceScore> scores(
      HgnExperimentSpec spec, HgnBlueprint blueprint, float[] weights, Dataset dataset) {
    int first = HgnObjective.firstTarget(dataset.train().frames(), protocol.contextFrames());
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray flat = manager.create(weights);
      Hgn model = blueprint.bind(blueprint.layout().bind(flat));
      int n = spec.evaluationSequences();
      // A predicted sequence is scored on the frames that the encoder has not seen.
      int scored = protocol == Protocol.PREDICT ? 1 : 0;
      return List.of(
          HgnEvaluation.score(
              "train", model, dataset.train(), n, first, scored, manager, Progress.NONE),
          HgnEvaluation.score(
              "test", model, dataset.test(), n, first, scored, manager, Progress.NONE));
    }
  }

  private RunResult result(
      Workspace workspace,
      HgnExperimentSpec spec,
      Device device,
      TrainingLoop.Outcome outcome,
      List<SequenceScore> scores,
      Dataset dataset) {
    SequenceScore train = scores.get(0);
    SequenceScore test = scores.get(1);
    double meanImageMse = dataset.meanImageMse();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("trainMseDeviation", train.mseDeviation());
    metrics.put("testMseDeviation", test.mseDeviation());
    metrics.put("trainEnergyVariance", train.energyVariance());
    metrics.put("testNormalisedEnergyVariance", test.normalisedEnergyVariance());
    metrics.put("trainFrameMse", train.frameMeans());
    metrics.put("testFrameMse", test.frameMeans());
    metrics.put("collapsed", CollapseWatch.collapsed(test.mse(), meanImageMse));
    metrics.put("skippedSteps", outcome.skipped());
    metrics.put("noiseFloor", dataset.noiseFloor());
    return new RunResult(
        name(),
        model.id(),
        system,
        protocol.id(),
        spec.model().architecture().id(),
        budget.id(),
        seed,
        Compute.name(device),
        Versions.of(workspace),
        Json.map(spec),
        outcome.iterations(),
        outcome.seconds(),
        train.mse(),
        test.mse(),
        meanImageMse,
        test.energyVariance(),
        metrics);
  }

  private Run finished(
      Workspace workspace,
      RunFolder folder,
      HgnBlueprint blueprint,
      String fingerprint,
      TrainingWatch watch) {
    RunResult result = Json.read(folder.result(), RunResult.class);
    if (!Json.compact(result.spec()).equals(Json.compact(Json.map(spec())))) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s holds a finished run of another spec: it was left as it is; './workbook train %s"
                  .formatted(folder.path(), name())
              + " --budget %s --fresh' moves it aside and trains anew".formatted(budget.id()));
    }
    float[] weights = WeightsFile.read(folder.weights(), blueprint.layout(), fingerprint);
    return new Run(
        this,
        result,
        blueprint,
        weights,
        dataset(workspace, watch),
        TrainingLog.read(folder.log()));
  }

  RunFolder folder(Workspace workspace) {
    String leaf = seed == DEFAULT_SEED ? budget.id() : budget.id() + "-seed" + seed;
    return new RunFolder(workspace.runs().resolve(name()).resolve(leaf));
  }
}
