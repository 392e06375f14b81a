package hgn.paper;

import hgn.data.FilmsSpec;
import hgn.models.HgnSpec;
import hgn.training.HgnTraining;
import hgn.training.TrainingSpec;

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
  private static final int QUICK_ITERATIONS = 4000;

  static FilmsExperimentSpec of(
      Model model, FilmsSpec films, Protocol protocol, Budget budget, long seed) {
    return new FilmsExperimentSpec(
        HgnExperimentSpec.network(model, protocol, budget).withImageSize(films.imageSize()),
        films,
        HgnExperimentSpec.training(budget, QUICK_ITERATIONS),
        HgnExperimentSpec.objective(budget),
        seed,
        budget.evaluationSequences());
  }
}
