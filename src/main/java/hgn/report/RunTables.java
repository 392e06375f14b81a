package hgn.report;

import hgn.results.PaperScore;
import hgn.results.RunResult;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a run measured, beside the paper's numbers. */
public final class RunTables {
  private static final double SCALE = 1e4;

  private RunTables() {}

  /**
   * Errors and conservation of one run, × 1e4 as the paper prints them.
   *
   * @param run what was measured
   * @param paper what the paper reports of the same model and system
   * @return a row a quantity
   */
  public static Table beside(RunResult run, PaperScore paper) {
    StringColumn what = StringColumn.create("× 1e4");
    DoubleColumn ours = DoubleColumn.create("ours");
    DoubleColumn theirs = DoubleColumn.create("paper");
    DoubleColumn ratio = DoubleColumn.create("ours / paper");
    row(what, ours, theirs, ratio, "test MSE", run.testMse(), paper.testMse());
    row(what, ours, theirs, ratio, "train MSE", run.trainMse(), paper.trainMse());
    row(what, ours, theirs, ratio, "mean image, test MSE", run.meanImageMse(), Double.NaN);
    what.append("Var H over a test rollout (paper: of one), mean over %s".formatted(films(run)));
    append(ours, SCALE * run.energyVariance());
    append(theirs, SCALE * paper.testEnergyVariance());
    // A mean over films is no estimate of one film's.
    ratio.appendMissing();
    Table table = Table.create(run.caption(), what, ours, theirs, ratio);
    return Tables.decimals(table, 2, "ours", "paper", "ours / paper");
  }

  /**
   * Errors of one run beside the mean image's, × 1e4: for what the paper has no numbers of.
   *
   * @param run what was measured
   * @return a row a quantity
   */
  public static Table scores(RunResult run) {
    StringColumn what = StringColumn.create("× 1e4");
    DoubleColumn value = DoubleColumn.create("MSE");
    DoubleColumn share = DoubleColumn.create("of the mean image's");
    String[] labels = {"mean image, test", "train", "test"};
    double[] errors = {run.meanImageMse(), run.trainMse(), run.testMse()};
    for (int i = 0; i < labels.length; i++) {
      what.append(labels[i]);
      append(value, SCALE * errors[i]);
      append(share, errors[i] / run.meanImageMse());
    }
    Table table = Table.create(run.caption(), what, value, share);
    return Tables.decimals(Tables.decimals(table, 2, "MSE"), 3, "of the mean image's");
  }

  /**
   * All finished runs, a row each.
   *
   * @param runs for example those of {@link RunResult#all}
   * @return errors × 1e4; for densities the KL divergence in nats; empty where it is not measured
   */
  public static Table finished(List<RunResult> runs) {
    StringColumn run = StringColumn.create("run");
    StringColumn budget = StringColumn.create("budget");
    LongColumn seed = LongColumn.create("seed");
    LongColumn iterations = LongColumn.create("iterations");
    DoubleColumn minutes = DoubleColumn.create("minutes");
    DoubleColumn test = DoubleColumn.create("test MSE × 1e4");
    DoubleColumn meanImage = DoubleColumn.create("mean image × 1e4");
    DoubleColumn divergence = DoubleColumn.create("KL (nats)");
    for (RunResult r : runs) {
      run.append(r.experiment());
      budget.append(r.budget());
      seed.append(r.seed());
      iterations.append(r.iterations());
      append(minutes, r.wallSeconds() / 60);
      append(test, SCALE * r.testMse());
      append(meanImage, SCALE * r.meanImageMse());
      append(
          divergence,
          r.protocol().equals("density") && r.metrics().get("kl") instanceof Number kl
              ? kl.doubleValue()
              : Double.NaN);
    }
    Table table =
        Table.create("", run, budget, seed, iterations, minutes, test, meanImage, divergence);
    Tables.decimals(table, 1, "minutes");
    Tables.decimals(table, 2, "test MSE × 1e4", "mean image × 1e4");
    return Tables.decimals(table, 3, "KL (nats)");
  }

  /**
   * What training has cost: the runs' own wall times, summed by model and budget.
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
    StringColumn model = StringColumn.create("model");
    StringColumn budget = StringColumn.create("budget");
    LongColumn count = LongColumn.create("runs");
    DoubleColumn mean = DoubleColumn.create("minutes a run");
    DoubleColumn all = DoubleColumn.create("minutes of all");
    groups.forEach(
        (key, minutes) -> {
          model.append(key.get(0));
          budget.append(key.get(1));
          count.append(minutes.getCount());
          mean.append(minutes.getAverage());
          all.append(minutes.getSum());
        });
    return Tables.decimals(Table.create("", model, budget, count, mean, all), 1);
  }

  /** How many test films were scored, as far as the run's spec says so. */
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

  private static void row(
      StringColumn what,
      DoubleColumn ours,
      DoubleColumn theirs,
      DoubleColumn ratio,
      String label,
      double own,
      double reference) {
    what.append(label);
    append(ours, own * SCALE);
    append(theirs, reference * SCALE);
    append(ratio, own / reference);
  }

  /** Tablesaw's missing value is what a table shows as empty. */
  private static void append(DoubleColumn column, double value) {
    if (Double.isNaN(value)) {
      column.appendMissing();
    } else {
      column.append(value);
    }
  }
}
