package hgn.cli;

import hgn.io.Progress;
import hgn.paper.Budget;
import hgn.results.RunResult;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains one experiment; Ctrl-C leaves a checkpoint to go on from. */
@Command(
    name = "train",
    description = {
      "Trains one experiment, goes on with it, or loads it when it is finished.",
      "Ctrl-C ends it after the current step, with a checkpoint; the same command goes on."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final long CHECKPOINT_SECONDS = 60;

  private final Training training;

  @Parameters(paramLabel = "<experiment>", description = "For example hgn-leapfrog.mass-spring.")
  private String experiment;

  @Option(
      names = "--budget",
      paramLabel = "smoke|quick|paper",
      description = "How much to spend; by default what HGN_BUDGET says, else quick.")
  private String budget;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      description = "The seed; by default the experiment's.")
  private Long seed;

  @Spec private CommandSpec spec;

  TrainCommand(Training training) {
    this.training = training;
  }

  @Override
  public Integer call() {
    Budget chosen = budget == null ? Budget.fromEnvironment() : Budget.parse(budget);
    // Killing the process inside native code would crash it and lose the step: a signal interrupts
    // this thread and the process waits until the training has written its checkpoint.
    Thread trainer = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> interrupt(trainer, ended), "interrupt-training");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      RunResult result = training.train(experiment, chosen, seed, Progress.console(experiment));
      spec.commandLine().getOut().println(ResultsTable.of(List.of(result)));
      return 0;
    } catch (RuntimeException e) {
      if (!isShuttingDown(hook)) {
        throw e;
      }
      spec.commandLine().getErr().println(e.getMessage());
      spec.commandLine().getErr().flush();
      return Main.INTERRUPTED;
    } finally {
      ended.countDown();
      isShuttingDown(hook);
    }
  }

  private static void interrupt(Thread trainer, CountDownLatch ended) {
    trainer.interrupt();
    try {
      if (!ended.await(CHECKPOINT_SECONDS, TimeUnit.SECONDS)) {
        System.err.printf("the step did not end within %d s%n", CHECKPOINT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // For Ctrl-C and for SIGTERM alike, and without unloading native libraries that may be in use.
    Runtime.getRuntime().halt(Main.INTERRUPTED);
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
