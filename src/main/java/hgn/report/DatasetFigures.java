package hgn.report;

import static hgn.report.Numbers.SCALE;

import hgn.results.DatasetView;
import hgn.results.Series;
import java.util.List;
import tech.tablesaw.api.Table;

/** Figures and tables of simulated datasets (Fig 5). */
public final class DatasetFigures {

  private DatasetFigures() {}

  /** A sample sequence of each system. */
  public static Figure samples(String name, String caption, List<DatasetView> views, double dt) {
    return Figures.strip(name, caption, views.stream().map(DatasetView::sample).toList(), dt);
  }

  /** Trajectories of each system, with the initial states they were drawn from as grey dots. */
  public static Figure trajectories(String name, String caption, List<DatasetView> views) {
    return Figures.panels(
        name, caption, 2, 370, views.stream().map(DatasetFigures::trajectories).toList());
  }

  private static Chart trajectories(DatasetView view) {
    boolean phase = view.phaseSpace();
    Chart chart =
        Chart.of(view.title())
            .x(view.axes().x())
            .y(view.axes().y())
            .equalAspect()
            .dots(view.starts(), Style.fade(Style.FAINT_INK, 0.35));
    for (int i = 0; i < view.paths().size(); i++) {
      Series path = view.paths().get(i);
      if (phase) {
        chart.thin(path, Style.color(i)).dots(path, Style.color(i));
      } else {
        chart.line(path, Style.color(i));
      }
      chart.points(
          new Series("", new double[] {path.x()[0]}, new double[] {path.y()[0]}), Style.color(i));
    }
    return chart;
  }

  /** The score of the mean image beside what it is calibrated to, and three switches of noise. */
  public static Table table(List<DatasetView> views) {
    return new TableBuilder<>("Datasets (MSE × 10⁴)", views)
        .text("system", DatasetView::title)
        .text("energy", DatasetView::formula)
        .number("mean image", 1, v -> SCALE * v.meanImageMse())
        .number("calibrated to", 0, v -> SCALE * v.paperMeanImageMse())
        .number("noise floor", 1, v -> SCALE * v.noiseFloor())
        .number("σ states", 2, DatasetView::stateNoise)
        .number("σ frames", 2, DatasetView::positionNoise)
        .text("orbit noise (relative)", DatasetView::orbitNoise)
        .table();
  }
}
