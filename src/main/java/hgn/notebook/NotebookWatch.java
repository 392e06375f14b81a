package hgn.notebook;

import hgn.io.Progress;
import hgn.report.TrainingFigures;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import java.util.List;

/** A progress bar and a live chart of the error beside the running cell. */
final class NotebookWatch implements TrainingWatch {
  private final String title;
  private final Progress bar;
  private final LiveChart chart = new LiveChart();

  NotebookWatch(String title) {
    this.title = title;
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
    if (!curves.isEmpty() && curves.get(0).x().length > 1) {
      chart.update(
          () -> TrainingFigures.convergence("training", title, curves, Double.NaN, List.of()));
    }
  }

  @Override
  public void say(String message) {
    System.out.println("\n" + message);
  }
}
