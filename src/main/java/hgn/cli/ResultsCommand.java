package hgn.cli;

import hgn.io.Json;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.Grids;
import hgn.paper.Unfinished;
import hgn.results.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what the finished runs measured, or writes it into a page. */
@Command(
    name = "results",
    description = {
      "Prints the table of finished runs, errors × 1e4, and below it what was begun and is not"
          + " finished.",
      "With --page: writes the marked blocks of a page from the runs at the quick budget."
    },
    mixinStandardHelpOptions = true)
final class ResultsCommand extends PrintingCommand {
  @Option(names = "--json", description = "As a JSON array, errors raw.")
  private boolean json;

  @Option(
      names = "--budget",
      paramLabel = "smoke|quick|paper",
      description = "Only runs at this budget.")
  private String budget;

  @Option(
      names = "--page",
      paramLabel = "<file>",
      description =
          "A page of Markdown: what stands between '<!-- table:name -->' and '<!-- /table -->' is"
              + " written from the runs.")
  private Path page;

  @Option(
      names = "--check",
      description = "With --page: writes nothing, and fails naming the blocks that would change.")
  private boolean check;

  @Override
  public Integer call() {
    Workspace workspace = Workspace.find();
    if (page != null) {
      return page(new ResultsPage(workspace));
    }
    if (check) {
      throw UserError.usage("--check needs a page: ./workbook results --page <file> --check");
    }
    Budget wanted = budget == null ? null : Budget.parse(budget);
    List<UserError> bad = new ArrayList<>();
    List<RunResult> results =
        RunResult.all(workspace.runs(), bad::add).stream()
            .filter(r -> wanted == null || wanted.id().equals(r.budget()))
            .toList();
    if (json) {
      out().println(Json.pretty(results));
    } else {
      out()
          .println(
              results.isEmpty()
                  ? "no finished run yet: ./workbook train <experiment> makes one"
                  : ResultsTable.of(results));
      below(workspace, results, wanted == null ? Budget.QUICK : wanted, bad::add);
    }
    bad.forEach(e -> err().println(e.getMessage()));
    return bad.stream().mapToInt(UserError::exitCode).max().orElse(0);
  }

  private void below(
      Workspace workspace, List<RunResult> results, Budget wanted, Consumer<UserError> bad) {
    Set<String> names =
        Grids.experiments("table1").stream().map(Experiment::name).collect(Collectors.toSet());
    List<RunResult> table1 =
        results.stream()
            .filter(r -> names.contains(r.experiment()) && r.budget().equals(wanted.id()))
            .filter(r -> r.seed() == Experiment.DEFAULT_SEED)
            .toList();
    if (!table1.isEmpty()) {
      out().println(WallTime.of(table1));
    }
    List<Unfinished> unfinished = Unfinished.all(workspace, bad);
    if (!unfinished.isEmpty()) {
      out().println("not finished:");
      unfinished.forEach(run -> out().println("  " + run.line()));
    }
  }

  private int page(ResultsPage blocks) {
    if (!check) {
      blocks.write(page);
      out().println("wrote " + page);
      return 0;
    }
    List<String> outdated = blocks.outdated(page);
    if (outdated.isEmpty()) {
      out().printf(Locale.ROOT, "%s says what the runs say%n", page);
      return 0;
    }
    out()
        .printf(
            Locale.ROOT,
            "%s differs from the runs in: %s; './workbook results --page %s' writes them anew%n",
            page,
            String.join(", ", outdated),
            page);
    return Main.FAILED;
  }
}
