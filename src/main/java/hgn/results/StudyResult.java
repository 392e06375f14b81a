package hgn.results;

/**
 * Study of a trained model beyond the paper's tables. Errors are raw.
 *
 * @param run key of the run's result: of another training this is not the study
 * @param experiment for example "hgn-leapfrog.mass-spring"
 * @param budget "smoke", "quick" or "paper"
 * @param seed of the run
 * @param sequences how many long sequences were rolled out
 * @param trainRolloutVariance variance of the learned energy over one rollout of a training
 *     sequence: the paper's Table 2
 * @param testRolloutVariance the same of a test sequence
 * @param time of each frame of the long rollouts, from the inferred state on
 * @param forwardMse of each frame of the forward rollouts, median over the sequences
 * @param forwardLow its lower quartile
 * @param forwardHigh its upper quartile
 * @param backwardMse the same of rollouts backward in time
 * @param energyDeviation how far the learned energy is from its start, in units of its standard
 *     deviation across sequences; median over the sequences
 * @param validForward valid prediction times: until MSE / mean(x²) first exceeds 0.025, or the end;
 *     one a sequence
 * @param validBackward the same backward
 * @param returnErrors |s − s′| / |s| after 30 steps forth and back, one a sequence
 * @param eulerReturnErrors the same of the same model stepped by Euler's method
 * @param probeQ R² of a linear map from the latent state to each true coordinate, on test sequences
 * @param probeP the same for each true momentum
 * @param trainFrameDeviations standard deviation over training sequences of each frame's error
 * @param testFrameDeviations the same over test sequences
 * @param sampleDistance squared error a pixel from a frame drawn from the prior to the nearest
 *     frame of the test set, mean; NaN where the model has no prior
 * @param sampleCoverage the same from a frame of the test set to the nearest drawn one
 * @param dataDistance the same from a frame of other test films to the nearest of those: what
 *     perfect samples score
 * @param portraits what the linear map reads from the latent rollouts of some test sequences,
 *     beside the truth
 */
public record StudyResult(
    String run,
    String experiment,
    String budget,
    long seed,
    int sequences,
    double trainRolloutVariance,
    double testRolloutVariance,
    double[] time,
    double[] forwardMse,
    double[] forwardLow,
    double[] forwardHigh,
    double[] backwardMse,
    double[] energyDeviation,
    double[] validForward,
    double[] validBackward,
    double[] returnErrors,
    double[] eulerReturnErrors,
    double[] probeQ,
    double[] probeP,
    double[] trainFrameDeviations,
    double[] testFrameDeviations,
    double sampleDistance,
    double sampleCoverage,
    double dataDistance,
    Portrait[] portraits) {

  /** Checks that there is a value for each frame. */
  public StudyResult {
    for (double[] row :
        new double[][] {forwardMse, forwardLow, forwardHigh, backwardMse, energyDeviation}) {
      if (row == null || time == null || row.length != time.length || row.length == 0) {
        throw new IllegalArgumentException("a value for each frame of the rollouts is missing");
      }
    }
  }

  /** The file's name, beside the run's result. */
  public static final String FILE_NAME = "study.json";

  /** The threshold of the valid prediction time. */
  public static final double VALID = 0.025;

  /**
   * One sequence in phase space, first coordinate and momentum.
   *
   * @param trueQ the true coordinate over time
   * @param trueP the true momentum
   * @param readQ what is read from the latent state
   * @param readP what is read from the latent state
   */
  public record Portrait(double[] trueQ, double[] trueP, double[] readQ, double[] readP) {}

  /** Median of some values. */
  public static double median(double... values) {
    return quantile(0.5, values);
  }

  /** A quantile of some values, interpolated linearly. */
  public static double quantile(double share, double... values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
