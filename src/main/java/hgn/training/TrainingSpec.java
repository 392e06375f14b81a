package hgn.training;

import hgn.io.Text;

/**
 * Length and rate of a training: what every model's training has in common.
 *
 * @param iterations steps in all
 * @param batch sequences, pairs or points a step
 * @param schedule learning rate
 * @param clipNorm the gradient's norm is clipped to this
 * @param logEvery iterations between two rows of the log
 */
public record TrainingSpec(
    int iterations, int batch, Schedule schedule, double clipNorm, int logEvery) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public TrainingSpec {
    if (iterations < 1 || batch < 1 || logEvery < 1 || !(clipNorm > 0)) {
      throw new IllegalArgumentException(
          Text.of(
              "iterations %d, batch %d, clip norm %s, log every %d: all must be positive",
              iterations, batch, clipNorm, logEvery));
    }
  }
}
