package hgn.notebook;

import java.util.Arrays;

/** What the stop button does. */
final class Interrupts {
  /** How long a cell may take to end by itself. */
  private static final long GRACE_MILLIS = 2000;

  private static final long SAMPLE_MILLIS = 20;

  private Interrupts() {}

  /**
   * Interrupts the cell's thread once. Code that sleeps or asks {@link Thread#interrupted} ends.
   * After a grace period a loop in the notebook's own code is stopped; library code is waited for
   * and said to be.
   */
  static void interrupt(CellExecution execution) {
    long run = execution.currentRun();
    execution.interrupt();
    if (run >= 0) {
      Thread watcher = new Thread(() -> watch(execution, run), "interrupt");
      watcher.setDaemon(true);
      watcher.start();
    }
  }

  private static void watch(CellExecution execution, long run) {
    try {
      long end = System.nanoTime() + GRACE_MILLIS * 1_000_000;
      boolean said = false;
      while (execution.currentRun() == run) {
        Thread.sleep(SAMPLE_MILLIS);
        if (System.nanoTime() < end) {
          continue;
        }
        if (execution.stopIfInNotebookCode(run)) {
          return;
        }
        if (!said) {
          said = true;
          System.err.printf(
              "interrupted; waiting for %s to return. Restart the kernel to end it now.%n",
              Arrays.stream(execution.stack(run))
                  .filter(Frames::isOutsideJdk)
                  .findFirst()
                  .map(Frames::text)
                  .orElse("the cell"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
