package hgn.report;

import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.StudyResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables 1 and 2 and what goes beyond them, over many runs. Errors are × 1e4 as in the paper. */
public final class GridTables {
  private static final double SCALE = 1e4;
  private static final String NONE = "–";

  private GridTables() {}

  /**
   * Table 1 as the paper has it: a row a model, for each system train and test MSE, mean ± standard
   * deviation over sequences, and the paper's "train / test".
   *
   * @param runs of a grid
   * @return with a row for the mean image, and for the noise floor where noise was rendered
   */
  public static Table table1(List<ScoredRun> runs) {
    List<String> models = distinct(runs, ScoredRun::model);
    List<String> systems = distinct(runs, ScoredRun::system);
    boolean noisy = runs.stream().anyMatch(run -> run.metric("noiseFloor") > 0);
    StringColumn name = StringColumn.create("MSE × 1e4");
    models.forEach(name::append);
    name.append("mean image");
    if (noisy) {
      name.append("noise floor");
    }
    Table table = Table.create("Table 1, " + how(runs), name);
    for (String system : systems) {
      StringColumn train = StringColumn.create(system + " train");
      StringColumn test = StringColumn.create(system + " test");
      StringColumn paper = StringColumn.create(system + " paper");
      for (String model : models) {
        ScoredRun run = find(runs, model, system);
        train.append(spread(run, RunResult::trainMse, "trainMseDeviation"));
        test.append(spread(run, RunResult::testMse, "testMseDeviation"));
        paper.append(
            "%s / %s".formatted(fixed(run.paper().trainMse()), fixed(run.paper().testMse())));
      }
      reference(train, test, paper, runs, system, run -> run.result().meanImageMse());
      if (noisy) {
        reference(train, test, paper, runs, system, run -> run.metric("noiseFloor"));
      }
      table.addColumns(train, test, paper);
    }
    return table;
  }

  private static void reference(
      StringColumn train,
      StringColumn test,
      StringColumn paper,
      List<ScoredRun> runs,
      String system,
      java.util.function.ToDoubleFunction<ScoredRun> value) {
    train.append("");
    test.append(
        runs.stream()
            .filter(run -> run.system().equals(system) && run.result() != null)
            .findFirst()
            .map(run -> fixed(value.applyAsDouble(run)))
            .orElse(NONE));
    paper.append("");
  }

  private static String spread(
      ScoredRun run, java.util.function.ToDoubleFunction<RunResult> mse, String deviation) {
    return run.finished()
        .map(r -> "%s ± %s".formatted(fixed(mse.applyAsDouble(r)), fixed(run.metric(deviation))))
        .orElse(NONE);
  }

