package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.FilmData;
import hgn.data.Films;
import hgn.data.FrameCheck;
import hgn.data.OwnFilms;
import hgn.evaluation.HgnEvaluation;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.Records;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.models.ModelBlueprint;
import hgn.results.RunResult;
import hgn.results.SequenceScore;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import hgn.training.Checkpoint;
import hgn.training.CollapseWatch;
import hgn.training.Compute;
import hgn.training.Objective;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import hgn.training.WeightsFile;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One cell of Table 1: a model on a system, by a protocol, at a budget; or an HGN on films of the
 * user's own.
 *
 * @param model which HGN or PixelHNN
 * @param system id of the physical system, for example "mass-spring"; or "films:" and the path of a
 *     folder of PNG sequences or of an npz archive, see {@link OwnFilms}
 * @param protocol what the encoder sees
 * @param budget how much to spend
 * @param seed of weights, batches and noise
 * @param variation what is changed in it
 */
public record Experiment(
    Model model, String system, Protocol protocol, Budget budget, long seed, Variation variation)
    implements Trainable {

  /** Prefix of the names of experiments on films of one's own. */
  public static final String FILMS = "films:";

  /** The seed where none is asked for. */
  public static final long DEFAULT_SEED = 1;

  /**
   * Checks that there is such a cell.
   *
   * @throws UserError if the model is not trained by that protocol
   */
  public Experiment {
    if (!model.has(protocol)) {
      throw UserError.usage(
          "%s sees two frames: it is trained by the protocol 'reconstruct' only, not by '%s'",
          model.title(), protocol.id());
    }
    if (system.startsWith(FILMS)
        && (!model.isHgn() || model.recipe() != null || !variation.isNone())) {
      throw UserError.usage(
          "films of your own are learned by an HGN as it is in Table 1, not by '%s': use one of"
              + " hgn-*",
          variation.isNone() ? model.id() : variation.id());
    }
    if (!variation.suits(model)) {
      throw UserError.usage(
          "%s has no variation '%s': it belongs to %s",
          model.title(),
          variation.id(),
          Model.all().stream()
              .filter(variation::suits)
              .map(Model::title)
              .collect(Collectors.joining(", ")));
    }
    if (variation.isOwn()) {
      try {
        spec(model, system, protocol, budget, seed, variation);
      } catch (IllegalArgumentException e) {
        throw UserError.usage(
            "the change '%s' makes no valid experiment: %s", variation.id(), e.getMessage());
      }
    }
  }

  /** A cell of Table 1. */
  Experiment(Model model, String system, Protocol protocol, Budget budget, long seed) {
    this(model, system, protocol, budget, seed, Variation.NONE);
  }

  /**
   * The name: {@code <model>.<system>}, with ".predict" for the second protocol and {@code
   * +<variation>} where something is changed.
   */
  @Override
  public String name() {
    String changed = variation.isNone() ? "" : "+" + variation.id();
    return model.id() + "." + system + (protocol == Protocol.PREDICT ? ".predict" : "") + changed;
  }

  /** The name in tables and legends: the model, or what is changed in it. */
  String title() {
    return variation.title(model);
  }

  /** The same at another budget. */
  @Override
  public Experiment within(Budget other) {
    return Records.with(this, "budget", other);
  }

  /** The same with another seed; such a run has a folder of its own. */
  @Override
  public Experiment withSeed(long other) {
    return Records.with(this, "seed", other);
  }

  /** The same with one thing changed. */
  public Experiment with(Variation other) {
    return Records.with(this, "variation", other);
  }

  /**
   * The same under a name of its own, to be changed: its run has a folder of its own.
   *
   * <pre>{@code
   * Paper.experiment("hgn-leapfrog.pendulum").named("small-latent")
   *     .with(spec -> spec.latent(2).dt(0.0625)).train();
   * }</pre>
   *
   * @param name letters, digits, '.', '_' and '-'; none of {@link Variation#all()}
   * @throws UserError if the name cannot be a folder's, or is taken
   */
  public Experiment named(String name) {
    return with(variation.renamed(name));
  }

  /**
   * The same with a change of an HGN's spec, once it is {@link #named}.
   *
   * @param change of everything that determines the run
   * @throws UserError if it has no name of its own yet, or the changed spec is not valid
   */
  public Experiment with(UnaryOperator<HgnExperimentSpec> change) {
    return with(own().then(change));
  }

  /** The same with a change of a PixelHNN's spec, once it is {@link #named}. */
  public Experiment withHnn(UnaryOperator<HnnExperimentSpec> change) {
    return with(own().thenHnn(change));
  }

  private Variation own() {
    if (!variation.isOwn()) {
      throw UserError.usage(
          "%s is changed under a name of its own only, or its run would lie where the unchanged one"
              + " does: named(\"…\").with(…)",
          name());
    }
    return variation;
  }

  /** The same by another protocol. */
  public Experiment by(Protocol other) {
    return Records.with(this, "protocol", other);
  }

  /** Another model on the same system. */
  public Experiment of(Model other) {
    return Records.with(this, "model", other);
  }

  /** Everything that determines the run: of films of the user's own, as they lie on disk now. */
  public ExperimentSpec spec() {
    return ownFilms() ? spec(Workspace.find()) : simulatedSpec();
  }

  ExperimentSpec spec(Workspace workspace) {
    return ownFilms()
        ? spec((OwnFilms) films(workspace, Progress.NONE), workspace)
        : simulatedSpec();
  }

  private ExperimentSpec spec(OwnFilms films, Workspace workspace) {
    return FilmsExperimentSpec.of(model, films, protocol, budget, seed, folder(workspace).result());
  }

  private ExperimentSpec simulatedSpec() {
    return spec(model, system, protocol, budget, seed, variation);
  }

  private static ExperimentSpec spec(
      Model model, String system, Protocol protocol, Budget budget, long seed, Variation change) {
    return model.isHgn()
        ? change.hgn().apply(HgnExperimentSpec.of(model, system, protocol, budget, seed))
        : change.hnn().apply(HnnExperimentSpec.of(model, system, budget, seed));
  }

  boolean ownFilms() {
    return system.startsWith(FILMS);
  }

  /**
   * Everything that determines the run of an HGN.
   *
   * @throws IllegalArgumentException if the model is none
   */
  public HgnExperimentSpec hgnSpec() {
    if (simulatedSpec() instanceof HgnExperimentSpec spec) {
      return spec;
    }
    throw new IllegalArgumentException(model.title() + " is no HGN");
  }

  /** The dataset, simulated where it is not on disk. */
  public Dataset dataset(Workspace workspace, Progress progress) {
    return Dataset.open(datasetSpec(), workspace, progress);
  }

  private DatasetSpec datasetSpec() {
    return simulatedSpec() instanceof HnnExperimentSpec hnn ? hnn.dataset() : hgnSpec().dataset();
  }

  /**
   * What is learned from: the simulated dataset, or the user's own films, read and checked.
   *
   * @param workspace where relative paths begin and datasets are cached
   * @param progress told while they are read or simulated
   * @throws UserError naming what is wrong with them
   */
  public FilmData films(Workspace workspace, Progress progress) {
    return ownFilms()
        ? OwnFilms.open(system.substring(FILMS.length()), workspace, protocol.steps(), progress)
        : dataset(workspace, progress);
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
    OwnFilms own = ownFilms() ? (OwnFilms) films(workspace, watch) : null;
    ExperimentSpec spec = own == null ? simulatedSpec() : spec(own, workspace);
    RunFolder folder = folder(workspace);
    Supplier<FilmData> films = () -> own == null ? dataset(workspace, watch) : own;
    return folder.finishedOr(
        () -> loaded(spec, folder, films),
        () -> {
          if (own != null) {
            watch.say(own.summary());
          }
          return trained(workspace, spec, folder, films.get(), watch);
        });
  }

  private Run trained(
      Workspace workspace,
      ExperimentSpec spec,
      RunFolder folder,
      FilmData films,
      TrainingWatch watch) {
    String fingerprint = Json.compact(spec);
    Learner learner = Learner.of(spec, protocol);
    ModelBlueprint<? extends FilmModel> blueprint = learner.blueprint();
    Device device = Compute.device();
    FilmData learned =
        spec instanceof HgnExperimentSpec hgn && hgn.films() != null
            ? Dataset.open(hgn.films(), workspace, watch)
            : films;
    TrainingLoop.Outcome outcome =
        fit(spec, fingerprint, learner.objective(learned, device), films, folder, device, watch);
    WeightsFile.write(folder.weights(), blueprint.layout(), outcome.weights(), fingerprint);
    AtomicFiles.writeText(folder.log(), outcome.log().csv());
    RunResult result = result(workspace, spec, learner, device, outcome, films);
    if (CollapseWatch.collapsed(result.testMse(), result.meanImageMse())) {
      watch.say(
          "%s has learned nothing of the motion: its test MSE is %.3g, the mean image's %.3g"
              .formatted(name(), result.testMse(), result.meanImageMse()));
    }
    Object finding = result.metrics().getOrDefault("finding", "");
    if (!finding.equals("")) {
      watch.say("%s: %s".formatted(name(), finding));
    }
    AtomicFiles.writeText(folder.result(), Json.pretty(result) + "\n");
    return new Run(this, result, blueprint, outcome.weights(), films, outcome.log());
  }

  /** A finished run as it lies in its folder; the films are asked for last. */
  private Run loaded(ExperimentSpec spec, RunFolder folder, Supplier<FilmData> films) {
    RunResult result = Json.read(folder.result(), RunResult.class);
    requireSame(result, spec, folder);
    ModelBlueprint<? extends FilmModel> blueprint = Learner.of(spec, protocol).blueprint();
    // Of some runs the repository has the results alone.
    float[] weights =
        folder.hasWeights()
            ? folder.weights(blueprint.layout(), Json.compact(spec), command())
            : null;
    return new Run(this, result, blueprint, weights, films.get(), TrainingLog.read(folder.log()));
  }

  /**
   * The run if it is finished; nothing is trained.
   *
   * @param workspace where it is kept
   * @throws UserError if it is not there, or is of another spec
   */
  public Run finished(Workspace workspace) {
    return finished(workspace, UnaryOperator.identity());
  }

  /**
   * The run if it is finished, with the first films of its dataset only: to look at what was
   * trained at the paper's budget without simulating its 60 000 trajectories.
   *
   * @param workspace where it is kept
   * @param sequences how many films of each split; all, of films of the user's own
   * @throws UserError if it is not there, or is of another spec
   */
  public Run finished(Workspace workspace, int sequences) {
    return finished(workspace, spec -> spec.first(sequences));
  }

  private Run finished(Workspace workspace, UnaryOperator<DatasetSpec> part) {
    requireFinished(workspace);
    RunFolder folder = folder(workspace);
    if (ownFilms()) {
      OwnFilms own = (OwnFilms) films(workspace, Progress.NONE);
      return loaded(spec(own, workspace), folder, () -> own);
    }
    DatasetSpec wanted = part.apply(datasetSpec());
    return loaded(simulatedSpec(), folder, () -> Dataset.open(wanted, workspace, Progress.NONE));
  }

  /**
   * Looks whether there is a finished run with its weights, before its films are simulated.
   *
   * @param workspace where it is kept
   * @throws UserError if there is none, or the repository has its result alone
   */
  public void requireWeights(Workspace workspace) {
    requireFinished(workspace);
    folder(workspace).requireWeights(command());
  }

  private void requireFinished(Workspace workspace) {
    if (!Files.exists(folder(workspace).result())) {
      throw new UserError(
          UserError.Kind.USAGE,
          "there is no finished run in %s: '%s' makes it"
              .formatted(folder(workspace).path(), command()));
    }
  }

  /**
   * Scores a run that is not finished by its last checkpoint, and notes it beside that. Whoever
   * trains it may go on meanwhile.
   *
   * @param workspace where it is kept
   * @param watch who is told
   * @return what was measured; its iterations are those behind it
   * @throws UserError if the run is finished, was never begun, or is of another spec
   */
  public RunResult score(Workspace workspace, TrainingWatch watch) {
    RunFolder folder = folder(workspace);
    if (Files.exists(folder.result()) || !Files.exists(folder.checkpoint())) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s at budget %s %s: there is no checkpoint to score"
              .formatted(
                  name(),
                  budget.id(),
                  Files.exists(folder.result())
                      ? "is finished, see './workbook results'"
                      : "was never begun"));
    }
    Checkpoint reached = Checkpoint.read(folder.checkpoint());
    FilmData data = films(workspace, watch);
    ExperimentSpec spec = data instanceof OwnFilms own ? spec(own, workspace) : simulatedSpec();
    if (!Records.same(reached.spec(), Json.compact(spec))) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s is of another spec than %s at budget %s: move its folder away to start anew"
              .formatted(folder.checkpoint(), name(), budget.id()));
    }
    RunResult partial =
        result(
            workspace, spec, Learner.of(spec, protocol), Compute.device(), reached.outcome(), data);
    AtomicFiles.writeText(folder.partial(), Json.pretty(partial) + "\n");
    return partial;
  }

  /**
   * Looks whether this can be trained: films of the user's own are read and checked.
   *
   * @throws UserError naming what is wrong with them
   */
  public void check(Workspace workspace) {
    if (ownFilms()) {
      films(workspace, Progress.NONE);
    }
  }

  /**
   * Moves an earlier run of this name to {@code data/runs-old/}, whatever its spec, so that
   * training starts anew.
   *
   * @throws UserError if another process trains it
   */
  public void moveAside(Workspace workspace) {
    folder(workspace).moveAside();
  }

  /** What trains it from a terminal. */
  String command() {
    return RunFolder.command(name(), budget, seed);
  }

  private TrainingLoop.Outcome fit(
      ExperimentSpec spec,
      String fingerprint,
      Objective objective,
      FilmData dataset,
      RunFolder folder,
      Device device,
      TrainingWatch watch) {
    double meanImageMse = dataset.meanImageMse();
    checkFrames(dataset);
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
    Arrays.fill(floor, meanImageMse);
    return List.of(
        new Series("training MSE", x, log.column("mse")), new Series("mean image", x, floor));
  }

  /** One film through the gate that all frames pass: a wrong renderer shows before training. */
  private static void checkFrames(FilmData dataset) {
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray film = dataset.train().frames(manager, 0);
      new FrameCheck(dataset.imageSize(), dataset.train().frames()).check("the training set", film);
    }
  }

  private RunResult result(
      Workspace workspace,
      ExperimentSpec spec,
      Learner learner,
      Device device,
      TrainingLoop.Outcome outcome,
      FilmData dataset) {
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray flat = manager.create(outcome.weights());
      FilmModel bound = learner.blueprint().bind(learner.blueprint().layout().bind(flat));
      SequenceScore train = score("train", learner, bound, dataset, dataset.train(), manager);
      SequenceScore test = score("test", learner, bound, dataset, dataset.test(), manager);
      Map<String, Object> particular = learner.metrics(bound, dataset, test, manager);
      return result(workspace, spec, device, outcome, train, test, dataset, learner, particular);
    }
  }

  private SequenceScore score(
      String label,
      Learner learner,
      FilmModel bound,
      FilmData dataset,
      Films split,
      NDManager manager) {
    return HgnEvaluation.score(
        label,
        bound,
        split,
        budget.evaluationSequences(),
        learner.firstTarget(dataset),
        learner.skipped(),
        manager,
        Progress.NONE);
  }

  private RunResult result(
      Workspace workspace,
      ExperimentSpec spec,
      Device device,
      TrainingLoop.Outcome outcome,
      SequenceScore train,
      SequenceScore test,
      FilmData dataset,
      Learner learner,
      Map<String, Object> particular) {
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
    metrics.putAll(particular);
    return new RunResult(
        name(),
        model.id(),
        system,
        protocol.id(),
        learner.architecture(),
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

  private void requireSame(RunResult result, ExperimentSpec spec, RunFolder folder) {
    if (spec instanceof FilmsExperimentSpec own
        && result.spec().get("films") instanceof Map<?, ?> trained
        && !own.films().checksum().equals(trained.get("checksum"))) {
      throw new UserError(
          UserError.Kind.DATA,
          ("the films of %s have changed since the run in %s was trained on %s of them (checksum"
                  + " %.12s…, now %.12s…): put them back, or '%s --fresh' moves that run aside and"
                  + " trains anew")
              .formatted(
                  own.films().path(),
                  folder.path(),
                  trained.get("films") instanceof Number n ? n.intValue() : "some",
                  trained.get("checksum"),
                  own.films().checksum(),
                  command()));
    }
    folder.requireSpec(result, (Record) spec, command());
  }

  @Override
  public GridCell cell(Workspace workspace) {
    return new GridCell(name(), seed, folder(workspace).path(), (Record) spec());
  }

  RunFolder folder(Workspace workspace) {
    String folder = ownFilms() ? RunFolder.plain(name()) : name();
    return RunFolder.of(workspace, folder, budget, seed);
  }
}
