package hgn.cli;

import hgn.io.TextTable;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Experiment;
import hgn.paper.Grids;
import hgn.paper.Physics;
import hgn.results.PhysicsResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures whether finished HGNs know the physics of their films. */
@Command(
    name = "physics",
    description = {
      "Measures whether finished HGNs know the physics of their films: how long rollouts are valid"
          + " forward and backward, SyMetric, dreams from N(0, I) and from a learned prior.",
      "Fits the prior and keeps both beside each run; what is kept is not measured again.",
      "Writes data/tables/physics.csv, a row a run, raw numbers."
    },
    mixinStandardHelpOptions = true)
final class PhysicsCommand extends PrintingCommand {
  @Option(
      names = "--only",
      paramLabel = "<names>",
      description =
          "Which runs: names with wildcards, separated by commas, for example hgn-*.pendulum.")
  private String only;

  @Option(
      names = "--budget",
      paramLabel = "smoke|quick|paper",
      description = "Only runs at this budget.")
  private String budget;

  @Option(names = "--table", description = "Measures nothing: writes the table of what is known.")
  private boolean table;

  @Override
  public Integer call() {
    Workspace workspace = Workspace.find();
    if (!table) {
      for (Experiment experiment : wanted(workspace)) {
        out().printf(Locale.ROOT, "%s at budget %s%n", experiment.name(), experiment.budget().id());
        PhysicsResult result = Physics.measure(experiment, workspace);
        List<List<String>> rows = new ArrayList<>();
        rows.add(PhysicsResult.COLUMNS);
        rows.add(result.row());
        out().println(TextTable.of(rows, Set.of(0, 1, 2)));
      }
    }
    Physics.write(workspace);
    out().println("wrote " + Physics.table(workspace));
    return 0;
  }

  private List<Experiment> wanted(Workspace workspace) {
    List<Experiment> finished =
        Physics.experiments(workspace).stream()
            .filter(e -> budget == null || e.budget().id().equals(budget))
            .toList();
    if (finished.isEmpty()) {
      throw UserError.usage(
          "there is no finished HGN with weights%s: './workbook train hgn-leapfrog.pendulum' makes"
              + " one",
          budget == null ? "" : " at budget " + budget);
    }
    return Grids.selected(finished, Experiment::name, only);
  }
}
