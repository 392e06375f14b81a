package hgn.cli;

import hgn.io.Json;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.results.RunResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the finished runs measured. */
@Command(
    name = "results",
    description = "Prints the table of finished runs; errors are × 1e4.",
    mixinStandardHelpOptions = true)
final class ResultsCommand implements Callable<Integer> {
  @Option(names = "--json", description = "As a JSON array, errors raw.")
  private boolean json;

  @Option(
      names = "--budget",
      paramLabel = "smoke|quick|paper",
      description = "Only runs at this budget.")
  private String budget;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String wanted = budget == null ? null : Budget.parse(budget).id();
    List<RunResult> results =
        RunResult.all(Workspace.find().runs()).stream()
            .filter(r -> wanted == null || wanted.equals(r.budget()))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(results));
    } else if (results.isEmpty()) {
      out.println("no finished run yet: ./workbook train <experiment> makes one");
    } else {
      out.println(ResultsTable.of(results));
    }
    out.flush();
    return 0;
  }
}
