package hgn.data;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import hgn.io.NativeSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Work without the native library's own threads.
 *
 * <p>The simulation's operations are small. With threads beneath them, they wait for each other at
 * every one: six times longer than they take, on a machine that others use as well.
 */
public final class NativeThreads {

  private static final ExecutorService WORKERS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "native worker");
            thread.setDaemon(true);
            return thread;
          });

  private NativeThreads() {}

  private static void load() {
    var unused = NativeSettings.apply(); // Before the library reads them.
    Engine.getInstance();
  }

  /** Number of threads that an operation of this thread is spread over. */
  public static int count() {
    load();
    return JniUtils.getNumThreads();
  }

  /**
   * Does several things at once, each on one native thread, and waits for all of them, interrupted
   * or not: what works in the native library cannot be stopped.
   *
   * @param works what to do
   * @return what they return, in their order
   * @param <T> its type
   */
  public static <T> List<T> together(List<Supplier<T>> works) {
    return single(
        () -> {
          List<CompletableFuture<T>> begun =
              works.stream()
                  .map(work -> CompletableFuture.supplyAsync(() -> alone(work), WORKERS))
                  .toList();
          CompletableFuture.allOf(begun.toArray(CompletableFuture<?>[]::new))
              .exceptionally(failure -> null)
              .join();
          return begun.stream().map(NativeThreads::result).toList();
        });
  }

  /** Each thread has a number of its own. */
  private static <T> T alone(Supplier<T> work) {
    JniUtils.setNumThreads(1);
    return work.get();
  }

  private static <T> T result(CompletableFuture<T> ended) {
    try {
      return ended.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Does something on one native thread. The setting holds for this thread and for threads that it
   * starts meanwhile; afterwards it is what it was.
   *
   * @param work what to do
   * @return what it returns
   */
  public static <T> T single(Supplier<T> work) {
    load();
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
