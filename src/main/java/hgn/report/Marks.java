package hgn.report;

import hgn.results.Band;
import hgn.results.Grid2D;
import hgn.results.Polygon;
import hgn.results.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Marks that charts are made of: lines, dots, bands, arrows, fields, texts. */
final class Marks {

  private static final double ARROW_HEAD = 8;
  private static final int HALO = 3;
  private static final int LABEL_ROOM = 20;
  private static final double HUNDREDTH = 0.01;

  /** A mark inside the plot of a chart, clipped to it. */
  @FunctionalInterface
  interface Mark {

    /**
     * Draws it.
     *
     * @param g where
     * @param x the horizontal axis
     * @param y the vertical axis
     */
    void paint(Graphics2D g, Axis x, Axis y);
  }

  private Marks() {}

  static Mark line(Series s, Color color, Stroke stroke) {
    return (g, x, y) -> {
      g.setColor(color);
      g.setStroke(stroke);
      g.draw(path(s.x(), s.y(), x, y));
    };
  }

  /** A dashed line across the plot, its label at the right end on the side that has room. */
  static Mark horizontal(double at, String label) {
    return (g, x, y) -> {
      straight(new double[] {x.from(), x.to()}, new double[] {at, at}).paint(g, x, y);
      if (!label.isEmpty()) {
        boolean roomAbove = y.at(at) - y.end() > LABEL_ROOM;
        text(x.to(), at, label, Style.INK, 0, roomAbove ? -5 : 14).paint(g, x, y);
      }
    };
  }

  /** A dashed line from the lower to the upper edge of the plot. */
  static Mark vertical(double at) {
    return (g, x, y) ->
        straight(new double[] {at, at}, new double[] {y.from(), y.to()}).paint(g, x, y);
  }

  private static Mark straight(double[] x, double[] y) {
    return line(new Series("", x, y), Style.INK, Style.DASHED);
  }

  static Mark points(Series s, Color color, double diameter) {
    return (g, x, y) -> {
      for (int i = 0; i < s.x().length; i++) {
        double px = x.at(s.x()[i]);
        double py = y.at(s.y()[i]);
        if (Double.isFinite(px) && Double.isFinite(py)) {
          var dot = new Ellipse2D.Double(px - diameter / 2, py - diameter / 2, diameter, diameter);
          g.setColor(color);
          g.fill(dot);
        }
      }
    };
  }

  static Mark band(Band b, Color color) {
    return (g, x, y) -> {
      Path2D edge = new Path2D.Double();
      boolean begun = false;
      // On a logarithmic axis a lower edge at or below zero lies at the chart's lower end.
      double floor = Math.max(y.start(), y.end());
      for (int i = 0; i < b.x().length; i++) {
        begun = extend(edge, begun, x.at(b.x()[i]), y.at(b.high()[i]));
      }
      for (int i = b.x().length - 1; i >= 0; i--) {
        double low = y.at(b.low()[i]);
        begun = extend(edge, begun, x.at(b.x()[i]), Double.isNaN(low) ? floor : low);
      }
      if (begun) {
        edge.closePath();
        g.setColor(Style.fade(color, 0.18));
        g.fill(edge);
      }
    };
  }

  static Mark polygon(Polygon p, Color color, double fill) {
    return (g, x, y) -> {
      Path2D outline = path(p.x(), p.y(), x, y);
      outline.closePath();
      g.setColor(Style.fade(color, fill));
      g.fill(outline);
      g.setColor(color);
      g.setStroke(Style.THIN);
      g.draw(outline);
    };
  }

  static Mark arrow(double x0, double y0, double x1, double y1, Color color, BasicStroke stroke) {
    return arrows(List.of(new double[] {x0, y0, x1, y1}), color, stroke);
  }

  /** Arrows, each x₀, y₀, x₁, y₁, in one piece: a field of them is two paths, not hundreds. */
  static Mark arrows(List<double[]> arrows, Color color, BasicStroke stroke) {
    List<double[]> all = List.copyOf(arrows);
    return (g, x, y) -> {
      Path2D shafts = new Path2D.Double();
      Path2D tips = new Path2D.Double();
      for (double[] a : all) {
        arrow(shafts, tips, x.at(a[0]), y.at(a[1]), x.at(a[2]), y.at(a[3]), stroke.getLineWidth());
      }
      if (bright(color)) {
        // Bright arrows have to be seen on bright fields too.
        g.setColor(Style.fade(Style.INK, 0.55));
        g.setStroke(new BasicStroke(stroke.getLineWidth() + 1.4f));
        g.draw(shafts);
        g.draw(tips);
      }
      g.setColor(color);
      g.setStroke(stroke);
      g.draw(shafts);
      g.fill(tips);
    };
  }

  /** Arrows along a vector field, all scaled alike so that the longest spans a cell. */
  static Mark quiver(Grid2D u, Grid2D v, Color color) {
    double longest = 0;
    for (int j = 0; j < u.y().length; j++) {
      for (int i = 0; i < u.x().length; i++) {
        // Measured in cells, because the axes may have different units.
        longest =
            Math.max(
                longest,
                Math.hypot(u.values()[j][i] / cell(u.x()), v.values()[j][i] / cell(u.y())));
      }
    }
    double scale = longest > 0 ? 0.95 / longest : 0;
    List<double[]> arrows = new ArrayList<>();
    for (int j = 0; j < u.y().length; j++) {
      for (int i = 0; i < u.x().length; i++) {
        double x = u.x()[i];
        double y = u.y()[j];
        double du = scale * u.values()[j][i] / 2;
        double dv = scale * v.values()[j][i] / 2;
        arrows.add(new double[] {x - du, y - dv, x + du, y + dv});
      }
    }
    return arrows(arrows, color, Style.THIN);
  }

