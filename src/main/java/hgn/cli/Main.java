package hgn.cli;

import hgn.io.Home;
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
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

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
      RunCommand.class,
      LabCommand.class,
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

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Where something fails, prints where in the program.")
  private boolean debug;

  private Main() {}

  /**
   * Runs a command and exits with its code.
   *
   * @param arguments the command and its options
   */
  public static void main(String... arguments) {
    // Files and messages are the same on every machine.
    Locale.setDefault(Locale.ROOT);
    String encoding = System.getProperty("native.encoding", "UTF-8");
    if (Charset.forName(encoding).equals(StandardCharsets.US_ASCII)) {
      System.setProperty("sun.stdout.encoding", "UTF-8"); // Read by picocli.
      System.setProperty("sun.stderr.encoding", "UTF-8");
      System.setOut(utf8(FileDescriptor.out));
      System.setErr(utf8(FileDescriptor.err));
    }
    Home.use();
    int code = commandLine(new TrainCommand(Main::train)).execute(arguments);
    if (System.out.checkError() && code == 0) {
      UserError lost =
          UserError.environment(
              "not all could be printed: the disk is full, or its reader has ended");
      System.err.println(lost.getMessage());
      code = lost.exitCode();
    }
    System.exit(code);
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
    Throwable fault =
        thrown instanceof CommandLine.ExecutionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    PrintWriter err = command.getErr();
    Optional<UserError> known = UserError.in(fault);
    err.println(
        known
            .map(UserError::getMessage)
            .orElseGet(
                () ->
                    "%s: a fault of this program, which --debug shows the place of: please report it"
                        .formatted(fault.toString().lines().findFirst().orElse(""))));
    if (((Main) command.getCommandSpec().root().userObject()).debug) {
      thrown.printStackTrace(err);
    }
    return known.map(UserError::exitCode).orElse(FAILED);
  }

  private static PrintStream utf8(FileDescriptor stream) {
    return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
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
