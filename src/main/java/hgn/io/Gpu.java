package hgn.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An NVIDIA GPU as its driver describes it, and how much of its memory one process may plan with.
 * The driver is asked by {@code nvidia-smi}, so that it can be said what is wrong where the engine
 * sees no GPU at all.
 *
 * @param name for example "NVIDIA H100 80GB HBM3"
 * @param driver version of the driver
 * @param cuda highest CUDA version that the driver runs
 * @param total bytes of memory
 * @param free bytes of it that nobody holds
 */
public record Gpu(String name, String driver, String cuda, long total, long free) {

  /** CUDA version that libtorch is built for: the folder of the JNI library that goes with it. */
  public static final String FLAVOR = "cu128";

  /** Oldest driver's CUDA that runs it: CUDA 12's libraries run on every driver of CUDA 12. */
  private static final int OLDEST_CUDA = 12;

  /** Environment variable with the number of processes that share a GPU. */
  public static final String PROCESSES = "HGN_GPU_PROCESSES";

  private static final long MIB = 1L << 20;
  private static final double GIB = 1L << 30;

  /** Share of the memory that is planned with; the rest is the driver's and lost to fragments. */
  private static final double USABLE = 0.9;

  /** A CUDA context and a compact model of batch 16 with one frame at a time. Not measured. */
  private static final double LEAST_GIB = 1.5;

  private static final Pattern CUDA = Pattern.compile("CUDA Version:\\s*(\\d+\\.\\d+)");
  private static final int ANSWER_SECONDS = 20;

  /** The first GPU that the driver knows; empty where no driver answers. */
  public static Optional<Gpu> first() {
    String fields = "--query-gpu=name,driver_version,memory.total,memory.free";
    return said(fields, "--format=csv,noheader,nounits")
        .flatMap(table -> said().flatMap(page -> parse(table, page)));
  }

  /**
   * A GPU from what nvidia-smi prints.
   *
   * @param table of the query, one GPU a line: name, driver, MiB of memory, MiB free
   * @param page without a query, whose head has the CUDA version
   * @return the first GPU; empty where this is not what it prints
   */
  static Optional<Gpu> parse(String table, String page) {
    String[] cells = table.strip().lines().findFirst().orElse("").split("\\s*,\\s*", -1);
    Matcher cuda = CUDA.matcher(page);
    try {
      return Optional.of(
          new Gpu(
              cells[0],
              cells[1],
              cuda.find() ? cuda.group(1) : "unknown",
              Long.parseLong(cells[2]) * MIB,
              Long.parseLong(cells[3]) * MIB));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> said(String... options) {
    List<String> command = new ArrayList<>(List.of("nvidia-smi"));
    command.addAll(List.of(options));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Name, driver, CUDA and memory in words. */
  public String words() {
    return Text.of(
        "%s, driver %s for CUDA %s, %.1f of %.1f GiB free",
        name, driver, cuda, free / GIB, total / GIB);
  }

  /**
   * Refuses a driver that is older than the libtorch.
   *
   * @throws UserError naming what was found and what was expected
   */
  public Gpu requireDriver() {
    if (cuda.matches("\\d+\\..*")
        && Integer.parseInt(cuda.substring(0, cuda.indexOf('.'))) < OLDEST_CUDA) {
      throw UserError.environment(
          "%s has driver %s for CUDA %s, expected one for CUDA %d at least (525 or newer): install"
              + " a newer driver, or unset HGN_DEVICE to compute on the CPU",
          name, driver, cuda, OLDEST_CUDA);
    }
    return this;
  }

  /** Number of processes that share the GPU, this one included, as {@link #PROCESSES} says. */
  public static int processes() {
    String said = System.getenv(PROCESSES);
    return said != null && said.matches("[1-9]\\d{0,3}") ? Integer.parseInt(said) : 1;
  }

  /**
   * Bytes that one of several processes may plan with: its share of the whole card, or what is free
   * where that is less.
   *
   * @param processes that share the card
   */
  public long share(int processes) {
    return (long) Math.min(USABLE * free, USABLE * total / processes);
  }

  /**
   * Words for several processes that share the GPU.
   *
   * @param processes how many
   * @throws UserError if that leaves each too little
   */
  public String shared(int processes) {
    double each = USABLE * total / processes / GIB;
    if (each < LEAST_GIB) {
      throw UserError.usage(
          "--jobs %d leaves each training %.1f GiB of %s, expected at least %.1f: take --jobs %d",
          processes,
          each,
          words(),
          LEAST_GIB,
          Math.max(1, (int) (USABLE * total / GIB / LEAST_GIB)));
    }
    return Text.of("%d at once on one GPU (%s), %.1f GiB for each", processes, words(), each);
  }
}
