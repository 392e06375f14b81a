package hgn.report;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;

/** Grid lines and ticks at the powers of ten of logarithmic axes. */
final class DecadeMarks {
  private static final int TICK = 4;

  private DecadeMarks() {}

  /** The grid lines of both axes. */
  static void grid(Graphics2D g, Axis x, Axis y) {
    g.setColor(Style.GRID);
    g.setStroke(Style.THIN);
    for (double at : places(x)) {
      g.draw(new Line2D.Double(at, y.start(), at, y.end()));
    }
    for (double at : places(y)) {
      g.draw(new Line2D.Double(x.start(), at, x.end(), at));
    }
  }

  /** The ticks of the axes that are too long for XChart's. */
  static void paint(Graphics2D g, Axis x, Axis y) {
    g.setColor(Style.INK);
    g.setStroke(Style.THIN);
    if (Frame.manyDecades(new double[] {x.from(), x.to()})) {
      for (double at : places(x)) {
        g.draw(new Line2D.Double(at, y.start(), at, y.start() + TICK));
      }
    }
    if (Frame.manyDecades(new double[] {y.from(), y.to()})) {
      for (double at : places(y)) {
        g.draw(new Line2D.Double(x.start() - TICK, at, x.start(), at));
      }
    }
  }

  private static double[] places(Axis axis) {
    if (!axis.log()) {
      return new double[0];
    }
    int first = (int) Math.ceil(Math.log10(axis.from()));
    int last = (int) Math.floor(Math.log10(axis.to()));
    double[] places = new double[Math.max(0, last - first + 1)];
    for (int i = 0; i < places.length; i++) {
      places[i] = axis.at(Math.pow(10, (double) first + i));
    }
    return places;
  }
}
