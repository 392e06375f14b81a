package hgn.report;

import hgn.results.CollapseFinding;
import hgn.results.Metric;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.StepFinding;
import java.util.List;
import tech.tablesaw.api.Table;

/** Tables of the baselines: HNN from states beside its plain twin, PixelHNN beside the paper. */
public final class BaselineTables {

  private BaselineTables() {}

  /**
   * Errors of models that learned from states.
   *
   * @param results of HNNs and of their twins
   * @return a row a run
   */
  public static Table states(List<RunResult> results) {
    String title =
        results.isEmpty()
            ? "From states"
            : "From noisy states, %s budget, rollouts to t = %s"
                .formatted(
                    results.get(0).budget(),
                    Numbers.tick(results.get(0).metric(Metric.ROLLOUT_TIME)));
    return new TableBuilder<>(title, results)
        .text("system", RunResult::system)
        .text("model", r -> isHnn(r) ? "HNN" : "plain twin")
        .number("velocity MSE (test)", r -> r.metric(Metric.TEST_VELOCITY_MSE))
        .number("state MSE, rollouts", r -> r.metric(Metric.ROLLOUT_STATE_MSE))
        .number("energy MSE, rollouts", r -> r.metric(Metric.ROLLOUT_ENERGY_MSE))
        .number("training (s)", 0, RunResult::wallSeconds)
        .table();
  }

  /** An HNN and its plain twin: of the same system, budget and seed. */
  private record Pair(RunResult hnn, RunResult twin) {
    boolean matches() {
      return isHnn(hnn)
          && !isHnn(twin)
          && hnn.system().equals(twin.system())
          && hnn.budget().equals(twin.budget())
          && hnn.seed() == twin.seed();
    }
  }

  private static boolean isHnn(RunResult run) {
    return run.model().startsWith("hnn");
  }

  /**
   * Conservation of the true energy by HNNs beside their plain twins.
   *
   * @param results of HNNs and of their twins, in the order of the rows; a row is an HNN that has a
   *     twin of the same system, budget and seed
   */
  public static Table conservation(List<RunResult> results) {
    List<Pair> pairs =
        results.stream()
            .flatMap(hnn -> results.stream().map(twin -> new Pair(hnn, twin)))
            .filter(Pair::matches)
            .toList();
    return new TableBuilder<>("", pairs)
        .text("system", pair -> pair.hnn().system())
        .number("energy MSE, HNN", pair -> pair.hnn().metric(Metric.ROLLOUT_ENERGY_MSE))
        .number("energy MSE, twin", pair -> pair.twin().metric(Metric.ROLLOUT_ENERGY_MSE))
        .number(
            "twin / HNN",
            1,
            pair ->
                pair.twin().metric(Metric.ROLLOUT_ENERGY_MSE)
                    / pair.hnn().metric(Metric.ROLLOUT_ENERGY_MSE))
        .number("state MSE, HNN", pair -> pair.hnn().metric(Metric.ROLLOUT_STATE_MSE))
        .number("state MSE, twin", pair -> pair.twin().metric(Metric.ROLLOUT_STATE_MSE))
        .table();
  }

  /**
   * Errors of a PixelHNN beside the paper's, with the error of single pairs, which tells a
   * collapse.
   *
   * @param run what was measured
   * @param paper what the paper reports of the same model and system
   * @return a row a quantity
   */
  public static Table pixels(RunResult run, PaperScore paper) {
    return RunTables.beside(run, paper, run.metric(Metric.AUTOENCODING_MSE));
  }

  /**
   * A sentence on a run's collapse.
   *
   * @param run of a PixelHNN
   */
  public static String finding(RunResult run) {
    return "%s: %s".formatted(run.experiment(), words(run));
  }

  /** The finding without its run. */
  static String words(RunResult run) {
    String finding = CollapseFinding.of(run).map(CollapseFinding::words).orElse("");
    return finding.isEmpty() ? "no collapse" : finding;
  }

  /**
   * Distance of a step of the learned energy from what the encoder sees: mean squares a latent
   * coordinate.
   *
   * @param findings a row each
   */
  public static Table steps(List<StepFinding> findings) {
    return new TableBuilder<>("One step in the latent space, mean squares a coordinate", findings)
        .text("model", StepFinding::model)
        .number("step seen by the encoder", StepFinding::seen)
        .number("step of the energy", StepFinding::stepped)
        .number("difference", StepFinding::error)
        .number("difference / seen (standing still: 1)", 2, StepFinding::share)
        .table();
  }
}
