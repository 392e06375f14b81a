package hgn.cli;

import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Paper;
import hgn.paper.Shipping;
import hgn.paper.Trainable;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.Compute;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The command line behind {@code ./workbook}. Exit codes: 0 well, 1 a run failed, 2 usage, 3
 * environment, 4 corrupt data, 5 busy, 130 interrupted.
 */
@Command(
    name = "workbook",
    description = "Hamiltonian Generative Networks, cell by cell.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ResultsCommand.class,
      ScoreCommand.class,
      PhysicsCommand.class,
      BenchCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      FigureCommand.class,
      VerifyCommand.class,
      ExportNpzCommand.class,
      DoctorCommand.class,
      KernelCommand.class
    })
public final class Main {
  static final int FAILED = 1;
  static final int INTERRUPTED = 130;

  private Main() {}

  /**
   * Runs a command and exits with its code.
   *
   * @param arguments the command and its options
   */
  public static void main(String... arguments) {
    // Files and messages are the same on every machine.
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine(new TrainCommand(Main::train)).execute(arguments));
  }

  static CommandLine commandLine(TrainCommand train) {
    return new CommandLine(new Main())
        .addSubcommand(train)
        .setExecutionExceptionHandler(Main::failed)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static RunResult train(
      String experiment, Budget budget, Long seed, boolean fresh, Progress progress) {
    Workspace workspace = Workspace.find();
    if (fresh) {
      // Asked for a device that is not there, no run is moved aside.
      Compute.device();
    }
    Trainable chosen = Paper.trainable(experiment).within(budget);
    Trainable seeded = seed == null ? chosen : chosen.withSeed(seed);
    if (fresh) {
      seeded.check(workspace);
      seeded.moveAside(workspace);
    }
    TrainingWatch watch = TrainingWatch.of(progress);
    RunResult result = seeded.result(workspace, watch);
    if (!Shipping.hasWeights(seeded.cell(workspace))) {
      watch.say(
          "%s was trained elsewhere: its results are here, its weights are not; --fresh trains it anew"
              .formatted(seeded.name()));
    }
    return result;
  }

  private static int failed(Exception thrown, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (thrown instanceof UserError error) {
      err.println(error.getMessage());

      return error.exitCode();
    }
    thrown.printStackTrace(err);

    return FAILED;
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"hgn-workbook " + (version == null ? "(not packaged)" : version)};
    }
  }
}
