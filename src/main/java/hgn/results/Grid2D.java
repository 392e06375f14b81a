package hgn.results;

import java.util.function.DoubleBinaryOperator;

/**
 * Values of a scalar field on a rectangular grid, for example an energy over (q, p).
 *
 * @param x abscissae, ascending
 * @param y ordinates, ascending
 * @param values one row an ordinate: values[j][i] belongs to (x[i], y[j])
 */
public record Grid2D(double[] x, double[] y, double[][] values) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if the values do not fill the grid or it has fewer than two
   *     points a side
   */
  public Grid2D {
    if (x.length < 2 || y.length < 2) {
      throw new IllegalArgumentException(
          "a grid of %d × %d points, expected at least 2 × 2".formatted(x.length, y.length));
    }
    if (values.length != y.length) {
      throw new IllegalArgumentException(
          "%d rows of values for %d ordinates".formatted(values.length, y.length));
    }
    for (double[] row : values) {
      if (row.length != x.length) {
        throw new IllegalArgumentException(
            "a row of %d values for %d abscissae".formatted(row.length, x.length));
      }
    }
  }

  /**
   * A function's values on an even grid.
   *
   * @param x abscissae
   * @param y ordinates
   * @param f the function
   * @return the grid
   */
  public static Grid2D of(double[] x, double[] y, DoubleBinaryOperator f) {
    double[][] values = new double[y.length][x.length];
    for (int j = 0; j < y.length; j++) {
      for (int i = 0; i < x.length; i++) {
        values[j][i] = f.applyAsDouble(x[i], y[j]);
      }
    }
    return new Grid2D(x, y, values);
  }

  /**
   * Evenly spaced numbers.
   *
   * @param from the first
   * @param to the last
   * @param count how many, at least 2
   * @return the numbers
   */
  public static double[] linspace(double from, double to, int count) {
    double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      out[i] = from + (to - from) * i / (count - 1);
    }
    return out;
  }

  /** The smallest finite value. */
  public double min() {
    double min = Double.POSITIVE_INFINITY;
    for (double[] row : values) {
      for (double v : row) {
        min = Double.isFinite(v) ? Math.min(min, v) : min;
      }
    }
    return min;
  }

  /** The largest finite value. */
  public double max() {
    double max = Double.NEGATIVE_INFINITY;
    for (double[] row : values) {
      for (double v : row) {
        max = Double.isFinite(v) ? Math.max(max, v) : max;
      }
    }
    return max;
  }
}
