package hgn.paper;

import hgn.data.FilmsSpec;
import hgn.models.Architecture;
import hgn.models.HgnSpec;
import hgn.training.HgnTraining;
import hgn.training.Horizon;
import hgn.training.TrainingSpec;

/**
 * Everything that determines a run of an HGN on the user's own films.
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

  /** Enough to see whether films can be learned; under half of what Table 1's take. */
  private static final int QUICK_ITERATIONS = 450;

  /** In fewer iterations the horizon has to grow faster. */
  private static final Horizon QUICK_HORIZON = new Horizon(2, 10);

  static FilmsExperimentSpec of(
      Model model, FilmsSpec films, Protocol protocol, Budget budget, long seed) {
    Architecture architecture = budget == Budget.PAPER ? Architecture.PAPER : Architecture.COMPACT;
    HgnTraining usual = HgnExperimentSpec.objective(budget);
    HgnTraining hgn = budget == Budget.QUICK ? usual.withHorizon(QUICK_HORIZON) : usual;
    return new FilmsExperimentSpec(
        model.spec(architecture, protocol).withImageSize(films.imageSize()),
        films,
        HgnExperimentSpec.training(budget, QUICK_ITERATIONS),
        hgn,
        seed,
        budget.evaluationSequences());
  }
}
