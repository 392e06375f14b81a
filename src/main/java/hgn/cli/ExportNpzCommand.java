package hgn.cli;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.NpzExport;
import hgn.paper.Paper;
import hgn.paper.Run;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a finished run as one npz archive. */
@Command(
    name = "export-npz",
    description = {
      "Writes a finished run as one npz archive that NumPy opens: its weights, and truth,",
      "reconstruction, latent states and energies of test films. docs/FILES.md names the arrays."
    },
    mixinStandardHelpOptions = true)
final class ExportNpzCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "<experiment>",
      description = "For example hgn-leapfrog.pendulum, or hgn-leapfrog.films:data/films/lamp.")
  private String experiment;

  @Mixin private BudgetOption budget;

  @Option(names = "--seed", paramLabel = "<n>", description = "Which run; by default seed 1.")
  private Long seed;

  @Option(
      names = "--sequences",
      paramLabel = "<n>",
      defaultValue = "16",
      description = "How many test films are rolled out; by default 16.")
  private int sequences;

  @Option(names = "--states", description = "With all simulated states, of training and of test.")
  private boolean states;

  @Option(names = "--frames", description = "With the frames of that many training and test films.")
  private boolean frames;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "The archive; by default data/exports/<experiment>-<budget>.npz.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!Paper.seesFilms(experiment)) {
      throw UserError.usage(
          "%s sees no films: its weights are in npz already, data/runs/%s/<budget>/weights.npz",
          experiment, experiment);
    }
    Workspace workspace = Workspace.find();
    Budget chosen = budget.chosen();
    Experiment named = Paper.experiment(experiment).within(chosen);
    Experiment seeded = seed == null ? named : named.withSeed(seed);
    seeded.requireWeights(workspace);
    Run run = seeded.finished(workspace);
    Path file = out == null ? NpzExport.file(run.experiment(), workspace) : out;
    new NpzExport(sequences, states, frames).write(run, file);
    PrintWriter printer = spec.commandLine().getOut();
    printer.printf("%s, %d kB%n", file, file.toFile().length() / 1024);
    printer.flush();
    return 0;
  }
}
