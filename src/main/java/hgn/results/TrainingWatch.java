package hgn.results;

import hgn.io.Progress;
import java.util.List;

/** Watcher of a training: its progress, its curves and what it has to say. */
public interface TrainingWatch extends Progress {

  /** Watches nothing. */
  TrainingWatch NONE = of(Progress.NONE);

  /**
   * The curves so far; called after every row of the log.
   *
   * @param curves for example the reconstruction error over the iterations
   */
  void curves(List<Series> curves);

  /**
   * Curves of something else than errors a pixel.
   *
   * @param quantity what they are, with its unit: names the axis of a chart
   * @param curves as in {@link #curves(List)}
   */
  default void curves(String quantity, List<Series> curves) {
    curves(curves);
  }

  /**
   * Something worth reading, for example that the model has collapsed to the mean image.
   *
   * @param message one line
   */
  void say(String message);

  /** A watch that passes the progress on and prints what is said. */
  static TrainingWatch of(Progress progress) {
    return new TrainingWatch() {
      @Override
      public void update(long done, long total, String note) {
        progress.update(done, total, note);
      }

      @Override
      public void curves(List<Series> curves) {}

      @Override
      public void say(String message) {
        if (progress != Progress.NONE) {
          System.out.println("\n" + message);
        }
      }
    };
  }
}
