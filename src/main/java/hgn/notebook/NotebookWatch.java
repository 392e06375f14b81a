package hgn.notebook;

import hgn.io.NativeSettings;
import hgn.io.Progress;
import hgn.report.Figure;
import hgn.report.TrainingFigures;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import java.util.List;
import java.util.function.Supplier;

/** A progress bar and a live chart of the error beside the running cell. */
final class NotebookWatch implements TrainingWatch {
  private final String title;
  private final Progress bar;
  private final LiveChart chart = new LiveChart();

  NotebookWatch(String title) {
    this.title = title;
    String slower = NativeSettings.apply();
    if (!slower.isEmpty() && Progress.drawn()) {
      System.out.println(slower);
    }
    bar = Progress.console(title);
  }

  @Override
  public void update(long done, long total, String note) {
    bar.update(done, total, note);
    if (done >= total) {
      chart.close();
    }
  }

  @Override
  public void curves(List<Series> curves) {
    draw(
        curves,
        () -> TrainingFigures.convergence("training", title, curves, Double.NaN, List.of()));
  }

  @Override
  public void curves(String quantity, List<Series> curves) {
    draw(curves, () -> TrainingFigures.training("training", title, quantity, curves));
  }

  private void draw(List<Series> curves, Supplier<Figure> figure) {
    if (!curves.isEmpty() && curves.get(0).x().length > 1) {
      chart.update(figure);
    }
  }

  @Override
  public void say(String message) {
    if (Progress.drawn()) {
      System.out.println("\n" + message);
    }
  }
}
