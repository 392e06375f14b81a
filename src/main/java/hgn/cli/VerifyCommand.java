package hgn.cli;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.FlowExperiment;
import hgn.paper.FlowShipping;
import hgn.paper.GridCell;
import hgn.paper.Grids;
import hgn.paper.Paper;
import hgn.paper.Shipping;
import hgn.paper.StateExperiment;
import hgn.results.RunResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the claims of the finished runs, or packs their weights for a repository. */
@Command(
    name = "verify-results",
    description = {
      "Scores the weights of the finished runs of all grids, and of the networks on states, on",
      "freshly simulated sequences, or freshly drawn points of a density, and compares with",
      "what its result says: they agree where they differ by at most three standard errors."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Mixin private BudgetOption budget;

  @Option(
      names = "--only",
      paramLabel = "<part>",
      description =
          "Of the finished runs, which: as numbers from 1 in the order in which all are checked"
              + " (3,5-8), or names with wildcards (hgn-*.pendulum).")
  private String only;

  @Option(
      names = "--pack",
      description =
          "Instead: rounds the weights to float16, notes in the result what that has cost, and"
              + " makes the run's study.")
  private boolean pack;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Budget chosen = budget.chosen();
    Workspace workspace = Workspace.find();
    PrintWriter out = spec.commandLine().getOut();
    int checked = 0;
    int failed = 0;
    for (Finished run : Grids.selected(finished(chosen, workspace), Finished::name, only)) {
      if (!run.hasWeights()) {
        out.printf("%-44s not checked: its weights are not here%n", run.name());
      } else if (pack) {
        pack(run.cell(), chosen, workspace, out);
      } else {
        checked++;
        failed += verify(run, chosen, workspace, out);
      }
    }
    if (only != null && checked == 0 && !pack) {
      out.flush();
      throw UserError.data(
          "none of the runs that '%s' names has its weights here: nothing was checked; './workbook"
              + " train <name> --fresh' makes them",
          only);
    }
    if (!pack) {
      out.printf(
          "%d claims, %d hold within %d standard errors of fresh data%n",
          checked, checked - failed, Shipping.Check.TOLERANCE);
    }
    out.flush();
    return failed == 0 ? 0 : Main.FAILED;
  }

  private static void pack(GridCell cell, Budget chosen, Workspace workspace, PrintWriter out) {
    if (FlowExperiment.isName(cell.experiment())) {
      RunResult packed = FlowShipping.pack(flow(cell, chosen), workspace);
      packed(
          cell, "bound in nats", packed.metric(FlowShipping.PACKED), packed.metric("bound"), out);
    } else {
      RunResult packed = Shipping.pack(film(cell, chosen), workspace);
      double after = packed.metric(RunResult.PACKED);
      packed(cell, "test MSE × 1e4", 1e4 * after, 1e4 * packed.testMse(), out);
    }
  }

  private static void packed(
      GridCell cell, String what, double after, double before, PrintWriter out) {
    out.printf(
        Locale.ROOT, "%-44s packed: %s %.4f, before %.4f%n", cell.title(), what, after, before);
    out.flush();
  }

  /** 0 where the claim holds. A run that cannot be used does not end the check of the others. */
  private static int verify(Finished run, Budget chosen, Workspace workspace, PrintWriter out) {
    try {
      return run.cell() == null
          ? line(Shipping.verify(run.states(), workspace), 1, out)
          : verify(run.cell(), chosen, workspace, out);
    } catch (UserError e) {
      out.printf("%-44s cannot be checked: %s%n", run.name(), e.getMessage());
      out.flush();
      return 1;
    }
  }

  private static int verify(GridCell cell, Budget chosen, Workspace workspace, PrintWriter out) {
    return FlowExperiment.isName(cell.experiment())
        ? line(FlowShipping.verify(flow(cell, chosen), workspace), 1, out)
        : line(Shipping.verify(film(cell, chosen), workspace), 1e4, out);
  }

  private static FlowExperiment flow(GridCell cell, Budget chosen) {
    return FlowExperiment.named(cell.experiment()).within(chosen).withSeed(cell.seed());
  }

  private static Experiment film(GridCell cell, Budget chosen) {
    return Paper.experiment(cell.experiment()).within(chosen).withSeed(cell.seed());
  }

  private static int line(Shipping.Check check, double scale, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-44s %s%s: claimed %.4g, found %.4g ± %.2g on %d fresh ones: %s%n",
        check.experiment(),
        check.what(),
        scale == 1 ? "" : " × 1e4",
        scale * check.claimed(),
        scale * check.found(),
        scale * check.error(),
        check.sequences(),
        check.holds() ? "holds" : "DOES NOT HOLD");
    out.flush();
    return check.holds() ? 0 : 1;
  }

  /** A finished run: of a grid, or else of a network on states, which is not packed. */
  private record Finished(GridCell cell, StateExperiment states) {
    String name() {
      return cell == null ? states.name() : cell.experiment();
    }

    boolean hasWeights() {
      return cell == null || Shipping.hasWeights(cell);
    }
  }

  private List<Finished> finished(Budget chosen, Workspace workspace) {
    Stream<Finished> cells =
        Grids.names().stream()
            .flatMap(grid -> Grids.cells(grid, null, chosen, null, workspace).stream())
            .filter(GridCell::finished)
            .distinct()
            .map(cell -> new Finished(cell, null));
    Stream<Finished> states =
        StateExperiment.all().stream()
            .map(experiment -> experiment.within(chosen))
            .filter(experiment -> !pack && experiment.finished(workspace))
            .map(experiment -> new Finished(null, experiment));
    return Stream.concat(cells, states).toList();
  }
}
