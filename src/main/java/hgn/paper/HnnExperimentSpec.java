package hgn.paper;

import hgn.data.DatasetSpec;
import hgn.io.Records;
import hgn.models.Coder;
import hgn.models.HnnSpec;
import hgn.training.HnnTraining;
import hgn.training.Schedule;
import hgn.training.TrainingSpec;
import java.util.function.UnaryOperator;

/**
 * Spec of everything that determines a run of a PixelHNN.
 *
 * @param model which PixelHNN
 * @param dataset what it learns from: the HGN's
 * @param training how long and how fast
 * @param hnn weights of the losses
 * @param seed of weights and batches
 * @param evaluationSequences how many sequences of each split are scored
 */
public record HnnExperimentSpec(
    HnnSpec model,
    DatasetSpec dataset,
    TrainingSpec training,
    HnnTraining hnn,
    long seed,
    int evaluationSequences)
    implements ExperimentSpec {

  /** §A.3: Adam's rate, batch and iterations. */
  private static final Schedule RATE = Schedule.constant(1e-3);

  private static final int BATCH = 64;
  private static final int PAPER_ITERATIONS = 15_000;

  /** Neither the paper nor the original clips: far above any gradient's norm. */
  private static final double NO_CLIP = 1e6;

  /** The same with a change of how long and how fast it is trained. */
  public HnnExperimentSpec training(UnaryOperator<TrainingSpec> change) {
    return Records.with(this, "training", change.apply(training));
  }

  /** The same for another number of iterations. */
  public HnnExperimentSpec iterations(int count) {
    return training(t -> Records.with(t, "iterations", count));
  }

  static HnnExperimentSpec of(Model model, String system, Budget budget, long seed) {
    DatasetSpec dataset = HgnExperimentSpec.dataset(system, Protocol.RECONSTRUCT, budget);
    Coder coder = model.coder(budget);
    TrainingSpec training =
        switch (budget) {
          case SMOKE -> new TrainingSpec(12, 4, RATE, NO_CLIP, 2);
          // Not the paper's: what fits into minutes. A step of the convolutions costs thirty times
          // one of the perceptrons, so they get fewer and smaller ones.
          case QUICK ->
              coder != Coder.PERCEPTRON
                  ? new TrainingSpec(800, 16, RATE, NO_CLIP, 10)
                  : new TrainingSpec(5000, BATCH, RATE, NO_CLIP, 25);
          case PAPER -> new TrainingSpec(PAPER_ITERATIONS, BATCH, RATE, NO_CLIP, 50);
        };
    return new HnnExperimentSpec(
        new HnnSpec(coder, dataset.physics().dimension(), dataset.imageSize()),
        dataset,
        training,
        HnnTraining.PAPER,
        seed,
        budget.evaluationSequences());
  }
}
