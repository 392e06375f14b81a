package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.FilmData;
import hgn.data.Films;
import hgn.data.FrameCheck;
import hgn.data.OwnFilms;
import hgn.evaluation.HgnEvaluation;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.models.ModelBlueprint;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.SequenceScore;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import hgn.training.CollapseWatch;
import hgn.training.Compute;
import hgn.training.HgnObjective;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Recipe of a model that learns films. */
abstract class FilmRecipe extends Recipe<FilmData, FilmModel> {
  /** Windows of held-out films that weights are compared on. */
  private static final int HELD_OUT = 64;

  private final Experiment film;
  private final ExperimentSpec films;
  private final Workspace workspace;
  private final OwnFilms own;

  /**
   * A recipe.
   *
   * @param own the reader's own films, opened: they are part of the spec; null for simulated ones
   */
  FilmRecipe(
      Experiment experiment,
      ExperimentSpec spec,
      ModelBlueprint<? extends FilmModel> model,
      String architecture,
      Workspace workspace,
      OwnFilms own) {
    super(
        experiment,
        (Record) spec,
        spec.training(),
        model.layout(),
        model,
        new RunResult.Heading(
            RunResult.Kind.FILMS,
            experiment.model().id(),
            experiment.system(),
            experiment.protocol().id(),
            architecture));
    film = experiment;
    films = spec;
    this.workspace = workspace;
    this.own = own;
  }

  ExperimentSpec films() {
    return films;
  }

  @Override
  FilmData data(TrainingWatch watch) {
    return own == null ? film.dataset(workspace, watch) : own;
  }

  @Override
  FilmData judged() {
    return own == null ? first(film.budget().evaluationSequences()) : own;
  }

  /** The first films of each split, where they are simulated. */
  FilmData first(int sequences) {
    return own == null
        ? Dataset.open(film.datasetSpec().first(sequences), workspace, Progress.NONE)
        : own;
  }

