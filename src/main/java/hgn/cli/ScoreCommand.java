package hgn.cli;

import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Paper;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.Checkpoint;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Scores a run that is not finished. */
@Command(
    name = "score",
    description = {
      "Scores a run that is not finished by its last checkpoint, and writes partial.json beside"
          + " it.",
      "It may be in training meanwhile. Such a score never enters a table of finished runs."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand extends PrintingCommand {
  @Parameters(
      paramLabel = "<experiment>",
      description = "For example hgn-leapfrog.three-body+compact.")
  private String experiment;

  @Mixin private RunOptions options;

  @Override
  public Integer call() {
    if (!Paper.seesFilms(experiment)) {
      throw UserError.usage(
          "%s learns no films: it trains within minutes and is scored when it is finished",
          experiment);
    }
    RunResult partial =
        options.of(experiment).score(Workspace.find(), TrainingWatch.of(Progress.NONE));
    out()
        .printf(
            "not finished: iteration %d of %d%n",
            partial.iterations(), Checkpoint.iterations(partial.spec()));
    out().println(ResultsTable.of(List.of(partial)));
    return 0;
  }
}
