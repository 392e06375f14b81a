package hgn.report;

import hgn.report.Marks.Mark;
import hgn.results.Band;
import hgn.results.Grid2D;
import hgn.results.Polygon;
import hgn.results.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A chart with two axes, built mark by mark: what is added first lies below.
 *
 * <p>XChart lays out and draws the axes with their ticks. Title and legend are drawn here, so that
 * panels side by side line up and no entry is cut off, and so are the marks, because fields,
 * quadrilaterals and arrows have to lie in order with the curves.
 */
public final class Chart implements Panel {
  private static final double DOT = 6;
  private static final double SMALL_DOT = 3.5;
  private static final int TITLE_HEIGHT = 22;

  private final String title;
  private final List<Mark> marks = new ArrayList<>();
  private final List<Legend.Key> keys = new ArrayList<>();
  private final List<double[]> shown = new ArrayList<>();
  private String xTitle = "";
  private String yTitle = "";
  private boolean xLog;
  private boolean yLog;
  private double[] xRange;
  private double[] yRange;
  private boolean equalAspect;
  private boolean tight;
  private Legend.Place legend = Legend.Place.BELOW;
  private ColorBar bar;
  private int colors;

  private Chart(String title) {
    this.title = Legend.words(title);
  }

  /** An empty chart; an empty title takes no room. */
  public static Chart of(String title) {
    return new Chart(title);
  }

  /** Names the horizontal axis, with its unit. */
  public Chart x(String axisTitle) {
    xTitle = axisTitle;
    return this;
  }

  /** Names the vertical axis, with its unit. */
  public Chart y(String axisTitle) {
    yTitle = axisTitle;
    return this;
  }

  /** Makes the horizontal axis logarithmic; values at or below zero leave gaps. */
  public Chart logX() {
    xLog = true;
    return this;
  }

  /** Makes the vertical axis logarithmic; values at or below zero leave gaps. */
  public Chart logY() {
    yLog = true;
    return this;
  }

  /** Fixes the horizontal range. */
  public Chart xRange(double from, double to) {
    xRange = Range.ordered("x", from, to);
    return this;
  }

  /** Fixes the vertical range. */
  public Chart yRange(double from, double to) {
    yRange = Range.ordered("y", from, to);
    return this;
  }

  /** Gives both axes one scale: a range is widened, or the plot is smaller where both are fixed. */
  public Chart equalAspect() {
    equalAspect = true;
    return this;
  }

  /** Puts the legend elsewhere than below. */
  public Chart legend(Legend.Place place) {
    legend = place;
    return this;
  }

  /** Leaves the legend out. */
  public Chart noLegend() {
    return legend(Legend.Place.NONE);
  }

  /** Adds a curve in the palette's next colour. */
  public Chart line(Series s) {
    return line(s, nextColor());
  }

  /** Adds a curve. */
  public Chart line(Series s, Color color) {
    return curve(s, color, Style.LINE);
  }

  /** Adds a thin curve without an entry in the legend, for many at once. */
  public Chart thin(Series s, Color color) {
    show(s.x(), s.y());
    return mark(Marks.line(s, color, Style.THIN));
  }

  /** Adds a wide pale curve, for a truth that other curves lie on. */
  public Chart wide(Series s, Color color) {
    return curve(s, color, Style.WIDE);
  }

  /** Adds a dashed curve: what was expected, declared or stated by the paper. */
  public Chart dashed(Series s, Color color) {
    return curve(s, color, Style.DASHED);
  }

  /** Adds markers in the palette's next colour. */
  public Chart points(Series s) {
    return points(s, nextColor());
  }

  /** Adds markers. */
  public Chart points(Series s, Color color) {
    show(s.x(), s.y());
    return addKey(s.label(), color, null, true).mark(Marks.points(s, color, DOT));
  }

  /** Adds small markers without an entry in the legend, for many at once. */
  public Chart dots(Series s, Color color) {
    show(s.x(), s.y());
    return mark(Marks.points(s, color, SMALL_DOT));
  }

  /** Adds a curve with a marker at each point, in the palette's next colour. */
  public Chart linePoints(Series s) {
    return linePoints(s, nextColor());
  }

  /** Adds a curve with a marker at each point. */
  public Chart linePoints(Series s, Color color) {
    show(s.x(), s.y());
    return addKey(s.label(), color, Style.LINE, true)
        .mark(Marks.line(s, color, Style.LINE))
        .mark(Marks.points(s, color, DOT));
  }

