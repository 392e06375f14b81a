package hgn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {

  @Test
  void worksRunAtOnceOnOneNativeThreadEach() {
    int before = NativeThreads.count();
    CountDownLatch both = new CountDownLatch(2);
    Supplier<Integer> work =
        () -> {
          both.countDown();
          return meets(both) ? NativeThreads.count() : -1;
        };
    assertEquals(List.of(1, 1), NativeThreads.together(List.of(work, work)));
    assertEquals(before, NativeThreads.count());
  }

  @Test
  void resultsKeepTheirOrder() {
    CountDownLatch second = new CountDownLatch(1);
    Supplier<String> late = () -> meets(second) ? "first" : "alone";
    Supplier<String> early =
        () -> {
          second.countDown();
          return "second";
        };
    assertEquals(List.of("first", "second"), NativeThreads.together(List.of(late, early)));
  }

  /** What one of them has made may only be freed when no other works any more. */
  @Test
  void aFailureIsToldWhenAllHaveEnded() {
    CountDownLatch failed = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Supplier<String> failing =
        () -> {
          failed.countDown();
          throw new IllegalStateException("no");
        };
    Supplier<String> lasting =
        () -> {
          ended.set(meets(failed));
          return "well";
        };
    var works = List.of(failing, lasting);
    assertThrows(IllegalStateException.class, () -> NativeThreads.together(works));
    assertTrue(ended.get());
  }

  private static boolean meets(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
