package hgn.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Axes of a chart with their ticks, titles and grid, laid out and drawn by XChart. */
record Axes(String xTitle, String yTitle, boolean xLog, boolean yLog, int width, int height) {

  private static final Color NOTHING = new Color(0, 0, 0, 0);
  // Room beside an axis that its title cannot use.
  private static final int TICKS_BELOW = 60;
  private static final int TICKS_LEFT = 90;
  private static final int TICK = 4;

  /** Rectangle of the plot. */
  Rectangle2D measure(double[] x, double[] y) {
    Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    Style.smooth(scratch);
    Rectangle2D plot = paint(scratch, x, y);
    scratch.dispose();
    return plot;
  }

  /** Height of the plot that is too much where both axes have one scale. */
  int spare(double[] x, double[] y) {
    Rectangle2D plot = measure(x, y);
    double high = plot.getWidth() * (y[1] - y[0]) / (x[1] - x[0]);
    return (int) Math.max(0, plot.getHeight() - high);
  }

  /** Draws it and says where the plot lies. */
  Rectangle2D paint(Graphics2D g, double[] x, double[] y) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler(), x, y);
    // XChart lays its axes out by its series, so invisible points anchor them; unevenly spaced
    // ones,
    // because even ones would become the only ticks.
    XYSeries anchor = chart.addSeries(" ", uneven(x), uneven(y));
    hide(anchor);
    chart.paint(g, width, height);
    Style.smooth(g);
    double left = chart.getScreenXFromChart(x[0]);
    double right = chart.getScreenXFromChart(x[1]);
    double top = chart.getScreenYFromChart(y[1]);
    double bottom = chart.getScreenYFromChart(y[0]);
    return new Rectangle2D.Double(left, top, right - left, bottom - top);
  }

  private static double[] uneven(double[] range) {
    return new double[] {range[0], 0.9 * range[0] + 0.1 * range[1], range[1]};
  }

  private static void hide(XYSeries series) {
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(NOTHING);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
  }

  private void style(XYStyler s, double[] x, double[] y) {
    s.setChartBackgroundColor(Style.BACKGROUND);
    s.setPlotBackgroundColor(Style.BACKGROUND);
    s.setChartFontColor(Style.INK);
    s.setPlotBorderVisible(false);
    s.setPlotGridLinesColor(Style.GRID);
    s.setPlotGridLinesStroke(Style.THIN);
    // XChart would draw all nine lines of a decade; the chart draws the decades alone.
    s.setPlotGridVerticalLinesVisible(!xLog);
    s.setPlotGridHorizontalLinesVisible(!yLog);
    s.setPlotContentSize(1);
    s.setPlotMargin(0);
    s.setChartPadding(10);
    s.setChartTitleVisible(false);
    s.setLegendVisible(false);
    s.setAxisTitleFont(titleFont());
    s.setAxisTitlesVisible(true);
    s.setXAxisTitleVisible(!xTitle.isEmpty());
    s.setYAxisTitleVisible(!yTitle.isEmpty());
    s.setAxisTitlePadding(8);
    s.setAxisTickLabelsFont(Style.SMALL);
    s.setAxisTickLabelsColor(Style.INK);
    s.setAxisTickMarksColor(Style.INK);
    // Nine marks a decade run into one bar over many decades; the chart marks the decades alone.
    s.setXAxisTickMarksColor(xLog && manyDecades(x) ? NOTHING : Style.INK);
    s.setYAxisTickMarksColor(yLog && manyDecades(y) ? NOTHING : Style.INK);
    s.setAxisTickMarkLength(4);
    s.setAxisTickPadding(4);
    s.setAxisTicksLineVisible(false);
    s.setXAxisTickMarkSpacingHint(60);
    s.setYAxisTickMarkSpacingHint(36);
    s.setXAxisMin(x[0]);
    s.setXAxisMax(x[1]);
    s.setYAxisMin(y[0]);
    s.setYAxisMax(y[1]);
    s.setXAxisLogarithmic(xLog);
    s.setYAxisLogarithmic(yLog);
    s.setXAxisLogarithmicDecadeOnly(manyDecades(x));
    s.setYAxisLogarithmicDecadeOnly(manyDecades(y));
    s.setXAxisTickLabelsFormattingFunction(
        v -> xLog ? Numbers.decade(v, x[0], x[1]) : Numbers.tick(v));
    s.setYAxisTickLabelsFormattingFunction(
        v -> yLog ? Numbers.decade(v, y[0], y[1]) : Numbers.tick(v));
  }

  /** The label's font, smaller where a title would not fit its axis. */
  private Font titleFont() {
    double share =
        Math.min(
            (height - TICKS_BELOW) / Figure.width(yTitle + " ", Style.LABEL),
            (width - TICKS_LEFT) / Figure.width(xTitle + " ", Style.LABEL));
    return share >= 1
        ? Style.LABEL
        : Style.LABEL.deriveFont((float) (share * Style.LABEL.getSize()));
  }

  /** Whether a range is so long that only its powers of ten are marked. */
  static boolean manyDecades(double[] range) {
    return range[0] > 0 && decades(range) >= Numbers.MANY;
  }

  private static double decades(double[] range) {
    return Math.log10(range[1] / range[0]);
  }

  /** The grid lines of both axes. */
  static void decadeLines(Graphics2D g, Axis x, Axis y) {
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
  static void decadeTicks(Graphics2D g, Axis x, Axis y) {
    g.setColor(Style.INK);
    g.setStroke(Style.THIN);
    if (manyDecades(new double[] {x.from(), x.to()})) {
      for (double at : places(x)) {
        g.draw(new Line2D.Double(at, y.start(), at, y.start() + TICK));
      }
    }
    if (manyDecades(new double[] {y.from(), y.to()})) {
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
