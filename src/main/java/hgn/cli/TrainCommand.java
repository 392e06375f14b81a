package hgn.cli;

import ai.djl.Device;
import hgn.io.Gpu;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.GridCell;
import hgn.paper.Grids;
import hgn.results.RunResult;
import hgn.training.Compute;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains one experiment; Ctrl-C leaves a checkpoint to go on from. */
@Command(
    name = "train",
    description = {
      "Trains one experiment, goes on with it, or loads it when it is finished.",
      "The name of a grid (table1, table1-predict, studies, compact, noise, flows) trains all of"
          + " its experiments, each in a process of its own, and skips what is finished.",
      "Ctrl-C ends it after the current step, with a checkpoint; the same command goes on (without"
          + " --fresh, which begins anew)."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand extends PrintingCommand {
  private static final long CHECKPOINT_SECONDS = 60;
  private static final int MOST_SEEDS = 1000;

  private final Training training;

  @Parameters(
      paramLabel = "<experiment|grid>",
      description = "For example hgn-leapfrog.mass-spring, or table1.")
  private String experiment;

  @Mixin private BudgetOption budget;

  @Option(
      names = "--seed",
      paramLabel = "<n|n-m>",
      description =
          "The seed; by default the experiment's, or those that the grid names. Of a grid also a"
              + " range (1-3): all of its experiments with each.")
  private String seed;

  @Option(
      names = {"--fresh", "--retrain"},
      description = "Moves an earlier run of that name to data/runs-old/ and starts anew.")
  private boolean fresh;

  @Option(
      names = "--only",
      paramLabel = "<part>",
      description =
          "Of a grid: which, as numbers of --list (3,5-8) or names with wildcards"
              + " (hgn-*.pendulum).")
  private String only;

  @Option(
      names = "--jobs",
      paramLabel = "<n>",
      description =
          "Of a grid: how many processes at once; by default one a processor, or one where"
              + " there is a GPU.")
  private Integer jobs;

  @Option(names = "--list", description = "Of a grid: only says which runs it has, numbered.")
  private boolean list;

  TrainCommand(Training training) {
    this.training = training;
  }

  @Override
  public Integer call() {
    Budget chosen = budget.chosen();
    // Killing the process inside native code would crash it and lose the step: a signal interrupts
    // this thread and the process waits until the training has written its checkpoint.
    Thread trainer = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger code = new AtomicInteger(Main.INTERRUPTED);
    Thread hook = new Thread(() -> interrupt(trainer, ended, code), "interrupt-training");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      List<Long> seeds = seed == null ? null : seeds(seed);
      if (Grids.names().contains(experiment)) {
        code.set(grid(chosen, seeds));
        return code.get();
      }
      if (seeds != null && seeds.size() > 1) {
        throw UserError.usage(
            "--seed is %s, but '%s' is no grid: expected one seed; a range belongs to %s",
            seed, experiment, String.join(", ", Grids.names()));
      }
      if (only != null || jobs != null || list) {
        throw UserError.usage(
            "'%s' is no grid: --only, --jobs and --list belong to %s",
            experiment, String.join(", ", Grids.names()));
      }
      RunResult result =
          training.train(
              experiment,
              chosen,
              seeds == null ? null : seeds.get(0),
              fresh,
              Progress.console(experiment));
      out().println(ResultsTable.of(List.of(result)));
      code.set(0); // Stopped now, it is finished all the same.
      return 0;
    } catch (InterruptedException e) {
      return Main.INTERRUPTED;
    } catch (RuntimeException e) {
      if (!isShuttingDown(hook)) {
        throw e;
      }
      err().println(e.getMessage() + (fresh ? " (without --fresh)" : ""));
      return Main.INTERRUPTED;
    } finally {
      ended.countDown();
      isShuttingDown(hook);
    }
  }

  /** One seed, or those from the first to the last of a range. */
  private static List<Long> seeds(String text) {
    Matcher range = Pattern.compile("(-?\\d{1,18})(?:-(\\d{1,18}))?").matcher(text);
    if (range.matches()) {
      long first = Long.parseLong(range.group(1));
      long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
      if (first <= last && last - first < MOST_SEEDS) {
        return LongStream.rangeClosed(first, last).boxed().toList();
      }
    }
    throw UserError.usage(
        "--seed is '%s', expected a whole number such as 2, or an ascending range of at most %d"
            + " such as 1-3",
        text, MOST_SEEDS);
  }

  private int grid(Budget chosen, List<Long> seeds) throws InterruptedException {
    if (jobs != null && jobs < 1) {
      throw UserError.usage("--jobs is %d, expected at least 1", jobs);
    }
    List<GridCell> cells = Grids.cells(experiment, only, chosen, seeds, Workspace.find());
    if (list) {
      for (int i = 0; i < cells.size(); i++) {
        out().printf(Locale.ROOT, "%d %s%n", i + 1, cells.get(i).title());
      }
      return 0;
    }
    int processors = Runtime.getRuntime().availableProcessors();
    // Before anything is moved aside.
    Device device = Compute.device();
    int atOnce = Math.min(cells.size(), jobs == null ? jobs(device, processors) : jobs);
    int threads = Math.max(1, processors / atOnce);
    String shared = device.isGpu() ? Gpu.first().map(g -> g.shared(atOnce)).orElse("") : "";
    if (!shared.isEmpty()) {
      out().println(shared);
    }
    boolean live = System.getenv("HGN_PROGRESS") == null;
    return new GridTraining(
            cells,
            fresh,
            atOnce,
            cell -> GridTraining.child(arguments(cell, chosen), threads, atOnce),
            out(),
            live)
        .run();
  }

  /**
   * Trainings at once where nobody says how many: one on a GPU, whose time a single run can use;
   * those on a CPU share the processors.
   */
  static int jobs(Device device, int processors) {
    return device.isGpu() ? 1 : processors;
  }

  /** Never with --fresh: what was there has been moved aside. */
  private static List<String> arguments(GridCell cell, Budget chosen) {
    String own = Long.toString(cell.seed());
    return List.of("train", cell.experiment(), "--budget", chosen.id(), "--seed", own);
  }

  private static void interrupt(Thread trainer, CountDownLatch ended, AtomicInteger code) {
    trainer.interrupt();
    try {
      if (!ended.await(CHECKPOINT_SECONDS, TimeUnit.SECONDS)) {
        System.err.printf(Locale.ROOT, "the step did not end within %d s%n", CHECKPOINT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // For Ctrl-C and for SIGTERM alike, and without unloading native libraries that may be in use.
    Runtime.getRuntime().halt(code.get());
  }

  /** Takes the hook away; where that is too late, the process is ending. */
  private static boolean isShuttingDown(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
