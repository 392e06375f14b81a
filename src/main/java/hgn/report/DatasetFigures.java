package hgn.report;

import hgn.results.DatasetView;
import hgn.results.Series;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Figures and tables of simulated datasets (Fig 5). */
public final class DatasetFigures {
  private static final double TO_PAPER_SCALE = 1e4;

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

  /**
   * The score of the mean image beside what it is calibrated to, and the three switches of noise.
   */
  public static Table table(List<DatasetView> views) {
    Table table =
        Table.create(
            "Datasets (MSE × 10⁴)",
            StringColumn.create("system", views.stream().map(DatasetView::title).toList()),
            StringColumn.create("energy", views.stream().map(DatasetView::formula).toList()),
            column(
                "mean image", views.stream().mapToDouble(v -> TO_PAPER_SCALE * v.meanImageMse())),
            column(
                "calibrated to",
                views.stream().mapToDouble(v -> TO_PAPER_SCALE * v.paperMeanImageMse())),
            column("noise floor", views.stream().mapToDouble(v -> TO_PAPER_SCALE * v.noiseFloor())),
            column("σ states", views.stream().mapToDouble(DatasetView::stateNoise)),
            column("σ frames", views.stream().mapToDouble(DatasetView::positionNoise)),
            StringColumn.create(
                "orbit noise (relative)", views.stream().map(DatasetView::orbitNoise).toList()));
    Tables.decimals(table, 1, "mean image", "noise floor");
    Tables.decimals(table, 0, "calibrated to");
    return Tables.decimals(table, 2, "σ states", "σ frames");
  }

  private static DoubleColumn column(String name, java.util.stream.DoubleStream values) {
    return DoubleColumn.create(name, values.toArray());
  }
}
