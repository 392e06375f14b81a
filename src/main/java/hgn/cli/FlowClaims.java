package hgn.cli;

import hgn.io.TextTable;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.FlowExperiment;
import hgn.paper.FlowShipping;
import hgn.paper.GridCell;
import hgn.results.RunResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The densities' part of {@link VerifyCommand}: bounds in nats instead of errors of pixels. */
final class FlowClaims {
  private final Budget budget;
  private final Workspace workspace;
  private final PrintWriter out;
  private final List<List<String>> rows = new ArrayList<>();

  FlowClaims(Budget budget, Workspace workspace, PrintWriter out) {
    this.budget = budget;
    this.workspace = workspace;
    this.out = out;
    rows.add(List.of("density", "claimed, nats", "found, nats", "±", ""));
  }

  /** Whether a run is a density's. */
  static boolean concern(GridCell cell) {
    return FlowExperiment.isName(cell.experiment());
  }

  /** Checks a finished run, and says whether its claim holds. */
  boolean verify(GridCell cell) {
    FlowShipping.Check check = FlowShipping.verify(experiment(cell), workspace);
    say(
        cell.title(),
        nats(check.claimed()),
        nats(check.found()),
        nats(check.error()),
        check.holds() ? "holds" : "DOES NOT HOLD");
    return check.holds();
  }

  /** Packs a finished run's weights. */
  void pack(GridCell cell) {
    RunResult packed = FlowShipping.pack(experiment(cell), workspace);
    String found = nats(packed.metric(FlowShipping.PACKED));
    say(cell.title(), nats(packed.metric("bound")), found, "", "packed");
  }

  /** All of it as a table; nothing where no density was looked at. */
  void summarise() {
    if (rows.size() > 1) {
      out.println(TextTable.of(rows, Set.of(0, 4)));
      out.flush();
    }
  }

  private FlowExperiment experiment(GridCell cell) {
    return FlowExperiment.named(cell.experiment()).within(budget).withSeed(cell.seed());
  }

  private void say(String... row) {
    rows.add(List.of(row));
    out.println(String.join("  ", row));
    out.flush();
  }

  private static String nats(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
