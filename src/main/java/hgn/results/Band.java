package hgn.results;

import hgn.io.Text;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A labelled curve with its spread, for example a mean and a standard deviation to either side.
 *
 * @param label its name in the legend
 * @param x abscissae
 * @param mean the curve
 * @param low the band's lower edge
 * @param high the band's upper edge
 */
public record Band(String label, double[] x, double[] mean, double[] low, double[] high) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Band {
    if (mean.length != x.length || low.length != x.length || high.length != x.length) {
      throw new IllegalArgumentException(
          Text.of(
              "'%s' has %d abscissae, %d means, %d lower and %d upper edges",
              label, x.length, mean.length, low.length, high.length));
    }
  }

  /** The points whose mean is above zero: what a logarithmic axis can show. */
  public Band positive() {
    int[] above = IntStream.range(0, x.length).filter(i -> mean[i] > 0).toArray();
    return new Band(
        label, picked(x, above), picked(mean, above), picked(low, above), picked(high, above));
  }

  private static double[] picked(double[] values, int... indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  /** The same under another label. */
  public Band named(String other) {
    return new Band(other, x, mean, low, high);
  }

  /**
   * Mean and standard deviation over samples.
   *
   * @param label its name in the legend
   * @param x abscissae
   * @param samples one curve a row, each as long as x
   * @return the mean with one standard deviation to either side
   */
  public static Band of(String label, double[] x, double[][] samples) {
    double[] mean = new double[x.length];
    double[] low = new double[x.length];
    double[] high = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      for (double[] sample : samples) {
        sum += sample[i];
      }
      mean[i] = sum / samples.length;
      double squares = 0;
      for (double[] sample : samples) {
        squares += (sample[i] - mean[i]) * (sample[i] - mean[i]);
      }
      double deviation = Math.sqrt(squares / Math.max(1, samples.length - 1));
      low[i] = mean[i] - deviation;
      high[i] = mean[i] + deviation;
    }
    return new Band(label, x, mean, low, high);
  }

  /**
   * A curve of positive values with its standard deviation, for a logarithmic axis.
   *
   * @param label its name in the legend
   * @param x abscissae
   * @param mean the curve
   * @param deviation of each value; it can exceed its mean, so the lower edge is as many times
   *     below the mean as the upper one is above
   */
  public static Band around(String label, double[] x, double[] mean, double... deviation) {
    double[] low = new double[x.length];
    double[] high = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      high[i] = mean[i] + deviation[i];
      low[i] = mean[i] > 0 ? mean[i] * (mean[i] / high[i]) : mean[i] - deviation[i];
    }
    return new Band(label, x, mean, low, high);
  }
}
