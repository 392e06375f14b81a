package hgn.io;

import java.io.PrintStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line that is rewritten in place: title, bar, count, rate, remaining time, note. A carriage
 * return rewrites it on a terminal, in a notebook and in a saved notebook alike; where the output
 * is no terminal ({@code HGN_PROGRESS=plain}) only every tenth of the way is printed, a line each;
 * a program that reads it ({@code HGN_PROGRESS=lines}) gets every state as a line. {@code
 * HGN_PROGRESS=none} is for {@link Progress#console}: there is no bar then.
 */
public final class ConsoleProgress implements Progress {
  private static final int BAR_WIDTH = 24;
  private static final long REDRAW_NANOS = 250_000_000L;

  private final String title;
  private final PrintStream out;
  private final boolean plain = "plain".equals(System.getenv(VARIABLE));
  private final boolean lines = "lines".equals(System.getenv(VARIABLE));
  private long startNanos;
  private long startDone;
  private long lastDraw;
  private long lastTotal = -1;
  private int lastTenth = -1;
  private int lastLength;
  private boolean finished;

  /**
   * A bar.
   *
   * @param title what stands before it
   * @param out where it is drawn
   */
  public ConsoleProgress(String title, PrintStream out) {
    this.title = title;
    this.out = out;
  }

  @Override
  public synchronized void update(long done, long total, String note) {
    long now = System.nanoTime();
    if (startNanos == 0 || total != lastTotal || (finished && done < total)) {
      // The same watcher may see several pieces of work, for example a simulation and a training.
      startNanos = now;
      startDone = done;
      lastTotal = total;
      lastDraw = 0;
      lastTenth = -1;
      finished = false;
    }
    boolean last = done >= total;
    if (finished || (!last && now - lastDraw < REDRAW_NANOS)) {
      return;
    }
    lastDraw = now;
    finished = last;
    String line = line(done, total, note, (now - startNanos) / 1e9);
    if (lines) {
      out.println(line);
      return;
    }
    if (plain) {
      int tenth = (int) (10 * done / Math.max(1, total));
      if (tenth > lastTenth) {
        lastTenth = tenth;
        out.println(line);
      }
      return;
    }
    out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
    lastLength = line.length();
    if (last) {
      out.println();
    }
    out.flush();
  }

  private String line(long done, long total, String note, double seconds) {
    double share = total == 0 ? 1 : (double) done / total;
    int full = (int) Math.round(share * BAR_WIDTH);
    double rate = seconds > 0 ? (done - startDone) / seconds : 0;
    String left =
        done >= total
            ? "in " + Text.clock(seconds)
            : rate > 0 ? Text.clock((total - done) / rate) + " left" : "";
    String bar =
        Text.of(
            "%s [%s%s] %d/%d", title, "█".repeat(full), "░".repeat(BAR_WIDTH - full), done, total);
    return Stream.of(bar, speed(rate), left, note)
        .filter(part -> !part.isBlank())
        .collect(Collectors.joining(" "));
  }

  /** Nothing before the first unit is done: of a run that goes on, that is not its first line. */
  private static String speed(double rate) {
    if (!(rate > 0)) {
      return "";
    }
    return rate >= 10 ? Text.of("%.0f/s", rate) : Text.of("%.2f/s", rate);
  }
}
