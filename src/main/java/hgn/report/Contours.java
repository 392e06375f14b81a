package hgn.report;

import hgn.results.Grid2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Level lines of a field, by marching squares. */
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

  /** The same pieces joined to lines, each a list of points. */
  static List<List<double[]>> lines(Grid2D grid, double level) {
    List<double[]> segments = segments(grid, level);
    Map<Point, Deque<Integer>> at = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      at.computeIfAbsent(end(segments.get(i), 0), k -> new ArrayDeque<>()).add(i);
      at.computeIfAbsent(end(segments.get(i), 2), k -> new ArrayDeque<>()).add(i);
    }
    boolean[] used = new boolean[segments.size()];
    List<List<double[]>> lines = new ArrayList<>();
    for (int i = 0; i < used.length; i++) {
      if (!used[i]) {
        used[i] = true;
        Deque<double[]> line = new ArrayDeque<>();
        Point a = end(segments.get(i), 0);
        Point b = end(segments.get(i), 2);
        line.add(a.toArray());
        line.add(b.toArray());
        follow(b, segments, at, used, line::addLast);
        follow(a, segments, at, used, line::addFirst);
        lines.add(List.copyOf(line));
      }
    }
    return lines;
  }

  private static void follow(
      Point from,
      List<double[]> segments,
      Map<Point, Deque<Integer>> at,
      boolean[] used,
      Consumer<double[]> add) {
    Point here = from;
    for (Integer next = unused(at.get(here), used); next != null; ) {
      used[next] = true;
      Point a = end(segments.get(next), 0);
      here = a.equals(here) ? end(segments.get(next), 2) : a;
      add.accept(here.toArray());
      next = unused(at.get(here), used);
    }
  }

  private static Integer unused(Deque<Integer> candidates, boolean... used) {
    return candidates.stream().filter(i -> !used[i]).findFirst().orElse(null);
  }

  /** Neighbouring cells compute a crossing in opposite directions, so it is rounded. */
  private static Point end(double[] segment, int from) {
    return new Point((float) segment[from], (float) segment[from + 1]);
  }

  private record Point(float x, float y) {
    double[] toArray() {
      return new double[] {x, y};
    }
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
