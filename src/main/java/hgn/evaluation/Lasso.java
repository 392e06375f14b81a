package hgn.evaluation;

/**
 * Least squares with an L1 penalty (Lasso), by cyclic coordinate descent with soft thresholding
 * (Friedman, Hastie and Tibshirani, 2010): min over w of ½ mean (y − xᵀw)² + α Σ|w|, from the
 * moments of centred features and target.
 *
 * <p>Our own: on Maven Central a Lasso comes with Smile, which is under the GPL, or with Tribuo,
 * whose regression needs a data model and ten more archives for what is this one loop.
 */
final class Lasso {
  private static final double TOLERANCE = 1e-4;

  private final double[][] gram;
  private final int sweeps;

  /**
   * A fit's features.
   *
   * @param gram mean of x xᵀ, [f, f]
   * @param sweeps how often each weight is visited at most
   */
  Lasso(double[][] gram, int sweeps) {
    this.gram = gram;
    this.sweeps = sweeps;
  }

  /**
   * The weights of one target.
   *
   * @param xy mean of x y, [f]
   * @param alpha α, at least 0
   * @param start where the descent begins, for example the weights of a larger α
   * @return w, [f]; 0 where a feature does not vary
   */
  double[] fit(double[] xy, double alpha, double... start) {
    double[] w = start.clone();
    double[] slope = xy.clone();
    for (int j = 0; j < w.length; j++) {
      add(slope, gram[j], -w[j]);
    }
    // All weights, then those that are not 0 until they rest, then all again.
    for (int sweep = 0; sweep < sweeps; sweep++) {
      double moved = sweep(w, slope, alpha, false);
      if (moved < TOLERANCE) {
        return w;
      }
      while (moved >= TOLERANCE && ++sweep < sweeps) {
        moved = sweep(w, slope, alpha, true);
      }
    }
    return w;
  }

  /** The largest change, in units of the target. */
  private double sweep(double[] w, double[] slope, double alpha, boolean active) {
    double most = 0;
    for (int j = 0; j < w.length; j++) {
      double own = gram[j][j];
      if (own < 1e-12 || (active && w[j] == 0)) {
        continue;
      }
      double free = slope[j] + own * w[j];
      double next = Math.signum(free) * Math.max(0, Math.abs(free) - alpha) / own;
      double change = next - w[j];
      if (change != 0) {
        add(slope, gram[j], -change);
        w[j] = next;
        most = Math.max(most, Math.abs(change) * Math.sqrt(own));
      }
    }
    return most;
  }

  private static void add(double[] to, double[] row, double times) {
    if (times != 0) {
      for (int i = 0; i < to.length; i++) {
        to[i] += times * row[i];
      }
    }
  }
}
