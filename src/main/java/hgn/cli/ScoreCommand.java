package hgn.cli;

import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Experiment;
import hgn.paper.Paper;
import hgn.paper.Run;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a run that is not finished. */
@Command(
    name = "score",
    description = {
      "Scores a run that is not finished by its last checkpoint, and writes partial.json beside"
          + " it.",
      "It may be in training meanwhile. Such a score never enters a table of finished runs.",
      "Or, with --weights, scores weights from elsewhere on a finished run's test films."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand extends PrintingCommand {
  @Parameters(
      paramLabel = "<experiment>",
      description = "For example hgn-leapfrog.three-body+compact.")
  private String experiment;

  @Mixin private RunOptions options;

  @Option(
      names = "--weights",
      paramLabel = "<safetensors>",
      description =
          "Scores weights of this experiment's network that were trained elsewhere, on the test"
              + " films of its finished run; nothing is written.")
  private Path weights;

  @Override
  public Integer call() {
    if (!Paper.seesFilms(experiment)) {
      throw UserError.usage(
          "%s learns no films: it trains within minutes and is scored when it is finished",
          experiment);
    }
    if (weights != null) {
      Experiment named = options.of(experiment);
      Run run = named.finished(Workspace.find(), named.budget().evaluationSequences());
      out()
          .printf(
              Locale.ROOT,
              "MSE × 1e4 on test films: %.3f with %s, %.3f with the run's own weights%n",
              1e4 * run.score(weights).mse(),
              weights,
              1e4 * run.score().mse());
      return 0;
    }
    RunResult partial =
        options.of(experiment).score(Workspace.find(), TrainingWatch.of(Progress.NONE));
    out()
        .printf(
            Locale.ROOT,
            "not finished: iteration %d of %d%n",
            partial.iterations(),
            Checkpoint.iterations(partial.spec()));
    out().println(ResultsTable.of(List.of(partial)));
    return 0;
  }
}
