package hgn.results;

import hgn.io.Text;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;

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
          Text.of("a grid of %d × %d points, expected at least 2 × 2", x.length, y.length));
    }
    if (values.length != y.length) {
      throw new IllegalArgumentException(
          Text.of("%d rows of values for %d ordinates", values.length, y.length));
    }
    for (double[] row : values) {
      if (row.length != x.length) {
        throw new IllegalArgumentException(
            Text.of("a row of %d values for %d abscissae", row.length, x.length));
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
   * Values as a flat array has them, x running fastest.
   *
   * @param x abscissae
   * @param y ordinates
   * @param flat a value a point of the grid
   */
  public static Grid2D of(double[] x, double[] y, double[] flat) {
    double[][] values = new double[y.length][];
    Arrays.setAll(values, j -> Arrays.copyOfRange(flat, j * x.length, (j + 1) * x.length));
    return new Grid2D(x, y, values);
  }

  /**
   * The points of a grid, (x, y) each, x running fastest: what a flat array of values belongs to.
   */
  public static double[][] points(double[] x, double[] y) {
    double[][] points = new double[x.length * y.length][];
    Arrays.setAll(points, i -> new double[] {x[i % x.length], y[i / x.length]});
    return points;
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
    return finite().min().orElse(Double.POSITIVE_INFINITY);
  }

  /** The largest finite value. */
  public double max() {
    return finite().max().orElse(Double.NEGATIVE_INFINITY);
  }

  private DoubleStream finite() {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite);
  }
}
