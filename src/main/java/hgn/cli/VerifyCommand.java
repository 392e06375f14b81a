package hgn.cli;

import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.GridCell;
import hgn.paper.Grids;
import hgn.paper.Paper;
import hgn.paper.Shipping;
import hgn.paper.StateExperiment;
import hgn.paper.Trainable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the claims of the finished runs, or packs their weights for a repository. */
@Command(
    name = "verify-results",
    description = {
      "Scores the weights of the finished runs of all grids, and of the networks on states, on",
      "freshly simulated sequences, or freshly drawn points of a density, and compares with",
      "what its result says: they agree where they differ by at most three standard errors."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand extends PrintingCommand {
  /** Seconds that a run takes to check: a guess. */
  private static final int SECONDS = 20;

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

  @Override
  public Integer call() {
    Budget chosen = budget.chosen();
    Workspace workspace = Workspace.find();
    int checked = 0;
    int failed = 0;
    List<GridCell> runs = Grids.selected(finished(chosen, workspace), GridCell::experiment, only);
    if (!pack) {
      announce(runs, chosen, workspace);
    }
    for (GridCell run : runs) {
      if (!Shipping.hasWeights(run)) {
        out().printf(Locale.ROOT, "%-44s not checked: its weights are not here%n", run.title());
      } else if (pack) {
        pack(run, chosen, workspace);
      } else {
        checked++;
        failed += verify(run, chosen, workspace);
      }
    }
    if (only != null && checked == 0 && !pack) {
      throw UserError.data(
          "none of the runs that '%s' names has its weights here: nothing was checked; './workbook"
              + " train <name> --fresh' makes them",
          only);
    }
    if (!pack) {
      out()
          .printf(
              Locale.ROOT,
              "%d claims, %d hold within %d standard errors of fresh data%n",
              checked,
              checked - failed,
              Shipping.Check.TOLERANCE);
    }
    return failed == 0 ? 0 : Main.FAILED;
  }

  private void announce(List<GridCell> runs, Budget chosen, Workspace workspace) {
    long here = runs.stream().filter(Shipping::hasWeights).count();
    out()
        .printf(
            Locale.ROOT,
            "%d runs at the %s budget, about %d minutes of a processor; left out: %d whose weights"
                + " are not here%s%n",
            here,
            chosen.id(),
            Math.max(1, here * SECONDS / 60),
            runs.size() - here,
            Stream.of(Budget.QUICK, Budget.PAPER)
                .filter(other -> other != chosen && only == null)
                .map(
                    other ->
                        Text.of(
                            ", %d of --budget %s", finished(other, workspace).size(), other.id()))
                .collect(Collectors.joining()));
  }

  private void pack(GridCell cell, Budget chosen, Workspace workspace) {
    Shipping.Packed packed = Shipping.pack(experiment(cell, chosen), workspace);
    out()
        .printf(
            Locale.ROOT,
            "%-44s packed: %s%s %.4f, before %.4f%n",
            cell.title(),
            packed.what(),
            scaled(packed.scale()),
            packed.scale() * packed.after(),
            packed.scale() * packed.before());
  }

  private static Trainable experiment(GridCell cell, Budget chosen) {
    return Paper.trainable(cell.experiment()).within(chosen).withSeed(cell.seed());
  }

  private static String scaled(double scale) {
    return scale == 1 ? "" : " × 1e4";
  }

  /** 0 where the claim holds. A run that cannot be used does not end the check of the others. */
  private int verify(GridCell run, Budget chosen, Workspace workspace) {
    try {
      return line(Shipping.verify(experiment(run, chosen), workspace));
    } catch (UserError e) {
      out().printf(Locale.ROOT, "%-44s cannot be checked: %s%n", run.title(), e.getMessage());
      return 1;
    }
  }

  private int line(Shipping.Check check) {
    double scale = check.scale();
    out()
        .printf(
            Locale.ROOT,
            "%-44s %s%s: claimed %.4g, found %.4g ± %.2g on %d fresh ones: %s%n",
            check.experiment(),
            check.what(),
            scaled(scale),
            scale * check.claimed(),
            scale * check.found(),
            scale * check.error(),
            check.sequences(),
            check.holds() ? "holds" : "DOES NOT HOLD");
    check.differing().forEach(score -> out().println("    on the films of the result " + score));
    return check.holds() ? 0 : 1;
  }

  /** The runs of the grids, of HGN's successors and of the networks on states. */
  private static List<GridCell> finished(Budget chosen, Workspace workspace) {
    Stream<GridCell> grids =
        Grids.names().stream()
            .flatMap(grid -> Grids.cells(grid, null, chosen, null, workspace).stream());
    Stream<GridCell> others =
        Stream.of(Paper.successors(), StateExperiment.all())
            .flatMap(List::stream)
            .map(e -> e.within(chosen).cell(workspace));
    return Stream.concat(grids, others).filter(GridCell::finished).distinct().toList();
  }
}
