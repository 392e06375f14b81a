package hgn.paper;

import hgn.training.TrainingSpec;

/**
 * Spec of everything that determines a run. Its JSON is what a checkpoint and a result belong to.
 */
public sealed interface ExperimentSpec
    permits HgnExperimentSpec, FilmsExperimentSpec, HnnExperimentSpec {

  /** Length and rate of the training. */
  TrainingSpec training();

  /** Seed of weights, batches and noise. */
  long seed();

  /** Number of sequences of each split that are scored. */
  int evaluationSequences();
}
