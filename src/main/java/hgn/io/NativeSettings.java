package hgn.io;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Environment variables for libtorch's threads and memory on Linux. They are read when a process
 * starts, so that whoever starts one sets them: the launcher, the kernel's file, the bench. In a
 * process that others started, a kernel of JJava or IJava, {@link #apply} sets the same.
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

  /**
   * Instructions that x86-64 processors have had in common for ten years (x86-64-v3). Left alone,
   * libtorch, oneDNN and MKL each take the widest that they find: the last digits of a network's
   * pictures, and with them some pixels, are then others on another processor. Of MKL's branches
   * COMPATIBLE alone is for processors of every maker; its matrices take twice as long.
   */
  private static final Map<String, String> COMMON_INSTRUCTIONS =
      Map.of(
          "ATEN_CPU_CAPABILITY", "avx2",
          "ONEDNN_MAX_CPU_ISA", "AVX2",
          "MKL_CBWR", "COMPATIBLE");

  /** Parameters of glibc's mallopt, by the variable that means the same. */
  private static final Map<String, Integer> MALLOPT =
      Map.of(
          "MALLOC_ARENA_MAX", -8,
          "MALLOC_MMAP_THRESHOLD_", -3,
          "MALLOC_TRIM_THRESHOLD_", -1,
          "MALLOC_TOP_PAD_", -2);

  private static String note;

  private NativeSettings() {}

  /**
   * Sets in this process what its environment does not say, once; before libtorch is loaded, which
   * reads the one for its threads then.
   *
   * @return a line for the reader about what could not be set; empty if nothing is missing
   * @throws UserError on a machine for which there is no libtorch
   */
  public static synchronized String apply() {
    if (note == null) {
      Home.use();
      requirePlatform();
      boolean linux = System.getProperty("os.name").equals("Linux");
      note = linux && !System.getenv().keySet().containsAll(ENVIRONMENT.keySet()) ? set() : "";
    }
    return note;
  }

  /**
   * Environment in which a network's outputs have the same digits on every x86-64 machine.
   *
   * @return the variables; none where there are no such instructions
   */
  public static Map<String, String> sameDigits() {
    try {
      String processor = Files.readString(Path.of("/proc/cpuinfo"));
      return processor.contains(" avx2 ") ? COMMON_INSTRUCTIONS : Map.of();
    } catch (IOException e) {
      return Map.of(); // No Linux.
    }
  }

  private static void requirePlatform() {
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    if (mac && System.getProperty("os.arch").equals("x86_64")) {
      throw UserError.environment(
          "this is an Intel Mac, or a Java for one: PyTorch 2.7 is not built for it; on Apple"
              + " silicon take an arm64 JDK, else a Linux machine or container");
    }
  }

  private static String set() {
    try {
      boolean late = Files.readString(Path.of("/proc/self/maps")).contains("libgomp");
      NativeLibrary c = NativeLibrary.getInstance("c");
      ENVIRONMENT.forEach(
          (name, value) -> {
            if (System.getenv(name) != null) {
              return;
            }
            if (MALLOPT.containsKey(name)) {
              int most = (int) Math.min(Integer.MAX_VALUE, Long.parseLong(value));
              Function mallopt = c.getFunction("mallopt");
              int unused = mallopt.invokeInt(new Object[] {MALLOPT.get(name), most});
            } else {
              int unused = c.getFunction("setenv").invokeInt(new Object[] {name, value, 0});
            }
          });
      return late ? slower("libtorch was loaded before its threads could be set") : "";
    } catch (IOException | LinkageError | RuntimeException e) {
      return slower("its memory and threads could not be set: " + e.getMessage());
    }
  }

  private static String slower(String reason) {
    return "A step may take twice as long as it could here (%s): ./workbook run and lab set it."
        .formatted(reason);
  }
}
