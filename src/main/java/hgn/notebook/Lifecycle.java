package hgn.notebook;

import io.github.spencerpark.jupyter.channels.Loop;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** How the kernel's process lives and ends. */
final class Lifecycle {
  /** How long an end waits for the cell's current step. */
  static final long MAX_WAIT_MILLIS = 60_000;

  private static final long REPLY_MILLIS = 200;
  // Held, because loggers that nobody holds are collected with their levels.
  private static final Logger ROOT = Logger.getLogger("");

  private Lifecycle() {}

  /** basekernel tells of every message it handles; that belongs into no terminal. */
  static void quietLogs() {
    ROOT.setLevel(Level.WARNING);
    // The handler takes standard error as it is when it is made: now, before cells get their own.
    for (Handler handler : ROOT.getHandlers()) {
      handler.setLevel(Level.WARNING);
    }
  }

  /**
   * A message loop that dies leaves a kernel that is alive and deaf. Better it ends: Jupyter
   * notices and says so.
   */
  static void endWhenMessagesAreLost() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          thrown.printStackTrace();
          if (thread instanceof Loop) {
            Runtime.getRuntime().halt(70);
          }
        });
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
