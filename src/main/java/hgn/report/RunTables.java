package hgn.report;

import static hgn.report.Numbers.SCALE;

import hgn.io.Text;
import hgn.results.Metric;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/** Tables of what runs measured, beside the paper's numbers. */
public final class RunTables {
  /** A quantity of a run beside the paper's. */
  private record Row(String what, double ours, double paper, double ratio) {
    Row(String what, double ours, double paper) {
      this(what, SCALE * ours, SCALE * paper, ours / paper);
    }
  }

  private RunTables() {}

  /**
   * Errors and conservation of one run, × 1e4 as the paper prints them.
   *
   * @param run what was measured
   * @param paper what the paper reports of the same model and system
   * @return a row a quantity
   */
  public static Table beside(RunResult run, PaperScore paper) {
    return beside(run, paper, new double[0]);
  }

  /**
   * As {@link #beside(RunResult, PaperScore)}, with the error of single pairs where there is one.
   */
  static Table beside(RunResult run, PaperScore paper, double... pairs) {
    List<Row> rows =
        new ArrayList<>(
            List.of(
                new Row("test MSE", run.testMse(), paper.testMse()),
                new Row("train MSE", run.trainMse(), paper.trainMse()),
                new Row("mean image, test MSE", run.meanImageMse(), Double.NaN),
                // A mean over films is no estimate of one film's, so there is no ratio.
                new Row(
                    "Var H over a test rollout (paper: of one), mean over " + films(run),
                    SCALE * run.energyVariance(),
                    SCALE * paper.testEnergyVariance(),
                    Double.NaN)));
    for (double mse : pairs) {
      rows.add(new Row("one pair, encoded and decoded, test MSE", mse, Double.NaN));
    }
    return new TableBuilder<>(run.caption(), rows)
        .text("× 1e4", Row::what)
        .number("ours", 2, Row::ours)
        .number("paper", 2, Row::paper)
        .number("ours / paper", 2, Row::ratio)
        .table();
  }

  /**
   * Errors of one run beside the mean image's, × 1e4: for what the paper has no numbers of.
   *
   * @param run what was measured
   * @return a row a quantity
   */
  public static Table scores(RunResult run) {
    double mean = run.meanImageMse();
    return new TableBuilder<>(
            run.caption(),
            List.of(
                new Row("mean image, test", mean, mean),
                new Row("train", run.trainMse(), mean),
                new Row("test", run.testMse(), mean)))
        .text("× 1e4", Row::what)
        .number("MSE", 2, Row::ours)
        .number("of the mean image's", 3, Row::ratio)
        .table();
  }

  /**
   * All finished runs, a row each.
   *
   * @param runs for example those of {@link RunResult#all}
   * @return errors × 1e4; for densities the KL divergence in nats; empty where it is not measured
   */
  public static Table finished(List<RunResult> runs) {
    return new TableBuilder<>("", runs)
        .text("run", RunResult::experiment)
        .text("budget", RunResult::budget)
        .whole("seed", RunResult::seed)
        .whole("iterations", RunResult::iterations)
        .number("minutes", 1, r -> r.wallSeconds() / 60)
        .number("test MSE × 1e4", 2, r -> SCALE * r.testMse())
        .number("mean image × 1e4", 2, r -> SCALE * r.meanImageMse())
        .number("KL (nats)", 3, r -> r.isDensity() ? r.metric(Metric.KL) : Double.NaN)
        .table();
  }

  /**
   * Cost of training: the runs' own wall times, summed by model and budget.
   *
   * @param runs for example those of {@link RunResult#all}
   * @return a row a model and budget, in alphabetical order: how many runs, minutes a run (mean)
   *     and minutes of all
   */
  public static Table times(List<RunResult> runs) {
    Map<List<String>, DoubleSummaryStatistics> groups =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    r -> List.of(r.model(), r.budget()),
                    () -> new TreeMap<>(Comparator.comparing(String::valueOf)),
                    Collectors.summarizingDouble(r -> r.wallSeconds() / 60)));
    return new TableBuilder<>("", groups.entrySet())
        .text("model", group -> group.getKey().get(0))
        .text("budget", group -> group.getKey().get(1))
        .whole("runs", group -> group.getValue().getCount())
        .number("minutes a run", 1, group -> group.getValue().getAverage())
        .number("minutes of all", 1, group -> group.getValue().getSum())
        .table();
  }

  /**
   * Errors on noisy films, × 1e4, beside what noise leaves to the best prediction: of the noisy
   * frames, and of the clean ones where it was learned from noisy frames.
   *
   * @param noisy runs on films with noise on their frames
   * @param clean runs of the same models and systems on films without it
   * @return a row a finished run on noisy films, system by system in the order of the clean runs
   */
  public static Table noise(List<ScoredRun> noisy, List<ScoredRun> clean) {
    List<String> systems = ScoredCells.distinct(clean, ScoredRun::system);
    List<ScoredRun> rows =
        ScoredCells.finished(noisy).stream()
            .sorted(Comparator.comparing(run -> systems.indexOf(run.system())))
            .toList();
    return new TableBuilder<>("", rows)
        .text("system", ScoredRun::system)
        .text("noise on frames", run -> noise(run.result()))
        .number("against noisy frames", 2, run -> SCALE * run.result().testMse())
        .number("noise floor", 2, run -> SCALE * run.metric(Metric.NOISE_FLOOR))
        .number(
            "above it", 2, run -> SCALE * (run.result().testMse() - run.metric(Metric.NOISE_FLOOR)))
        .number("against clean frames", 2, run -> SCALE * run.metric(Metric.CLEAN_TEST_MSE))
        .number("blur", 2, run -> SCALE * run.metric(Metric.CLEAN_FLOOR))
        .number("trained on clean films", 2, run -> SCALE * testMse(clean, run.system()))
        .number("paper", 2, run -> SCALE * run.paper().testMse())
        .table();
  }

  private static double testMse(List<ScoredRun> runs, String system) {
    return ScoredCells.finished(runs).stream()
        .filter(run -> run.system().equals(system))
        .mapToDouble(run -> run.result().testMse())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Standard deviation of the noise on frames, as the run's spec has it. */
  private static String noise(RunResult run) {
    Map<?, ?> noise = (Map<?, ?>) ((Map<?, ?>) run.spec().get("dataset")).get("noise");
    return Stream.of("positions", "pixels")
        .filter(on -> noise.get(on) instanceof Number sigma && sigma.doubleValue() > 0)
        .map(on -> Text.of("σ = %.3g on %s", ((Number) noise.get(on)).doubleValue(), on))
        .collect(Collectors.joining(", "));
  }

  /** Number of test films that were scored, as far as the run's spec says so. */
  private static String films(RunResult run) {
    if (!(run.spec().get("evaluationSequences") instanceof Number wanted)) {
      return "the scored films";
    }
    int count = wanted.intValue();
    if (run.spec().get("dataset") instanceof Map<?, ?> dataset
        && dataset.get("test") instanceof Number there) {
      count = Math.min(count, there.intValue());
    }
    return count + " films";
  }
}
