package hgn.cli;

import hgn.io.Exports;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Experiment;
import hgn.paper.NpzExport;
import hgn.paper.Paper;
import hgn.paper.Run;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a finished run as one npz archive. */
@Command(
    name = "export-npz",
    description = {
      "Writes a finished run as one npz archive that NumPy opens: its weights, and truth,",
      "reconstruction, latent states and energies of test films. docs/FILES.md names the arrays.",
      "--out weights.safetensors writes the weights alone, for PyTorch or JAX."
    },
    mixinStandardHelpOptions = true)
final class ExportNpzCommand extends PrintingCommand {
  @Parameters(
      paramLabel = "<experiment>",
      description = "For example hgn-leapfrog.pendulum, or hgn-leapfrog.films:data/films/lamp.")
  private String experiment;

  @Mixin private RunOptions options;

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

  @Override
  public Integer call() {
    if (!Paper.seesFilms(experiment)) {
      throw UserError.usage(
          "%s sees no films: its weights are in npz already, data/runs/%s/<budget>/weights.npz",
          experiment, experiment);
    }
    Workspace workspace = Workspace.find();
    Exports exports = new Exports(workspace);
    if (out != null) {
      exports.requireOwn(out);
    }
    Experiment named = options.of(experiment);
    named.requireWeights(workspace);
    Run run = named.finished(workspace);
    Path file = out == null ? NpzExport.file(run.experiment(), workspace) : out;
    new NpzExport(sequences, states, frames).write(run, file);
    exports.wrote(file);
    out().printf(Locale.ROOT, "%s, %d kB%n", file, file.toFile().length() / 1024);
    return 0;
  }
}
