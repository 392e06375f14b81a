package hgn.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes the worst of what the garbage collector may do to memory that native code reads. */
public final class Collector {
  private static final int BUFFERS = 2000;

  private Collector() {}

  /**
   * Has everything freed that Java no longer needs, and writes over what lay there.
   *
   * @return what was written, all ones: to be held for as long as it shall lie there
   */
  public static List<ByteBuffer> collectAndOverwrite() {
    System.gc();
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    List<ByteBuffer> others = new ArrayList<>();
    for (int i = 0; i < BUFFERS; i++) {
      others.add(ByteBuffer.allocateDirect(Double.BYTES).putLong(0, -1));
    }
    return others;
  }
}
