package hgn.paper;

import hgn.training.TrainingSpec;

/** Everything that determines a run. Its JSON is what a checkpoint and a result belong to. */
public sealed interface ExperimentSpec
    permits HgnExperimentSpec, FilmsExperimentSpec, HnnExperimentSpec {

  /** How long and how fast. */
  TrainingSpec training();

  /** Of weights, batches and noise. */
  long seed();

  /** How many sequences of each split are scored. */
  int evaluationSequences();
}
