package hgn.testing;

import hgn.io.Progress;
import java.util.Arrays;

/** The user's interrupt, at a known place of a training. */
public final class Interrupts {
  private Interrupts() {}

  /** Progress that interrupts its own thread once so many steps are done. */
  public static Progress after(long... steps) {
    return (done, total, note) -> {
      if (Arrays.stream(steps).anyMatch(n -> n == done)) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
