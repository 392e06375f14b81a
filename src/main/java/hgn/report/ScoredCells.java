package hgn.report;

import static hgn.report.Numbers.NONE;
import static hgn.report.Numbers.SCALE;

import hgn.io.Text;
import hgn.results.Metric;
import hgn.results.PaperScore;
import hgn.results.Replicates;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.StudyResult;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** Texts of table cells from scored runs; errors × 1e4. */
final class ScoredCells {
  /** Error of a finished run on training films. */
  static final ToDoubleFunction<ScoredRun> TRAIN = run -> run.result().trainMse();

  /** Error of a finished run on test films. */
  static final ToDoubleFunction<ScoredRun> TEST = run -> run.result().testMse();

  private ScoredCells() {}

  /** A table of runs with its first columns. */
  static TableBuilder<ScoredRun> rows(String title, List<ScoredRun> runs) {
    return new TableBuilder<>(title, runs)
        .text("model", ScoredRun::model)
        .text("system", ScoredRun::system);
  }

  /** A row a model, a column a system. */
  static Table models(List<ScoredRun> runs, Function<Replicates, String> cell) {
    TableBuilder<String> table = new TableBuilder<>("", distinct(runs, ScoredRun::model));
    table.text("", model -> model);
    for (String system : distinct(runs, ScoredRun::system)) {
      table.text(system, model -> cell.apply(replicates(runs, model, system)));
    }
    return table.table();
  }

  static List<ScoredRun> finished(List<ScoredRun> runs) {
    return runs.stream().filter(run -> run.result() != null).toList();
  }

  /** A median valid time; the whole rollout is a lower bound. */
  static String time(double[] valid, StudyResult study) {
    double median = StudyResult.median(valid);
    double end = study.time()[study.time().length - 1];
    return median >= end ? Text.of("≥ %.1f", end) : Text.of("%.2f", median);
  }

  static String train(ScoredRun run) {
    return run.finished()
        .map(r -> spread(run, r.trainMse(), Metric.TRAIN_MSE_DEVIATION))
        .orElse(NONE);
  }

  static String test(ScoredRun run) {
    return run.finished()
        .map(r -> spread(run, r.testMse(), Metric.TEST_MSE_DEVIATION))
        .orElse(NONE);
  }

  private static String spread(ScoredRun run, double mse, Metric<Double> deviation) {
    return "%s ± %s".formatted(scaled(mse), scaled(run.metric(deviation)));
  }

  /** Mean ± standard deviation over seeds; of one seed the number alone. */
  static String spread(Replicates same, ToDoubleFunction<ScoredRun> error) {
    return scaled(same.mean(error)) + deviation(same, error);
  }

  /** The standard deviation over seeds behind its ±; of one seed nothing. */
  static String deviation(Replicates same, ToDoubleFunction<ScoredRun> error) {
    return same.several() ? " ± " + scaled(same.deviation(error)) : "";
  }

  /** Median over seeds and, of several, the lowest and the highest. */
  static String medianAndRange(Replicates same, ToDoubleFunction<ScoredRun> value) {
    double[] values = same.values(value);
    if (values.length == 0) {
      return NONE;
    }
    String median = Numbers.significant(StudyResult.median(values), 3);
    return values.length == 1
        ? median
        : "%s (%s–%s)"
            .formatted(
                median,
                Numbers.significant(Arrays.stream(values).min().orElseThrow(), 3),
                Numbers.significant(max(values), 3));
  }

  static String meanImage(List<ScoredRun> runs, String system) {
    return first(runs, system, run -> run.result().meanImageMse());
  }

  /** An error of the first finished run on a system. */
  static String first(List<ScoredRun> runs, String system, ToDoubleFunction<ScoredRun> error) {
    return finished(runs).stream()
        .filter(run -> run.system().equals(system))
        .findFirst()
        .map(run -> scaled(error.applyAsDouble(run)))
        .orElse(NONE);
  }

  static String ratio(double value, double reference) {
    return Numbers.fixed(value / reference, 2);
  }

  static String scaled(double mse) {
    return Numbers.fixed(SCALE * mse, 2);
  }

  /** The run with the first seed. */
  static ScoredRun find(List<ScoredRun> runs, String model, String system) {
    return replicates(runs, model, system).first();
  }

  static Replicates replicates(List<ScoredRun> runs, String model, String system) {
    return new Replicates(
        runs.stream()
            .filter(run -> run.model().equals(model) && run.system().equals(system))
            .toList());
  }

  static List<String> distinct(List<ScoredRun> runs, Function<ScoredRun, String> key) {
    return runs.stream().map(key).distinct().toList();
  }

  /**
   * Budget, protocol, architectures and seeds of what is in the table, and its devices where one is
   * no CPU: no table mixes them without a word.
   */
  static String how(List<ScoredRun> runs) {
    List<RunResult> results = finished(runs).stream().map(ScoredRun::result).toList();
    if (results.isEmpty()) {
      return "no finished run";
    }
    String budgets =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    r -> "%s budget, %s".formatted(r.budget(), r.protocol()),
                    LinkedHashMap::new,
                    Collectors.toList()))
            .entrySet()
            .stream()
            .map(same -> same.getKey() + seeds(same.getValue()))
            .collect(Collectors.joining("; "));
    String devices = joined(results, " and ", RunResult::device);
    return budgets
        + ", architecture "
        + joined(results, ", ", RunResult::architecture)
        + (devices.equals("cpu") ? "" : ", on " + devices);
  }

  private static String seeds(List<RunResult> results) {
    String seeds = joined(results, ", ", r -> Long.toString(r.seed()));
    return (seeds.contains(",") ? ", seeds " : ", seed ") + seeds;
  }

  private static String joined(
      List<RunResult> results, String between, Function<RunResult, String> part) {
    return results.stream().map(part).distinct().collect(Collectors.joining(between));
  }

  static ToDoubleFunction<ScoredRun> studied(ToDoubleFunction<StudyResult> value) {
    return run -> run.study() == null ? Double.NaN : value.applyAsDouble(run.study());
  }

  static double max(double... values) {
    return Arrays.stream(values).max().orElse(Double.NaN);
  }

  static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** A variance as the paper prints it: "N/A" where it has none of a run that is in its Table 1. */
  static String printed(PaperScore paper, double variance) {
    return Double.isNaN(variance) && !Double.isNaN(paper.testMse()) ? "N/A" : scaled(variance);
  }

  /** A model by either protocol. */
  record Protocols(ScoredRun seen, ScoredRun unseen) {
    boolean finished() {
      return seen.result() != null && unseen.result() != null;
    }

    String iterations() {
      long before = seen.result().iterations();
      long after = unseen.result().iterations();
      return before == after ? "" + before : before + " / " + after;
    }
  }
}
