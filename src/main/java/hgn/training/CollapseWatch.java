package hgn.training;

import hgn.results.RunResult;

/**
 * Notices a model that paints the mean image whatever it sees: the failure that the paper reports
 * of its baselines, and that a black background or ReLU energies bring on HGN.
 */
public final class CollapseWatch {

  /** Before this share of the iterations a plateau is no sign. */
  private static final double PATIENCE = 0.4;

  private CollapseWatch() {}

  /**
   * Whether an error is that of the mean image.
   *
   * @param mse the model's
   * @param meanImageMse the mean image's
   */
  public static boolean collapsed(double mse, double meanImageMse) {
    return !(mse < RunResult.COLLAPSED * meanImageMse);
  }

  /**
   * Whether a log shows a training that is still at the mean image when it should have left it.
   *
   * @param log with a column "mse"
   * @param iterations of the whole training
   * @param meanImageMse the mean image's error
   */
  public static boolean noticed(TrainingLog log, long iterations, double meanImageMse) {
    int rows = log.size();
    return rows > 0
        && log.column("iteration")[rows - 1] > PATIENCE * iterations
        && collapsed(log.column("mse")[rows - 1], meanImageMse);
  }
}