  /** Adds a curve with its spread, in the palette's next colour. */
  public Chart band(Band b) {
    return band(b, nextColor());
  }

  /** Adds a curve with its spread. */
  public Chart band(Band b, Color color) {
    show(b.x(), b.low());
    show(b.x(), b.high());
    return mark(Marks.band(b, color))
        .curve(new Series(b.label(), b.x(), b.mean()), color, Style.LINE);
  }

  /** Adds a dashed horizontal line with its label at the right end. */
  public Chart horizontal(double y, String label) {
    shown.add(new double[] {Double.NaN, y});
    return mark(Marks.horizontal(y, label));
  }

  /**
   * Adds a dashed vertical line with an entry in the legend: curves cross it at any height, so that
   * a label beside it would lie on one.
   */
  public Chart vertical(double x, String label) {
    shown.add(new double[] {x, Double.NaN});
    return addKey(label, Style.INK, Style.DASHED, false).mark(Marks.vertical(x));
  }

  /** Adds a field as colours with a bar that says what they mean. */
  public Chart field(Grid2D grid, ColorMap map, String barTitle) {
    return field(grid, map, grid.min(), grid.max(), barTitle);
  }

  /** Adds a field as colours from {@code low} to {@code high}. */
  public Chart field(Grid2D grid, ColorMap map, double low, double high, String barTitle) {
    shown.clear();
    fill(grid);
    double top = high > low ? high : low + 1;
    bar = new ColorBar(map, low, top, barTitle);
    return mark(Marks.field(grid, map, low, top));
  }

  /** Adds level lines of a field. */
  public Chart contours(Grid2D grid, double[] levels, Color color) {
    fill(grid);
    return mark(Marks.contours(grid, levels.clone(), color));
  }

  private void fill(Grid2D grid) {
    shown.add(new double[] {grid.x()[0], grid.y()[0]});
    shown.add(new double[] {grid.x()[grid.x().length - 1], grid.y()[grid.y().length - 1]});
    tight = true;
  }

  /** Adds a polygon, filled to {@code fill} of its colour's strength. */
  public Chart polygon(Polygon p, Color color, double fill) {
    show(p.x(), p.y());
    return mark(Marks.polygon(p, color, fill));
  }

  /** Adds an arrow. */
  public Chart arrow(double x0, double y0, double x1, double y1, Color color) {
    show(new double[] {x0, x1}, new double[] {y0, y1});
    return mark(Marks.arrow(x0, y0, x1, y1, color, Style.LINE));
  }

  /** Adds arrows (u, v) along a vector field, all scaled alike: the longest spans a cell. */
  public Chart quiver(Grid2D u, Grid2D v, Color color) {
    return mark(Marks.quiver(u, v, color));
  }

  /** Adds a text whose left end of the base line lies (dx, dy) points from a point. */
  public Chart text(double x, double y, String text, Color color, double dx, double dy) {
    return mark(Marks.text(x, y, text, color, dx, dy));
  }

  /** Adds an entry for markers to the legend. */
  public Chart dotKey(String label, Color color) {
    return addKey(label, color, null, true);
  }

  /** Adds an entry for dashed lines to the legend. */
  public Chart dashedKey(String label, Color color) {
    return addKey(label, color, Style.DASHED, false);
  }

  /** Adds an entry to the legend for what has none of its own. */
  public Chart key(String label, Color color) {
    return addKey(label, color, Style.LINE, false);
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    List<Legend.Key> below = keysBelow();
    int room = Legend.heightBelow(below, width);
    paintAbove(g, width, height - room, top());
    Legend.paintBelow(g, below, width, height - room);
  }

  /** Height of its plot without the legend below: what the room gives, and what it fills of it. */
  double[] plot(int width, int height, int top) {
    Axes axes = axes(inner(width), height - top);
    double whole = axes.measure(xs(), ys()).getHeight();
    return new double[] {whole, keepsRanges() ? whole - axes.spare(xs(), ys()) : whole};
  }

  private boolean keepsRanges() {
    return equalAspect && (tight || (xRange != null && yRange != null));
  }

  private double[] xs() {
    return xRange != null ? xRange : range(0, xLog);
  }

  private double[] ys() {
    return yRange != null ? yRange : range(1, yLog);
  }

