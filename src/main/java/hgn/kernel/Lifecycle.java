package hgn.kernel;

import java.util.Arrays;

/** Life and end of the kernel's process. */
final class Lifecycle {
  /** Time that an end waits for the cell's current step. */
  static final long MAX_WAIT_MILLIS = 60_000;

  private static final long REPLY_MILLIS = 200;

  private Lifecycle() {}

  /** A thread of a cell that was stopped ends without a word. */
  static void quietStops() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          if (!(thrown instanceof Stop.Stopped)) {
            thrown.printStackTrace();
          }
        });
  }

  /** Whether a thread is about to end the process, by a library's call: it waits for the hooks. */
  static boolean isExiting(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }

  /** Jupyter names its own process; a kernel whose Jupyter was killed must not stay behind. */
  static void onParentsEnd(Runnable end) {
    String parent = System.getenv("JPY_PARENT_PID");
    if (parent == null || !parent.matches("\\d+")) {
      return;
    }
    ProcessHandle.of(Long.parseLong(parent))
        .ifPresent(
            process -> {
              var unused = process.onExit().thenRun(end);
            });
  }

  /** Ends the process once the last replies are on their way. */
  static void leave() {
    try {
      Thread.sleep(REPLY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // Without hooks and finalisers: the sockets close with the process, and closing them from here
    // would race with the loops that poll them.
    Runtime.getRuntime().halt(0);
  }
}
