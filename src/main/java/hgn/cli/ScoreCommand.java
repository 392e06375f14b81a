package hgn.cli;

import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.Paper;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.Checkpoint;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores a run that is not finished. */
@Command(
    name = "score",
    description = {
      "Scores a run that is not finished by its last checkpoint, and writes partial.json beside"
          + " it.",
      "It may be in training meanwhile. Such a score never enters a table of finished runs."
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "<experiment>",
      description = "For example hgn-leapfrog.three-body+compact.")
  private String experiment;

  @Mixin private BudgetOption budget;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      defaultValue = "" + Experiment.DEFAULT_SEED,
      description = "Its seed (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!Paper.seesFilms(experiment)) {
      throw UserError.usage(
          "%s learns no films: it trains within minutes and is scored when it is finished",
          experiment);
    }
    Budget chosen = budget.chosen();
    RunResult partial =
        Paper.experiment(experiment)
            .within(chosen)
            .withSeed(seed)
            .score(Workspace.find(), TrainingWatch.of(Progress.NONE));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "not finished: iteration %d of %d%n",
        partial.iterations(), Checkpoint.iterations(partial.spec()));
    out.println(ResultsTable.of(List.of(partial)));
    out.flush();
    return 0;
  }
}
