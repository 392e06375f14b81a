package hgn.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What XChart draws of a chart: frame, grid, ticks, titles, legend. Its series hold no visible
 * points; they stand for the legend's entries.
 */
record Frame(
    String title,
    String xTitle,
    String yTitle,
    boolean xLog,
    boolean yLog,
    List<Chart.Key> keys,
    LegendPosition legend,
    int width,
    int height) {

  private static final double DECADES_FOR_SPARSE_TICKS = 2;

  /** Where the plot comes to lie. */
  Rectangle2D measure(double[] x, double[] y) {
    Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    Style.smooth(scratch);
    Rectangle2D plot = paint(scratch, x, y);
    scratch.dispose();
    return plot;
  }

  /** Draws it and says where the plot lies. */
  Rectangle2D paint(Graphics2D g, double[] x, double[] y) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler(), x, y);
    // XChart lays its axes out by its series, so invisible points anchor them; unevenly spaced
    // ones,
    // because even ones would become the only ticks.
    XYSeries anchor = chart.addSeries(" ", uneven(x), uneven(y));
    hide(anchor);
    anchor.setShowInLegend(false);
    for (int i = 0; i < keys.size(); i++) {
      Chart.Key key = keys.get(i);
      XYSeries entry =
          chart.addSeries("key " + i, new double[] {Double.NaN}, new double[] {Double.NaN});
      entry.setLabel(key.label());
      entry.setMarker(key.dot() ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
      entry.setMarkerColor(key.color());
      entry.setLineColor(key.color());
      if (key.stroke() == null) {
        entry.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      } else {
        entry.setLineStyle(key.stroke());
      }
    }
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
    series.setLineColor(new Color(0, 0, 0, 0));
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
    s.setChartTitleFont(Style.TITLE);
    s.setChartTitleBoxVisible(false);
    s.setChartTitleVisible(!title.isEmpty());
    s.setChartTitlePadding(6);
    s.setAxisTitleFont(Style.LABEL);
    s.setAxisTitlesVisible(true);
    s.setXAxisTitleVisible(!xTitle.isEmpty());
    s.setYAxisTitleVisible(!yTitle.isEmpty());
    s.setAxisTitlePadding(8);
    s.setAxisTickLabelsFont(Style.SMALL);
    s.setAxisTickLabelsColor(Style.INK);
    s.setAxisTickMarksColor(Style.INK);
    s.setAxisTickMarkLength(4);
    s.setAxisTickPadding(4);
    s.setAxisTicksLineVisible(false);
    s.setXAxisTickMarkSpacingHint(60);
    s.setYAxisTickMarkSpacingHint(36);
    s.setLegendVisible(!keys.isEmpty());
    s.setLegendFont(Style.LABEL);
    s.setLegendBorderColor(Style.BACKGROUND);
    // A legend below touches the axis title and must not paint over it.
    s.setLegendBackgroundColor(
        Style.fade(Style.BACKGROUND, legend == LegendPosition.OutsideS ? 0 : 0.85));
    s.setLegendPadding(5);
    s.setLegendSeriesLineLength(20);
    s.setLegendPosition(legend);
    s.setLegendLayout(
        legend == LegendPosition.OutsideS ? LegendLayout.Horizontal : LegendLayout.Vertical);
    s.setMarkerSize(6);
    s.setXAxisMin(x[0]);
    s.setXAxisMax(x[1]);
    s.setYAxisMin(y[0]);
    s.setYAxisMax(y[1]);
    s.setXAxisLogarithmic(xLog);
    s.setYAxisLogarithmic(yLog);
    s.setXAxisLogarithmicDecadeOnly(manyDecades(x));
    s.setYAxisLogarithmicDecadeOnly(manyDecades(y));
    s.setXAxisTickLabelsFormattingFunction(v -> xLog ? Numbers.decade(v) : Numbers.tick(v));
    s.setYAxisTickLabelsFormattingFunction(v -> yLog ? Numbers.decade(v) : Numbers.tick(v));
  }

  private static boolean manyDecades(double[] range) {
    return range[0] > 0 && Math.log10(range[1] / range[0]) >= DECADES_FOR_SPARSE_TICKS;
  }
}
