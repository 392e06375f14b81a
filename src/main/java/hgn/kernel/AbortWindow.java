package hgn.kernel;

import java.time.Instant;

/**
 * Cells that wait behind another ("Run all"), or have only just been sent, when that one fails or
 * stop is pressed: they are not run. After a failure they are told from new ones by two signs: sent
 * before it, and arriving in one go after it.
 */
final class AbortWindow {
  /** Longer than a message that was sent takes to arrive. */
  private static final long GAP_NANOS = 200_000_000L;

  /** Longer than a busy machine takes to start a cell; the clocks of two front ends may differ. */
  private static final long STOP_NANOS = 30_000_000_000L;

  private Instant failedAt = Instant.EPOCH;
  private long until = System.nanoTime();
  private Instant stoppedAt = Instant.EPOCH;
  private long stopHeard = System.nanoTime();

  /** A cell has failed. */
  void open() {
    failedAt = Instant.now();
    until = System.nanoTime() + GAP_NANOS;
  }

  /** Whether a cell that was sent then waited behind the failed one. */
  boolean covers(Instant sent) {
    if (System.nanoTime() - until > 0 || sent.isAfter(failedAt)) {
      return false;
    }
    until = System.nanoTime() + GAP_NANOS;
    return true;
  }

  /** Stop was pressed then. */
  synchronized void stop(Instant pressed) {
    stoppedAt = pressed.equals(Instant.MAX) ? Instant.EPOCH : pressed;
    stopHeard = System.nanoTime();
  }

  /** Whether a cell that was sent then was meant by a stop that was heard before the cell began. */
  synchronized boolean wasStopped(Instant sent) {
    return sent.isBefore(stoppedAt) && System.nanoTime() - stopHeard < STOP_NANOS;
  }
}
