package hgn.paper;

import hgn.data.FilmsSpec;
import hgn.data.OwnFilms;
import hgn.io.Json;
import hgn.io.Records;
import hgn.models.Architecture;
import hgn.models.HgnSpec;
import hgn.results.RunResult;
import hgn.training.FrameDraw;
import hgn.training.HgnTraining;
import hgn.training.Horizon;
import hgn.training.Schedule;
import hgn.training.TrainingSpec;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Spec of everything that determines a run of an HGN on the user's own films.
 *
 * @param model which HGN
 * @param films what it learns from
 * @param training how long and how fast
 * @param hgn how
 * @param seed of weights, batches and noise
 * @param evaluationSequences how many windows of each split are scored
 */
public record FilmsExperimentSpec(
    HgnSpec model,
    FilmsSpec films,
    TrainingSpec training,
    HgnTraining hgn,
    long seed,
    int evaluationSequences)
    implements ExperimentSpec {

  /**
   * Iterations that two cores do within ten minutes on films of 32 × 32 pixels, however many there
   * are.
   */
  private static final int QUICK_ITERATIONS = 1600;

  /**
   * Twice the rate of the quick budget's models: where training is short, that is what it lacks.
   */
  private static final double QUICK_RATE = 2e-3;

  /** Two frames of each film's own cost 0.4 of six that all films share. */
  private static final int QUICK_FRAMES = 2;

  /** As it was until 0.1: six shared frames, and a horizon that had to grow faster. */
  private static final int FEWER_ITERATIONS = 450;

  private static final Horizon FASTER_HORIZON = new Horizon(2, 10);

  /**
   * Spec of a training on films, or the earlier one by which a finished run was trained on them.
   *
   * @param films what is learned
   * @param result of the run, which may not be there
   */
  static FilmsExperimentSpec of(
      Model model, OwnFilms films, Protocol protocol, Budget budget, long seed, Path result) {
    FilmsExperimentSpec today = of(model, films.spec(), protocol, budget, seed);
    if (!Files.exists(result)) {
      return today;
    }
    FilmsExperimentSpec before = today.before(budget, films.halfWindows());
    return Records.difference(Json.read(result, RunResult.class).spec(), before).isEmpty()
        ? before
        : today;
  }

  static FilmsExperimentSpec of(
      Model model, FilmsSpec films, Protocol protocol, Budget budget, long seed) {
    Architecture architecture = budget == Budget.PAPER ? Architecture.PAPER : Architecture.COMPACT;
    TrainingSpec training = HgnExperimentSpec.training(budget, QUICK_ITERATIONS);
    HgnTraining hgn = HgnExperimentSpec.objective(budget);
    if (budget == Budget.QUICK) {
      Schedule faster = Records.with(training.schedule(), "rate", QUICK_RATE);
      training = Records.with(training, "schedule", faster);
      hgn = hgn.withFrames(QUICK_FRAMES, FrameDraw.SPREAD);
    }
    return new FilmsExperimentSpec(
        model.spec(architecture, protocol).withImageSize(films.imageSize()),
        films,
        training,
        hgn,
        seed,
        budget.evaluationSequences());
  }

  /**
   * The recipe that finished runs may be of.
   *
   * @param films with windows as they were
   */
  FilmsExperimentSpec before(Budget budget, FilmsSpec films) {
    HgnTraining usual = HgnExperimentSpec.objective(budget);
    return Records.with(
        this,
        "films",
        films,
        "training",
        HgnExperimentSpec.training(budget, FEWER_ITERATIONS),
        "hgn",
        budget == Budget.QUICK ? usual.withHorizon(FASTER_HORIZON) : usual);
  }
}
