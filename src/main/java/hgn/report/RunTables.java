package hgn.report;

import hgn.results.PaperScore;
import hgn.results.RunResult;
import tech.tablesaw.api.DoubleColumn;
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
    row(
        what,
        ours,
        theirs,
        ratio,
        "Var H over a test rollout",
        run.energyVariance(),
        paper.testEnergyVariance());
    Table table = Table.create(run.caption(), what, ours, theirs, ratio);
    return Tables.decimals(table, 2, "ours", "paper", "ours / paper");
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
