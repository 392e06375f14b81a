package hgn.report;

import hgn.results.Grid2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Level lines of a field, by marching squares, and its values between the grid's points. */
final class Contours {

  private Contours() {}

  /** Pieces of the lines where the field equals {@code level}, each as x₀, y₀, x₁, y₁. */
  static List<double[]> segments(Grid2D grid, double level) {
    List<double[]> out = new ArrayList<>();
    double[] x = grid.x();
    double[] y = grid.y();
    double[][] v = grid.values();
    for (int j = 0; j + 1 < y.length; j++) {
      for (int i = 0; i + 1 < x.length; i++) {
        List<double[]> crossings = new ArrayList<>(4);
        cross(crossings, level, x[i], y[j], v[j][i], x[i + 1], y[j], v[j][i + 1]);
        cross(crossings, level, x[i + 1], y[j], v[j][i + 1], x[i + 1], y[j + 1], v[j + 1][i + 1]);
        cross(crossings, level, x[i + 1], y[j + 1], v[j + 1][i + 1], x[i], y[j + 1], v[j + 1][i]);
        cross(crossings, level, x[i], y[j + 1], v[j + 1][i], x[i], y[j], v[j][i]);
        // Four crossings are a saddle: pairing neighbours is as right as the other way.
        for (int k = 0; k + 1 < crossings.size(); k += 2) {
          double[] a = crossings.get(k);
          double[] b = crossings.get(k + 1);
          out.add(new double[] {a[0], a[1], b[0], b[1]});
        }
      }
    }
    return out;
  }

  /** The field at a point, bilinear; NaN outside the grid. */
  static double interpolate(Grid2D grid, double x, double y) {
    int i = cell(grid.x(), x);
    int j = cell(grid.y(), y);
    if (i < 0 || j < 0) {
      return Double.NaN;
    }
    double u = (x - grid.x()[i]) / (grid.x()[i + 1] - grid.x()[i]);
    double w = (y - grid.y()[j]) / (grid.y()[j + 1] - grid.y()[j]);
    double[][] v = grid.values();
    return (1 - w) * ((1 - u) * v[j][i] + u * v[j][i + 1])
        + w * ((1 - u) * v[j + 1][i] + u * v[j + 1][i + 1]);
  }

  private static int cell(double[] nodes, double at) {
    if (!(at >= nodes[0] && at <= nodes[nodes.length - 1])) {
      return -1;
    }
    int found = Arrays.binarySearch(nodes, at);
    int below = found >= 0 ? found : -found - 2;
    return Math.min(below, nodes.length - 2);
  }

  private static void cross(
      List<double[]> out,
      double level,
      double x0,
      double y0,
      double v0,
      double x1,
      double y1,
      double v1) {
    if ((v0 < level) != (v1 < level)) {
      double u = (level - v0) / (v1 - v0);
      out.add(new double[] {x0 + u * (x1 - x0), y0 + u * (y1 - y0)});
    }
  }
}
