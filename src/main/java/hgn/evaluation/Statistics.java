package hgn.evaluation;

import hgn.io.Text;
import org.apache.commons.math3.stat.StatUtils;

/** Statistics that Commons Math lacks. */
public final class Statistics {
  private Statistics() {}

  /**
   * The standard error of the mean of independent numbers, from their scatter (n − 1).
   *
   * @param values at least two
   * @throws IllegalArgumentException if there are fewer: one number does not say how it scatters
   */
  public static double standardError(double... values) {
    if (values.length < 2) {
      throw new IllegalArgumentException(
          Text.of("%d values, expected at least 2 for a standard error", values.length));
    }
    return Math.sqrt(StatUtils.variance(values) / values.length);
  }
}
