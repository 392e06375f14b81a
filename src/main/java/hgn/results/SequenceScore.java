package hgn.results;

import org.apache.commons.math3.stat.StatUtils;

/**
 * Score of reproduced sequences.
 *
 * @param label which model, which data
 * @param frameMeans mean squared error per pixel of each frame, mean over the sequences
 * @param frameDeviations its standard deviation over the sequences
 * @param sequenceErrors mean squared error of each sequence, over all its frames
 * @param energyVariances variance of the learned energy along each sequence's rollout
 * @param energySpread variance across the sequences of the learned energy of the inferred state,
 *     H(0): its scale is arbitrary, so only the ratio to this compares models
 */
public record SequenceScore(
    String label,
    double[] frameMeans,
    double[] frameDeviations,
    double[] sequenceErrors,
    double[] energyVariances,
    double energySpread) {

  /** Mean squared error per pixel over all frames and sequences. */
  public double mse() {
    return StatUtils.mean(sequenceErrors);
  }

  /** Standard deviation of the sequences' errors. */
  public double mseDeviation() {
    return Math.sqrt(StatUtils.populationVariance(sequenceErrors));
  }

  /** Variance of the learned energy over one rollout, mean over the sequences. */
  public double energyVariance() {
    return StatUtils.mean(energyVariances);
  }

  /** {@link #energyVariance()} divided by the variance of H(0) across the sequences. */
  public double normalisedEnergyVariance() {
    return energyVariance() / energySpread;
  }
}