  /**
   * Says what was read, and puts one film, without noise, through the gate: a wrong renderer shows
   * here.
   */
  @Override
  void begin(FilmData data, TrainingWatch watch) {
    if (own != null) {
      watch.say(own.summary());
    }
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray film = data.train().clean().frames(manager, 0);
      new FrameCheck(data.imageSize(), data.train().frames()).check("the training set", film);
    }
  }

  @Override
  TrainingLoop.Observer observer(FilmData data, TrainingWatch watch) {
    double meanImageMse = data.meanImageMse();
    boolean[] said = new boolean[1];
    return (log, weights) -> {
      watch.curves(curves(log, meanImageMse));
      if (!said[0] && CollapseWatch.noticed(log, training.iterations(), meanImageMse)) {
        said[0] = true;
        watch.say("%s is still no better than the mean image".formatted(experiment.name()));
      }
    };
  }

  /** Few films are learned by heart long before their motion is understood any better. */
  @Override
  Optional<ToDoubleFunction<float[]>> heldOut(FilmData data) {
    return Optional.ofNullable(own)
        .map(
            films ->
                weights ->
                    Trained.with(
                        this,
                        weights,
                        (model, manager) ->
                            score("held-out", model, films.test(), HELD_OUT, data, manager).mse()));
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

  @Override
  RunResult.Pixels measure(
      FilmModel model, FilmData data, NDManager manager, Map<String, Object> metrics) {
    SequenceScore train = score("train", model, data.train(), data, manager);
    SequenceScore test = score("test", model, data.test(), data, manager);
    double meanImageMse = meanImageMse(data);
    Metric.TRAIN_MSE_DEVIATION.put(metrics, train.mseDeviation());
    Metric.TEST_MSE_DEVIATION.put(metrics, test.mseDeviation());
    Metric.TRAIN_ENERGY_VARIANCE.put(metrics, train.energyVariance());
    Metric.NORMALISED_ENERGY_VARIANCE.put(metrics, test.normalisedEnergyVariance());
    Metric.TRAIN_FRAME_MSE.put(metrics, train.frameMeans());
    Metric.TEST_FRAME_MSE.put(metrics, test.frameMeans());
    double floor = data.noiseFloor();
    Metric.NOISE_FLOOR.put(metrics, floor);
    Metric.COLLAPSED.put(
        metrics, CollapseWatch.collapsed(test.mse() - floor, meanImageMse - floor));
    if (floor > 0) {
      Films truth = data.test().clean();
      SequenceScore clean = score("clean", model, data.test(), truth, sequences(), data, manager);
      Metric.CLEAN_TEST_MSE.put(metrics, clean.mse());
      Metric.CLEAN_FLOOR.put(metrics, data.blur());
    }
    particular(model, data, test, manager, metrics);
    return new RunResult.Pixels(train.mse(), test.mse(), meanImageMse, test.energyVariance());
  }

  /** Measures what is particular to a family of models, beside errors and energies. */
  void particular(
      FilmModel trained,
      FilmData data,
      SequenceScore test,
      NDManager manager,
      Map<String, Object> metrics) {}

  private SequenceScore score(
      String label, FilmModel model, Films split, FilmData data, NDManager manager) {
    return score(label, model, split, sequences(), data, manager);
  }

  private int sequences() {
    return film.budget().evaluationSequences();
  }

  private SequenceScore score(
      String label, FilmModel model, Films split, int count, FilmData data, NDManager manager) {
    return score(label, model, split, split, count, data, manager);
  }

  private SequenceScore score(
      String label,
      FilmModel model,
      Films split,
      Films truth,
      int count,
      FilmData data,
      NDManager manager) {
    return HgnEvaluation.score(
        label, model, split, truth, count, firstTarget(data), skipped(), manager, Progress.NONE);
  }

  private int firstTarget(FilmData data) {
    return HgnObjective.firstTarget(data.train().frames(), film.protocol().contextFrames());
  }

  /** A predicted sequence is scored on the frames that the encoder has not seen. */
  private int skipped() {
    return film.protocol() == Protocol.PREDICT ? 1 : 0;
  }

  /** Score of the mean image on the films and frames that the model is scored on. */
  double meanImageMse(FilmData data) {
    return data.meanImageMse(sequences(), firstTarget(data) + skipped());
  }

  @Override
  void remark(RunResult result, TrainingWatch watch) {
    if (Metric.COLLAPSED.in(result.metrics()).orElse(false)) {
      watch.say(
          Text.of(
              "%s has learned nothing of the motion: its test MSE is %.3g, the mean image's %.3g",
              experiment.name(), result.testMse(), result.meanImageMse()));
    }
    Metric.FINDING
        .in(result.metrics())
        .filter(finding -> !finding.isEmpty())
        .ifPresent(finding -> watch.say("%s: %s".formatted(experiment.name(), finding)));
  }

  @Override
  void requireSameData(RunResult result, RunFolder folder) {
    if (own != null
        && result.spec().get("films") instanceof Map<?, ?> trained
        && !own.spec().checksum().equals(trained.get("checksum"))) {
      throw UserError.data(
          "the films of %s have changed since the run in %s was trained on %s of them (checksum"
              + " %.12s…, now %.12s…): put them back, or %s",
          own.spec().path(),
          folder.path(),
          trained.get("films") instanceof Number n ? Integer.toString(n.intValue()) : "some",
          trained.get("checksum"),
          own.spec().checksum(),
          RunFolder.anew(film));
    }
  }

  @Override
  Claim<FilmData, FilmModel> claim() {
    return new Claim<>(
        "test MSE",
        1e4,
        Metric.PACKED_TEST_MSE,
        run -> {
          double deviation =
              Metric.TEST_MSE_DEVIATION.in(run.result().metrics()).orElse(Double.NaN);
          return mean(run.result().testMse(), deviation, run.data());
        },
        (run, data) -> {
          SequenceScore score =
              Trained.with(
                  this,
                  run.needed(),
                  (model, manager) -> score("test", model, data.test(), run.data(), manager));
          return mean(score.mse(), score.mseDeviation(), data);
        },
        data -> {
          if (data instanceof Dataset simulated) {
            int count = scored(data);
            return Dataset.open(
                Probing.fresh(simulated.spec(), count, Shipping.FRESH_SEED),
                workspace,
                Progress.NONE);
          }
          throw UserError.usage(
              "%s: of films of your own there are no fresh ones to check the claim by",
              experiment.name());
        });
  }

  private Mean mean(double value, double deviation, FilmData data) {
    return new Mean(value, deviation / Math.sqrt(scored(data)), scored(data));
  }

  private int scored(FilmData data) {
    return Math.min(sequences(), data.test().size());
  }

  /** A study is made of what is shipped; it compares with true states, which own films lack. */
  @Override
  void shipped(Trained<FilmData, FilmModel> run) {
    if (own == null) {
      new Run(film, run).study(workspace);
    }
  }
}
