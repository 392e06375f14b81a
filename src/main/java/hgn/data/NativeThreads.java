package hgn.data;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Work without the native library's own threads.
 *
 * <p>The simulation's operations are small. With threads beneath them, they wait for each other at
 * every one: six times longer than they take, on a machine that others use as well.
 */
public final class NativeThreads {

  private NativeThreads() {}

  /**
   * Does something on one native thread. The setting holds for this thread and for threads that it
   * starts meanwhile; afterwards it is what it was.
   *
   * @param work what to do
   * @return what it returns
   */
  public static <T> T single(Supplier<T> work) {
    Engine.getInstance(); // loads the library
    int before = JniUtils.getNumThreads();
    if (before == 1) {
      return work.get(); // a worker: what it sets and resets would hold for others
    }
    JniUtils.setNumThreads(1);
    try {
      return work.get();
    } finally {
      JniUtils.setNumThreads(before);
    }
  }
}
