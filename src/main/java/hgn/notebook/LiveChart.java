package hgn.notebook;

import hgn.io.Progress;
import hgn.report.Figure;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A figure beside the running cell that is redrawn in place, at most once a second. Outside a
 * notebook, where progress is not drawn, and on a kernel that refuses, it does nothing: a picture
 * never stops a training run.
 */
public final class LiveChart implements AutoCloseable {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private final Optional<Displays.Sink> kernel = Displays.current().filter(k -> Progress.drawn());
  private String id;
  private long lastDraw;
  private Supplier<Figure> waiting;
  private boolean broken;

  /** Whether anything is ever drawn, so that a caller can spare itself the data. */
  public boolean live() {
    return kernel.isPresent() && !broken;
  }

  /**
   * Offers a new state. It is drawn now if the last was drawn a second ago, else by a later call or
   * by {@link #close}.
   *
   * @param figure draws the state; called only when it is shown
   */
  public synchronized void update(Supplier<Figure> figure) {
    if (!live()) {
      return;
    }
    waiting = figure;
    if (id == null || System.nanoTime() - lastDraw >= INTERVAL_NANOS) {
      draw();
    }
  }

  /** Draws the last state offered. */
  @Override
  public synchronized void close() {
    if (live() && waiting != null) {
      draw();
    }
  }

  private void draw() {
    try {
      Object image = waiting.get().preview();
      waiting = null;
      if (id == null) {
        id = kernel.orElseThrow().display(image);
      } else {
        kernel.orElseThrow().update(id, image);
      }
    } catch (RuntimeException e) {
      broken = true;
    }
    lastDraw = System.nanoTime();
  }
}
