package hgn.cli;

import hgn.paper.Experiment;
import hgn.paper.Paper;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Budget and seed of one run, as every command that names a run takes them. */
final class RunOptions {
  @Mixin private BudgetOption budget;

  @Option(
      names = "--seed",
      paramLabel = "<n>",
      defaultValue = "" + Experiment.DEFAULT_SEED,
      description = "Seed of the run (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** The experiment on films of that name, at the budget and with the seed that were named. */
  Experiment of(String experiment) {
    return Paper.experiment(experiment).within(budget.chosen()).withSeed(seed);
  }
}
