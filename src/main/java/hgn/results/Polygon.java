package hgn.results;

import hgn.io.Text;

/**
 * A closed polygon in the plane, for example a patch of phase space.
 *
 * @param x abscissae of the corners in order
 * @param y ordinates of the corners
 */
public record Polygon(double[] x, double[] y) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ or there are fewer than three corners
   */
  public Polygon {
    if (x.length != y.length || x.length < 3) {
      throw new IllegalArgumentException(
          Text.of(
              "a polygon of %d abscissae and %d ordinates, expected as many, at least 3",
              x.length, y.length));
    }
  }

  /** Area, by the shoelace formula. */
  public double area() {
    double twice = 0;
    for (int i = 0; i < x.length; i++) {
      int next = (i + 1) % x.length;
      twice += x[i] * y[next] - x[next] * y[i];
    }
    return Math.abs(twice) / 2;
  }
}