  /**
   * Table 1 as data: a row a run with everything that leads back to it.
   *
   * @param runs of a grid
   */
  public static Table table1Data(List<ScoredRun> runs) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    StringColumn protocol = StringColumn.create("protocol");
    StringColumn architecture = StringColumn.create("architecture");
    StringColumn budget = StringColumn.create("budget");
    LongColumn seed = LongColumn.create("seed");
    LongColumn iterations = LongColumn.create("iterations");
    StringColumn device = StringColumn.create("device");
    DoubleColumn wall = DoubleColumn.create("wall s");
    DoubleColumn train = DoubleColumn.create("train MSE");
    DoubleColumn trainDeviation = DoubleColumn.create("train MSE sd");
    DoubleColumn test = DoubleColumn.create("test MSE");
    DoubleColumn testDeviation = DoubleColumn.create("test MSE sd");
    DoubleColumn paperTrain = DoubleColumn.create("paper train MSE");
    DoubleColumn paperTest = DoubleColumn.create("paper test MSE");
    DoubleColumn ratio = DoubleColumn.create("test / paper");
    DoubleColumn mean = DoubleColumn.create("mean image MSE");
    StringColumn file = StringColumn.create("result");
    for (ScoredRun run : runs) {
      RunResult r = run.result();
      if (r == null) {
        continue;
      }
      model.append(run.model());
      system.append(run.system());
      protocol.append(r.protocol());
      architecture.append(r.architecture());
      budget.append(r.budget());
      seed.append(r.seed());
      iterations.append(r.iterations());
      device.append(r.device());
      append(wall, r.wallSeconds());
      append(train, r.trainMse());
      append(trainDeviation, run.metric("trainMseDeviation"));
      append(test, r.testMse());
      append(testDeviation, run.metric("testMseDeviation"));
      append(paperTrain, run.paper().trainMse());
      append(paperTest, run.paper().testMse());
      append(ratio, r.testMse() / run.paper().testMse());
      append(mean, r.meanImageMse());
      file.append(run.file());
    }
    return Table.create(
        "Table 1 as data, MSE raw",
        model,
        system,
        protocol,
        architecture,
        budget,
        seed,
        iterations,
        device,
        wall,
        train,
        trainDeviation,
        test,
        testDeviation,
        paperTrain,
        paperTest,
        ratio,
        mean,
        file);
  }

  /**
   * Table 2: the variance of the learned energy × 1e4. Over one rollout as in the paper, its mean
   * over a batch, and divided by the variance of the energy across sequences, which alone compares
   * models, because the scale of a learned energy is arbitrary.
   *
   * @param runs of a grid
   */
  public static Table table2(List<ScoredRun> runs) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    DoubleColumn oneTrain = DoubleColumn.create("one rollout, train");
    DoubleColumn oneTest = DoubleColumn.create("one rollout, test");
    DoubleColumn paperTrain = DoubleColumn.create("paper, train");
    DoubleColumn paperTest = DoubleColumn.create("paper, test");
    DoubleColumn meanTrain = DoubleColumn.create("mean, train");
    DoubleColumn meanTest = DoubleColumn.create("mean, test");
    DoubleColumn normalised = DoubleColumn.create("normalised, test");
    for (ScoredRun run : runs) {
      model.append(run.model());
      system.append(run.system());
      StudyResult study = run.study();
      append(oneTrain, study == null ? Double.NaN : SCALE * study.trainRolloutVariance());
      append(oneTest, study == null ? Double.NaN : SCALE * study.testRolloutVariance());
      append(paperTrain, SCALE * run.paper().trainEnergyVariance());
      append(paperTest, SCALE * run.paper().testEnergyVariance());
      append(meanTrain, SCALE * run.metric("trainEnergyVariance"));
      append(meanTest, run.result() == null ? Double.NaN : SCALE * run.result().energyVariance());
      append(normalised, SCALE * run.metric("testNormalisedEnergyVariance"));
    }
    return Table.create(
        "Table 2, Var H × 1e4, " + how(runs),
        model,
        system,
        oneTrain,
        oneTest,
        paperTrain,
        paperTest,
        meanTrain,
        meanTest,
        normalised);
  }

  /**
   * What goes beyond the paper's tables: how long rollouts hold, whether they return, what can be
   * read off the latent state.
   *
   * @param runs of a grid; those without a study are left out
   */
  public static Table studies(List<ScoredRun> runs) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    StringColumn forward = StringColumn.create("valid time forward");
    StringColumn backward = StringColumn.create("valid time backward");
    DoubleColumn there = DoubleColumn.create("return error");
    DoubleColumn euler = DoubleColumn.create("return error by Euler");
    DoubleColumn drift = DoubleColumn.create("|ΔH| / sd H at the end");
    DoubleColumn q = DoubleColumn.create("R² of q");
    DoubleColumn p = DoubleColumn.create("R² of p");
    for (ScoredRun run : runs) {
      StudyResult s = run.study();
      if (s == null) {
        continue;
      }
      double end = s.time()[s.time().length - 1];
      model.append(run.model());
      system.append(run.system());
      forward.append(time(StudyResult.median(s.validForward()), end));
      backward.append(time(StudyResult.median(s.validBackward()), end));
      append(there, java.util.Arrays.stream(s.returnErrors()).max().orElse(Double.NaN));
      append(euler, StudyResult.median(s.eulerReturnErrors()));
      append(drift, s.energyDeviation()[s.energyDeviation().length - 1]);
      append(q, java.util.Arrays.stream(s.probeQ()).average().orElse(Double.NaN));
      append(p, java.util.Arrays.stream(s.probeP()).average().orElse(Double.NaN));
    }
    return Table.create(
        "Beyond the tables, " + how(runs),
        model,
        system,
        forward,
        backward,
        there,
        euler,
        drift,
        q,
        p);
  }

  private static String time(double median, double end) {
    return median >= end ? "≥ %.1f".formatted(end) : "%.2f".formatted(median);
  }

  /**
   * Test errors of variations beside what they start from.
   *
   * @param title of the table
   * @param runs in the order of the rows; those that are not finished are left out
   */
  public static Table variations(String title, List<ScoredRun> runs) {
    StringColumn what = StringColumn.create("variation");
    StringColumn system = StringColumn.create("system");
    LongColumn iterations = LongColumn.create("iterations");
    DoubleColumn wall = DoubleColumn.create("wall s");
    DoubleColumn train = DoubleColumn.create("train MSE × 1e4");
    DoubleColumn test = DoubleColumn.create("test MSE × 1e4");
    DoubleColumn share = DoubleColumn.create("test / mean image");
    for (ScoredRun run : runs) {
      RunResult r = run.result();
      if (r == null) {
        continue;
      }
      what.append(run.model());
      system.append(run.system());
      iterations.append(r.iterations());
      append(wall, r.wallSeconds());
      append(train, SCALE * r.trainMse());
      append(test, SCALE * r.testMse());
      append(share, r.testMse() / r.meanImageMse());
    }
    return Tables.decimals(
        Table.create(title, what, system, iterations, wall, train, test, share),
        2,
        "train MSE × 1e4",
        "test MSE × 1e4");
  }

  private static ScoredRun find(List<ScoredRun> runs, String model, String system) {
    return runs.stream()
        .filter(run -> run.model().equals(model) && run.system().equals(system))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> distinct(
      List<ScoredRun> runs, java.util.function.Function<ScoredRun, String> key) {
    return List.copyOf(runs.stream().map(key).collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** Budget, protocol, architectures and seeds of what is in the table. */
  private static String how(List<ScoredRun> runs) {
    Set<String> parts = new LinkedHashSet<>();
    List<String> all = new ArrayList<>();
    for (ScoredRun run : runs) {
      run.finished()
          .ifPresent(
              r ->
                  parts.add(
                      "%s budget, %s, seed %d".formatted(r.budget(), r.protocol(), r.seed())));
    }
    all.add(parts.isEmpty() ? "no finished run" : String.join("; ", parts));
    Set<String> architectures = new LinkedHashSet<>();
    runs.forEach(run -> run.finished().ifPresent(r -> architectures.add(r.architecture())));
    if (!architectures.isEmpty()) {
      all.add("architecture " + String.join(", ", architectures));
    }
    return String.join(", ", all);
  }

  private static String fixed(double mse) {
    return Double.isNaN(mse) ? NONE : String.format(Locale.ROOT, "%.2f", SCALE * mse);
  }

  private static void append(DoubleColumn column, double value) {
    if (Double.isNaN(value)) {
      column.appendMissing();
    } else {
      column.append(value);
    }
  }
}
