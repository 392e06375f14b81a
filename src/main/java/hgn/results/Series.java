package hgn.results;

import hgn.io.Text;
import java.util.stream.IntStream;

/**
 * A labelled curve.
 *
 * @param label its name in the legend
 * @param x abscissae
 * @param y ordinates, as many
 */
public record Series(String label, double[] x, double[] y) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Series {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          Text.of("'%s' has %d abscissae and %d ordinates", label, x.length, y.length));
    }
  }

  /** Times of so many samples, dt apart, from 0. */
  public static double[] times(int count, double dt) {
    return IntStream.range(0, count).mapToDouble(i -> i * dt).toArray();
  }
}