  private Axes axes(int width, int height) {
    return new Axes(xTitle, yTitle, xLog, yLog, width, height);
  }

  private int inner(int width) {
    return bar == null ? width : width - ColorBar.WIDTH;
  }

  /** Room for its title. */
  int top() {
    return title.isEmpty() ? 0 : TITLE_HEIGHT;
  }

  /** Draws it without the legend below, the plot under so much room for titles. */
  void paintAbove(Graphics2D g, int width, int height, int top) {
    int inner = inner(width);
    double[] xs = xs();
    double[] ys = ys();
    int body = height - top;
    Axes axes = axes(inner, body);
    int indent = 0;
    if (equalAspect) {
      Rectangle2D plot = axes.measure(xs, ys);
      double across = (xs[1] - xs[0]) / plot.getWidth();
      double up = (ys[1] - ys[0]) / plot.getHeight();
      if (keepsRanges()) {
        // What has a range of its own keeps it, and the plot gets smaller.
        int less = (int) Math.max(0, plot.getWidth() * (1 - across / up));
        indent = less / 2;
        inner -= less;
        body -= axes.spare(xs, ys);
        axes = axes(inner, body);
      } else {
        xs = Range.widen(xs, Math.max(across, up) * plot.getWidth());
        ys = Range.widen(ys, Math.max(across, up) * plot.getHeight());
      }
    }
    Graphics2D inside = (Graphics2D) g.create();
    inside.translate(indent, top);
    Rectangle2D plot = axes.paint(inside, xs, ys);
    paintInside(inside, plot, xs, ys);
    if (bar != null) {
      bar.paint(inside, inner + 4, plot.getMinY(), plot.getHeight());
    }
    inside.dispose();
    if (!title.isEmpty()) {
      g.setFont(Style.TITLE);
      g.setColor(Style.INK);
      double centre = indent + plot.getCenterX() - Figure.width(title, Style.TITLE) / 2;
      g.drawString(title, (float) centre, top - 3f);
    }
  }

  private void paintInside(Graphics2D g, Rectangle2D plot, double[] xs, double[] ys) {
    Axis x = new Axis(xs[0], xs[1], xLog, plot.getMinX(), plot.getMaxX());
    Axis y = new Axis(ys[0], ys[1], yLog, plot.getMaxY(), plot.getMinY());
    Shape clip = g.getClip();
    g.clip(plot);
    Axes.decadeLines(g, x, y);
    marks.forEach(mark -> mark.paint(g, x, y));
    g.setClip(clip);
    g.setColor(Style.INK);
    g.setStroke(Style.THIN);
    g.draw(plot);
    if (legend != Legend.Place.BELOW && legend != Legend.Place.NONE) {
      Legend.paintInside(g, keys, legend, plot);
    }
    Axes.decadeTicks(g, x, y);
  }

  private Chart curve(Series s, Color color, BasicStroke stroke) {
    show(s.x(), s.y());
    return addKey(s.label(), color, stroke, false).mark(Marks.line(s, color, stroke));
  }

  private Chart addKey(String label, Color color, BasicStroke stroke, boolean dot) {
    if (!label.isEmpty()) {
      keys.add(new Legend.Key(Legend.words(label), color, stroke, dot));
    }
    return this;
  }

  /** Gives charts that are compared one vertical scale. */
  static void alignY(List<Chart> charts) {
    Range range = new Range(charts.stream().anyMatch(chart -> chart.yLog));
    charts.forEach(chart -> chart.shown.forEach(point -> range.include(point[1])));
    double[] common = range.padded();
    charts.forEach(chart -> chart.yRange(common[0], common[1]));
  }

  /** The legend below it; empty where it stands elsewhere. */
  List<Legend.Key> keysBelow() {
    return legend == Legend.Place.BELOW ? List.copyOf(keys) : List.of();
  }

  private Chart mark(Mark mark) {
    marks.add(mark);
    return this;
  }

  private Color nextColor() {
    return Style.color(colors++);
  }

  private void show(double[] x, double[] y) {
    if (tight) {
      return; // a field fills its frame exactly; what lies on it does not widen it
    }
    for (int i = 0; i < x.length; i++) {
      shown.add(new double[] {x[i], y[i]});
    }
  }

  private double[] range(int axis, boolean log) {
    Range range = new Range(log);
    shown.forEach(point -> range.include(point[axis]));
    return tight ? range.tight() : range.padded();
  }
}
