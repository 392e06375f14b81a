package hgn.cli;

import hgn.io.Text;
import hgn.io.TextTable;
import hgn.results.Metric;
import hgn.results.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finished runs as aligned text: films, whose errors are given × 10⁴ as in the paper's tables, and
 * below them densities, in nats.
 */
final class ResultsTable {
  private static final List<String> HEAD =
      List.of(
          "experiment",
          "budget",
          "iterations",
          "wall",
          "train ×1e4",
          "test ×1e4",
          "mean image ×1e4",
          "test/mean image");

  private static final List<String> DENSITY_HEAD =
      List.of("density", "seed", "budget", "wall", "bound", "KL", "±", "worst mass, off by");

  private ResultsTable() {}

  static String of(List<RunResult> results) {
    List<RunResult> films = results.stream().filter(r -> !r.isDensity()).toList();
    List<RunResult> densities = results.stream().filter(RunResult::isDensity).toList();
    return (films.isEmpty() ? "" : films(films))
        + (films.isEmpty() || densities.isEmpty() ? "" : "\n")
        + (densities.isEmpty() ? "" : densities(densities));
  }

  /** The finding in a line. */
  static String summary(RunResult r) {
    return r.isDensity()
        ? "bound %s nats, KL %s".formatted(nats(r.metric(Metric.BOUND)), nats(r.metric(Metric.KL)))
        : Text.of(
            "test MSE %.2fe-4, %.3f of the mean image's",
            1e4 * r.testMse(), r.testMse() / r.meanImageMse());
  }

  private static String densities(List<RunResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(DENSITY_HEAD);
    for (RunResult r : results) {
      rows.add(
          List.of(
              r.experiment(),
              Long.toString(r.seed()),
              r.budget(),
              Text.clock(r.wallSeconds()),
              nats(r.metric(Metric.BOUND)),
              nats(r.metric(Metric.KL)),
              nats(r.metric(Metric.KL_ERROR)),
              number(100 * r.metric(Metric.WORST_MASS), "%.1f %%")));
    }
    return TextTable.of(rows, Set.of(0));
  }

  private static String nats(double value) {
    return number(value, "%.3f");
  }

  private static String films(List<RunResult> results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (RunResult r : results) {
      rows.add(
          List.of(
              r.experiment(),
              r.budget(),
              Long.toString(r.iterations()),
              Text.clock(r.wallSeconds()),
              error(r.trainMse()),
              error(r.testMse()),
              error(r.meanImageMse()),
              number(r.testMse() / r.meanImageMse(), "%.3f")));
    }
    return TextTable.of(rows, Set.of(0, 1));
  }

  private static String error(double mse) {
    return number(1e4 * mse, "%.2f");
  }

  private static String number(double value, String format) {
    return Double.isFinite(value) ? Text.of(format, value) : "-";
  }
}
