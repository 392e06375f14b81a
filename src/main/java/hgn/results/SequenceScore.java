package hgn.results;

import java.util.Arrays;

/**
 * How well sequences were reproduced.
 *
 * @param label which model, which data
 * @param frameMeans mean squared error per pixel of each frame, mean over the sequences
 * @param frameDeviations its standard deviation over the sequences
 * @param sequenceErrors mean squared error of each sequence, over all its frames
 * @param energyVariances variance of the learned energy along each sequence's rollout
 * @param energySpread variance of the learned energy across the sequences: its scale is arbitrary,
 *     so only the ratio to this compares models
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
    return Arrays.stream(sequenceErrors).average().orElse(Double.NaN);
  }

  /** Standard deviation of the sequences' errors. */
  public double mseDeviation() {
    double mean = mse();
    double squares =
        Arrays.stream(sequenceErrors).map(e -> (e - mean) * (e - mean)).average().orElse(0);
    return Math.sqrt(squares);
  }

  /** Variance of the learned energy over one rollout, mean over the sequences. */
  public double energyVariance() {
    return Arrays.stream(energyVariances).average().orElse(Double.NaN);
  }

  /** {@link #energyVariance()} divided by the variance across the sequences. */
  public double normalisedEnergyVariance() {
    return energyVariance() / energySpread;
  }
}
