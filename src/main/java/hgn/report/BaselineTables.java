package hgn.report;

import hgn.results.CollapseFinding;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.StepFinding;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of the baselines: HNN from states beside its plain twin, PixelHNN beside the paper. */
public final class BaselineTables {
  private static final double SCALE = 1e4;

  private BaselineTables() {}

  /**
   * Errors of models that learned from states.
   *
   * @param results of HNNs and of their twins
   * @return a row a run
   */
  public static Table states(List<RunResult> results) {
    StringColumn system = StringColumn.create("system");
    StringColumn model = StringColumn.create("model");
    DoubleColumn velocity = DoubleColumn.create("velocity MSE (test)");
    DoubleColumn state = DoubleColumn.create("state MSE, rollouts");
    DoubleColumn energy = DoubleColumn.create("energy MSE, rollouts");
    DoubleColumn seconds = DoubleColumn.create("training (s)");
    for (RunResult r : results) {
      system.append(r.system());
      model.append(r.model().startsWith("hnn") ? "HNN" : "plain twin");
      velocity.append(metric(r, "testVelocityMse"));
      state.append(metric(r, "rolloutStateMse"));
      energy.append(metric(r, "rolloutEnergyMse"));
      seconds.append(r.wallSeconds());
    }
    String title =
        results.isEmpty()
            ? "From states"
            : "From noisy states, %s budget, rollouts to t = %s"
                .formatted(
                    results.get(0).budget(), Numbers.tick(metric(results.get(0), "rolloutTime")));
    Table table = Table.create(title, system, model, velocity, state, energy, seconds);
    return Tables.decimals(table, 0, "training (s)");
  }

  /**
   * How much better the HNN keeps the true energy than its plain twin.
   *
   * @param results of HNNs and of their twins, in the order of the rows; a row is an HNN that has a
   *     twin of the same system, budget and seed
   */
  public static Table conservation(List<RunResult> results) {
    StringColumn system = StringColumn.create("system");
    DoubleColumn energy = DoubleColumn.create("energy MSE, HNN");
    DoubleColumn twinEnergy = DoubleColumn.create("energy MSE, twin");
    DoubleColumn gain = DoubleColumn.create("twin / HNN");
    DoubleColumn state = DoubleColumn.create("state MSE, HNN");
    DoubleColumn twinState = DoubleColumn.create("state MSE, twin");
    for (RunResult hnn : results) {
      for (RunResult twin : results) {
        if (hnn.model().startsWith("hnn")
            && !twin.model().startsWith("hnn")
            && hnn.system().equals(twin.system())
            && hnn.budget().equals(twin.budget())
            && hnn.seed() == twin.seed()) {
          system.append(hnn.system());
          energy.append(metric(hnn, "rolloutEnergyMse"));
          twinEnergy.append(metric(twin, "rolloutEnergyMse"));
          gain.append(metric(twin, "rolloutEnergyMse") / metric(hnn, "rolloutEnergyMse"));
          state.append(metric(hnn, "rolloutStateMse"));
          twinState.append(metric(twin, "rolloutStateMse"));
        }
      }
    }
    Table table = Table.create("", system, energy, twinEnergy, gain, state, twinState);
    return Tables.decimals(table, 1, "twin / HNN");
  }

  /**
   * A PixelHNN beside the paper's, with what was measured of a collapse.
   *
   * @param run what was measured
   * @param paper what the paper reports of the same model and system
   * @return a row a quantity
   */
  public static Table pixels(RunResult run, PaperScore paper) {
    Table table = RunTables.beside(run, paper);
    StringColumn what = table.stringColumn(0);
    row(table, what, "one pair, encoded and decoded, test MSE", metric(run, "autoencodingMse"));
    return table;
  }

  private static void row(Table table, StringColumn what, String label, double value) {
    what.append(label);
    table.doubleColumn("ours").append(value * SCALE);
    table.doubleColumn("paper").appendMissing();
    table.doubleColumn("ours / paper").appendMissing();
  }

  /**
   * What a run says of its own collapse.
   *
   * @param run of a PixelHNN
   */
  public static String finding(RunResult run) {
    String finding = CollapseFinding.of(run).map(CollapseFinding::words).orElse("");
    return "%s: %s".formatted(run.experiment(), finding.isEmpty() ? "no collapse" : finding);
  }

  /**
   * How far a step of the learned energy is from what the encoder sees: mean squares a latent
   * coordinate.
   *
   * @param findings a row each
   */
  public static Table steps(List<StepFinding> findings) {
    StringColumn model = StringColumn.create("model");
    DoubleColumn seen = DoubleColumn.create("step seen by the encoder");
    DoubleColumn stepped = DoubleColumn.create("step of the energy");
    DoubleColumn error = DoubleColumn.create("difference");
    DoubleColumn share = DoubleColumn.create("difference / seen (standing still: 1)");
    for (StepFinding finding : findings) {
      model.append(finding.model());
      seen.append(finding.seen());
      stepped.append(finding.stepped());
      error.append(finding.error());
      share.append(finding.share());
    }
    String title = "One step in the latent space, mean squares a coordinate";
    return Tables.decimals(
        Table.create(title, model, seen, stepped, error, share),
        2,
        "difference / seen (standing still: 1)");
  }

  private static double metric(RunResult run, String name) {
    return run.metrics().get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
