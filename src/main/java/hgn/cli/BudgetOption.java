package hgn.cli;

import hgn.paper.Budget;
import picocli.CommandLine.Option;

/** The budget of a run, as every command that names one takes it. */
final class BudgetOption {
  @Option(
      names = "--budget",
      paramLabel = "smoke|quick|paper",
      description = "How much is spent on a run; by default what HGN_BUDGET says, else quick.")
  private String budget;

  /**
   * The budget that was named, or the environment's.
   *
   * @throws hgn.io.UserError if there is none of that name
   */
  Budget chosen() {
    return budget == null ? Budget.fromEnvironment() : Budget.parse(budget);
  }
}
