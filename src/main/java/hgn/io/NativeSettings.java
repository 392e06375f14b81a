package hgn.io;

import java.util.Map;

/**
 * Environment variables for libtorch's threads and memory on Linux. They are read when a process
 * starts, so that whoever starts one sets them: the launcher, the kernel's file, the bench.
 *
 * <p>What each gives is measured by {@code ./workbook bench start}.
 */
public final class NativeSettings {
  /**
   * Waiting OpenMP threads spin for some microseconds, long enough for the next small operation,
   * then sleep, so that others get the processor. malloc keeps freed memory: otherwise the buffers
   * of each chunk of frames go back to the system, and the next chunk pays for every page again.
   */
  public static final Map<String, String> ENVIRONMENT =
      Map.of(
          "GOMP_SPINCOUNT", "3000",
          "MALLOC_ARENA_MAX", "2",
          "MALLOC_MMAP_THRESHOLD_", "33554432",
          "MALLOC_TRIM_THRESHOLD_", "8589934592",
          "MALLOC_TOP_PAD_", "67108864");

  private NativeSettings() {}
}
