package hgn.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Standard output and standard error of the cells. What is printed appears while the cell runs: it
 * is gathered for a few hundredths of a second, so that a cell that prints ten thousand lines does
 * not send ten thousand messages, and then sent in the order in which it was written.
 *
 * <p>A cell that prints without end is held back, so that no front end is megabytes behind when it
 * is stopped: Jupyter's server drops what comes faster than a megabyte a second. After the stop
 * what exceeds the allowance is dropped.
 */
final class CellOutput {
  private static final long DELAY_MILLIS = 40;
  private static final int FULL = 1 << 16;

  /** Bytes that may be printed at once, and then each second. */
  private static final double BURST = 384 << 10;

  private static final double EACH_SECOND = 192 << 10;

  /**
   * Text that costs a front end as much as one more message does; its server drops what comes
   * faster than a thousand a second.
   */
  private static final int MESSAGE = 2 << 10;

  /** Part of a display's size that counts as text: it is not read, and a player is large. */
  private static final int DISPLAY_SHARE = 4;

  /** However much is printed at once, nothing waits longer for it. */
  private static final double MAX_DEBT = 2 * EACH_SECOND;

  /** Takes finished pieces of text. */
  interface Sink {
    /** A piece of standard output, or of standard error. */
    void write(boolean error, String text);
  }

  private final Sink sink;
  private final BooleanSupplier stopping;
  private double allowance = BURST;
  private long allowedAt = System.nanoTime();
  private byte[] pending = new byte[1024];
  private int length;
  private volatile boolean pendingIsError;

  /**
   * Streams into a sink.
   *
   * @param sink takes what is printed
   * @param stopping whether the cell is being stopped
   */
  CellOutput(Sink sink, BooleanSupplier stopping) {
    this.sink = sink;
    this.stopping = stopping;
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "cell-output");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(
            this::flush, DELAY_MILLIS, DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** A stream that a cell may write to. */
  PrintStream stream(boolean error) {
    return new PrintStream(new Pipe(error), false, StandardCharsets.UTF_8);
  }

  /** Sends everything that was written so far, but for a character that is not whole yet. */
  synchronized void flush() {
    int whole = wholeCharacters(pending, length);
    if (whole > 0) {
      send(whole);
    }
  }

  private void append(boolean error, byte[] bytes, int offset, int count) {
    Guard.check();
    // Standard error between standard output makes a message of each piece.
    if (allowed(count + (error == pendingIsError ? 0 : MESSAGE))) {
      gather(error, bytes, offset, count);
    }
  }

  /**
   * Waits until something more may be displayed.
   *
   * @param size its size
   * @return false if the cell is being stopped and it may not
   */
  boolean mayDisplay(int size) {
    return allowed(MESSAGE + size / DISPLAY_SHARE);
  }

  private boolean allowed(int cost) {
    boolean interrupted = false;
    try {
      while (true) {
        long millis = spend(cost);
        if (millis <= 0) {
          return true;
        }
        if (stopping.getAsBoolean()) {
          return false;
        }
        try {
          Thread.sleep(Math.min(millis, DELAY_MILLIS));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Takes from the allowance; else how long to wait for it. */
  private synchronized long spend(int cost) {
    long now = System.nanoTime();
    allowance = Math.min(BURST, allowance + (now - allowedAt) * 1e-9 * EACH_SECOND);
    allowedAt = now;
    if (allowance < 0) {
      return 1 + (long) (-allowance / EACH_SECOND * 1000);
    }
    allowance = Math.max(-MAX_DEBT, allowance - cost);
    return 0;
  }

  private synchronized void gather(boolean error, byte[] bytes, int offset, int count) {
    if (error != pendingIsError && length > 0) {
      send(length);
    }
    pendingIsError = error;
    if (length + count > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(2 * pending.length, length + count));
    }
    System.arraycopy(bytes, offset, pending, length, count);
    length += count;
    if (length >= FULL) {
      flush();
    }
  }

  private void send(int count) {
    String text = new String(pending, 0, count, StandardCharsets.UTF_8);
    System.arraycopy(pending, count, pending, 0, length - count);
    length -= count;
    sink.write(pendingIsError, text);
  }

  /** Number of bytes from the start that form whole UTF-8 characters. */
  static int wholeCharacters(byte[] bytes, int length) {
    int lead = length - 1;
    while (lead >= 0 && length - lead < 4 && (bytes[lead] & 0xC0) == 0x80) {
      lead--;
    }
    if (lead < 0) {
      return length;
    }
    int first = bytes[lead] & 0xFF;
    int needed = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return length - lead < needed ? lead : length;
  }

  private final class Pipe extends OutputStream {
    private final boolean error;

    Pipe(boolean error) {
      this.error = error;
    }

    @Override
    public void write(int value) {
      append(error, new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      append(error, bytes, offset, count);
    }
  }
}