  private static double cell(double[] nodes) {
    return nodes[1] - nodes[0];
  }

  private static boolean bright(Color color) {
    return Math.min(color.getRed(), Math.min(color.getGreen(), color.getBlue())) > 200;
  }

  private static void arrow(
      Path2D shafts, Path2D tips, double x0, double y0, double x1, double y1, double width) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length = Math.hypot(dx, dy);
    if (!(length > 0)) {
      return;
    }
    double head = Math.min(ARROW_HEAD, 0.45 * length) + width;
    double reach = length - 0.8 * head;
    shafts.moveTo(x0, y0);
    shafts.lineTo(x0 + dx * reach / length, y0 + dy * reach / length);
    Path2D tip = new Path2D.Double();
    tip.moveTo(0, 0);
    tip.lineTo(-head, 0.42 * head);
    tip.lineTo(-head, -0.42 * head);
    tip.closePath();
    AffineTransform turn = AffineTransform.getTranslateInstance(x1, y1);
    turn.rotate(dx, dy);
    tips.append(turn.createTransformedShape(tip), false);
  }

  /** A text at a place, kept inside the frame and legible on any ground. */
  static Mark text(double atX, double atY, String text, Color color, double dx, double dy) {
    return (g, x, y) -> {
      g.setFont(Style.SMALL);
      double width = Figure.width(text, Style.SMALL);
      double left = Math.min(x.start(), x.end()) + 3;
      double right = Math.max(x.start(), x.end()) - width - 3;
      float px = (float) Math.max(left, Math.min(right, x.at(atX) + dx));
      double top = Math.min(y.start(), y.end()) + 12;
      double bottom = Math.max(y.start(), y.end()) - 4;
      float py = (float) Math.max(top, Math.min(bottom, y.at(atY) + dy));
      g.setColor(Style.fade(Style.BACKGROUND, 0.8));
      g.fill(
          new java.awt.geom.RoundRectangle2D.Double(
              px - HALO, py - 11, width + 2 * HALO, 14, 4, 4));
      g.setColor(color);
      g.drawString(text, px, py);
    };
  }

  /** A field as colours, a pixel a grid point. */
  static Mark field(Grid2D grid, ColorMap colors, double low, double high) {
    BufferedImage image = colors.image(grid, low, high);
    return (g, x, y) -> {
      int columns = grid.x().length;
      int rows = grid.y().length;
      double left = x.at(grid.x()[0]);
      double top = y.at(grid.y()[rows - 1]);
      double cellX = (x.at(grid.x()[columns - 1]) - left) / (columns - 1);
      double cellY = (y.at(grid.y()[0]) - top) / (rows - 1);
      // A pixel's middle lies on its grid point, so half a pixel stands out on each side.
      pixels(
          g,
          image,
          new Rectangle2D.Double(left - cellX / 2, top - cellY / 2, columns * cellX, rows * cellY));
    };
  }

  static Mark contours(Grid2D grid, double[] levels, Color color) {
    return (g, x, y) -> {
      g.setColor(color);
      g.setStroke(Style.THIN);
      for (double level : levels) {
        Path2D lines = new Path2D.Double();
        for (List<double[]> line : Contours.lines(grid, level)) {
          lines.moveTo(x.at(line.get(0)[0]), y.at(line.get(0)[1]));
          line.stream().skip(1).forEach(point -> lines.lineTo(x.at(point[0]), y.at(point[1])));
        }
        g.draw(lines);
      }
    };
  }

  /**
   * Draws an image at its own resolution; the output enlarges it, each pixel to a square. So what
   * is seen is what was computed, and files stay small: interpolated pixels hardly compress.
   *
   * @param g where
   * @param image what
   * @param place where it comes to lie
   */
  static void pixels(Graphics2D g, BufferedImage image, Rectangle2D place) {
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    // Hundredths are what SVG is written in: a scale like 1.294 would lose a point on the way.
    AffineTransform to = AffineTransform.getTranslateInstance(place.getX(), place.getY());
    to.scale(HUNDREDTH, HUNDREDTH);
    Graphics2D scaled = (Graphics2D) g.create();
    scaled.transform(to);
    scaled.drawImage(
        image,
        0,
        0,
        (int) Math.round(place.getWidth() / HUNDREDTH),
        (int) Math.round(place.getHeight() / HUNDREDTH),
        null);
    scaled.dispose();
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
  }

  private static Path2D path(double[] xs, double[] ys, Axis x, Axis y) {
    Path2D path = new Path2D.Double();
    boolean begun = false;
    for (int i = 0; i < xs.length; i++) {
      begun = extend(path, begun, x.at(xs[i]), y.at(ys[i]));
    }
    return path;
  }

  /** Goes on to a point; a point that is not there leaves a gap. */
  private static boolean extend(Path2D path, boolean begun, double px, double py) {
    if (!Double.isFinite(px) || !Double.isFinite(py)) {
      return false;
    }
    // Values far outside the frame overflow some renderers; their direction is kept well enough.
    double cx = Math.max(-1e5, Math.min(1e5, px));
    double cy = Math.max(-1e5, Math.min(1e5, py));
    if (begun) {
      path.lineTo(cx, cy);
    } else {
      path.moveTo(cx, cy);
    }
    return true;
  }
}
