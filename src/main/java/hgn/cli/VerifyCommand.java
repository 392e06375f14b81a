package hgn.cli;

import hgn.io.TextTable;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.GridCell;
import hgn.paper.Grids;
import hgn.paper.Paper;
import hgn.paper.Shipping;
import hgn.results.RunResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the claims of the finished runs, or packs their weights for a repository. */
@Command(
    name = "verify-results",
    description = {
      "Scores the weights of every finished run on freshly simulated sequences and compares with",
      "what its result says: they agree where they differ by at most three standard errors."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--budget",
      paramLabel = "smoke|quick|paper",
      description = "Which runs; by default what HGN_BUDGET says, else quick.")
  private String budget;

  @Option(names = "--only", paramLabel = "<part>", description = "As of a grid, for example hgn-*.")
  private String only;

  @Option(
      names = "--pack",
      description =
          "Instead: rounds the weights to float16 and notes in the result what that has cost.")
  private boolean pack;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Budget chosen = budget == null ? Budget.fromEnvironment() : Budget.parse(budget);
    Workspace workspace = Workspace.find();
    PrintWriter out = spec.commandLine().getOut();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("experiment", "claimed ×1e4", "found ×1e4", "± ×1e4", ""));
    boolean good = true;
    for (String grid : Grids.names()) {
      for (GridCell cell : cells(grid, chosen, workspace)) {
        if (cell.result().isEmpty()) {
          continue;
        }
        Experiment experiment = Paper.experiment(cell.experiment()).within(chosen);
        if (pack) {
          double cost =
              number(Shipping.pack(experiment, workspace).metrics().get(RunResult.PACKED));
          double claimed = cell.result().get().testMse();
          rows.add(List.of(cell.experiment(), scaled(claimed), scaled(cost), "", "packed"));
        } else {
          Shipping.Check check = Shipping.verify(experiment, workspace);
          good &= check.holds();
          rows.add(
              List.of(
                  check.experiment(),
                  scaled(check.claimed()),
                  scaled(check.found()),
                  scaled(check.error()),
                  check.holds() ? "holds" : "DOES NOT HOLD"));
        }
        out.println(String.join("  ", rows.get(rows.size() - 1)));
        out.flush();
      }
    }
    out.println(TextTable.of(rows, Set.of(0, 4)));
    out.flush();
    return good ? 0 : Main.FAILED;
  }

  private List<GridCell> cells(String grid, Budget chosen, Workspace workspace) {
    List<GridCell> all = Grids.cells(grid, null, chosen, Experiment.DEFAULT_SEED, workspace);
    if (only == null) {
      return all;
    }
    var names = java.nio.file.FileSystems.getDefault().getPathMatcher("glob:" + only);
    return all.stream()
        .filter(cell -> names.matches(java.nio.file.Path.of(cell.experiment())))
        .toList();
  }

  private static double number(Object value) {
    return value instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  private static String scaled(double mse) {
    return String.format(Locale.ROOT, "%.3f", 1e4 * mse);
  }
}
