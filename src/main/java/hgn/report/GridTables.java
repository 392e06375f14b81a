package hgn.report;

import hgn.io.Hashes;
import hgn.results.CollapseFinding;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.StudyResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    StringColumn paperTrain = StringColumn.create("paper, train");
    StringColumn paperTest = StringColumn.create("paper, test");
    DoubleColumn meanTrain = DoubleColumn.create("mean, train");
    DoubleColumn meanTest = DoubleColumn.create("mean, test");
    DoubleColumn normalised = DoubleColumn.create("normalised, test");
    for (ScoredRun run : runs) {
      model.append(run.model());
      system.append(run.system());
      StudyResult study = run.study();
      append(oneTrain, study == null ? Double.NaN : SCALE * study.trainRolloutVariance());
      append(oneTest, study == null ? Double.NaN : SCALE * study.testRolloutVariance());
      paperTrain.append(printed(run.paper(), run.paper().trainEnergyVariance()));
      paperTest.append(printed(run.paper(), run.paper().testEnergyVariance()));
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
   * What goes beyond the paper's tables: how long rollouts hold (median), whether they return (the
   * worst of the sequences, by the model's own method and by Euler's), what can be read off the
   * latent state.
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
      append(euler, java.util.Arrays.stream(s.eulerReturnErrors()).max().orElse(Double.NaN));
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

  /**
   * Table 1 for a page: a row a model, a column a system, our error ± its deviation over sequences
   * and the paper's in brackets; bold where ours is at or below it.
   *
   * @param split "train" or "test"
   * @param runs of a grid
   */
  public static Table beside(String split, List<ScoredRun> runs) {
    boolean test = split.equals("test");
    Table table =
        models(
            runs,
            run -> {
              double paper = test ? run.paper().testMse() : run.paper().trainMse();
              RunResult r = run.result();
              if (r == null) {
                return "%s (%s)".formatted(NONE, fixed(paper));
              }
              double ours = test ? r.testMse() : r.trainMse();
              return "%s ± %s (%s)"
                  .formatted(
                      ours <= paper ? "**%s**".formatted(fixed(ours)) : fixed(ours),
                      fixed(run.metric(split + "MseDeviation")),
                      fixed(paper));
            });
    if (test) {
      table.stringColumn(0).append("mean image");
      for (String system : distinct(runs, ScoredRun::system)) {
        table
            .stringColumn(system)
            .append(
                runs.stream()
                    .filter(run -> run.system().equals(system) && run.result() != null)
                    .findFirst()
                    .map(run -> fixed(run.result().meanImageMse()))
                    .orElse(NONE));
      }
    }
    return table;
  }

  /**
   * Our errors divided by the paper's, "train / test".
   *
   * @param runs of a grid
   */
  public static Table ratios(List<ScoredRun> runs) {
    return models(
        runs,
        run ->
            run.finished()
                .map(
                    r ->
                        "%s / %s"
                            .formatted(
                                ratio(r.trainMse() / run.paper().trainMse()),
                                ratio(r.testMse() / run.paper().testMse())))
                .orElse(NONE));
  }

  /**
   * Minutes of training, all sessions of a run together.
   *
   * @param runs of a grid
   */
  public static Table minutes(List<ScoredRun> runs) {
    return models(
        runs,
        run ->
            run.finished()
                .map(r -> String.format(Locale.ROOT, "%.1f", r.wallSeconds() / 60))
                .orElse(NONE));
  }

  private static Table models(
      List<ScoredRun> runs, java.util.function.Function<ScoredRun, String> cell) {
    List<String> models = distinct(runs, ScoredRun::model);
    Table table = Table.create("", StringColumn.create("", models));
    for (String system : distinct(runs, ScoredRun::system)) {
      table.addColumns(
          StringColumn.create(
              system, models.stream().map(model -> cell.apply(find(runs, model, system)))));
    }
    return table;
  }

  /**
   * Whether the models stand in the paper's order: on each system the worst HGN and the better of
   * the two HNNs.
   *
   * @param runs of Table 1
   */
  public static Table order(List<ScoredRun> runs) {
    StringColumn system = StringColumn.create("system");
    StringColumn worst = StringColumn.create("worst HGN");
    StringColumn best = StringColumn.create("better HNN");
    DoubleColumn factor = DoubleColumn.create("factor between");
    DoubleColumn share = DoubleColumn.create("worst HGN / mean image");
    for (String name : distinct(runs, ScoredRun::system)) {
      List<ScoredRun> there =
          runs.stream()
              .filter(run -> run.system().equals(name) && run.result() != null)
              .sorted(java.util.Comparator.comparingDouble(run -> run.result().testMse()))
              .toList();
      List<ScoredRun> hgn = there.stream().filter(run -> run.model().startsWith("HGN")).toList();
      List<ScoredRun> hnn = there.stream().filter(run -> run.model().startsWith("HNN")).toList();
      if (hgn.isEmpty() || hnn.isEmpty()) {
        continue;
      }
      ScoredRun last = hgn.get(hgn.size() - 1);
      system.append(name);
      worst.append("%s, %s".formatted(last.model(), fixed(last.result().testMse())));
      best.append("%s, %s".formatted(hnn.get(0).model(), fixed(hnn.get(0).result().testMse())));
      factor.append(hnn.get(0).result().testMse() / last.result().testMse());
      share.append(last.result().testMse() / last.result().meanImageMse());
    }
    return Tables.decimals(Table.create("", system, worst, best, factor, share), 2);
  }

  /**
   * The two protocols: reconstruct what was seen, or predict what was not.
   *
   * @param reconstructed runs of Table 1
   * @param predicted the same models by the other protocol; rows are those that have both
   */
  public static Table protocols(List<ScoredRun> reconstructed, List<ScoredRun> predicted) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    StringColumn one = StringColumn.create("reconstruct, test");
    StringColumn train = StringColumn.create("predict, train");
    StringColumn two = StringColumn.create("predict, test");
    StringColumn paper = StringColumn.create("paper, test");
    StringColumn more = StringColumn.create("predict / reconstruct");
    StringColumn iterations = StringColumn.create("iterations");
    for (ScoredRun p : predicted) {
      ScoredRun r = find(reconstructed, p.model(), p.system());
      if (r.result() == null || p.result() == null) {
        continue;
      }
      model.append(p.model());
      system.append(p.system());
      one.append(spread(r, RunResult::testMse, "testMseDeviation"));
      train.append(spread(p, RunResult::trainMse, "trainMseDeviation"));
      two.append(spread(p, RunResult::testMse, "testMseDeviation"));
      paper.append(fixed(p.paper().testMse()));
      more.append(ratio(p.result().testMse() / r.result().testMse()));
      long seen = r.result().iterations();
      long unseen = p.result().iterations();
      iterations.append(seen == unseen ? "" + seen : seen + " / " + unseen);
    }
    return Table.create("", model, system, one, train, two, paper, more, iterations);
  }

  /**
   * Runs that were trained longer: beside the paper's numbers, and beside the same model as it is
   * in our Table 1.
   *
   * @param title of the table
   * @param runs in the order of the rows; those that are not finished are left out
   * @param table1 a run for each model and system, or none
   */
  public static Table longer(String title, List<ScoredRun> runs, List<ScoredRun> table1) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    LongColumn iterations = LongColumn.create("iterations");
    StringColumn hours = StringColumn.create("hours");
    StringColumn device = StringColumn.create("device");
    StringColumn train = StringColumn.create("train (paper)");
    StringColumn test = StringColumn.create("test (paper)");
    StringColumn ratio = StringColumn.create("test / paper");
    StringColumn before = StringColumn.create("test in our Table 1");
    for (ScoredRun run : runs) {
      RunResult r = run.result();
      if (r == null) {
        continue;
      }
      model.append(run.model());
      system.append(run.system());
      iterations.append(r.iterations());
      hours.append(String.format(Locale.ROOT, "%.1f", r.wallSeconds() / 3600));
      device.append(r.device());
      train.append(
          spread(run, RunResult::trainMse, "trainMseDeviation")
              + " (%s)".formatted(fixed(run.paper().trainMse())));
      test.append(
          spread(run, RunResult::testMse, "testMseDeviation")
              + " (%s)".formatted(fixed(run.paper().testMse())));
      ratio.append(ratio(r.testMse() / run.paper().testMse()));
      before.append(
          table1.stream()
              .filter(q -> q.result() != null && q.system().equals(run.system()))
              .filter(q -> q.result().model().equals(r.model()))
              .findFirst()
              .map(q -> fixed(q.result().testMse()))
              .orElse(NONE));
    }
    return Table.create(
        title, model, system, iterations, hours, device, train, test, ratio, before);
  }

  /**
   * Mean of |ours − paper| / paper over test errors: what the independent reproduction reports, 30
   * % where it reconstructs and 107 % where it predicts.
   *
   * @param runs those that are not finished are left out
   * @return NaN where there is none
   */
  public static double deviation(List<ScoredRun> runs) {
    return runs.stream()
        .filter(run -> run.result() != null)
        .mapToDouble(run -> Math.abs(run.result().testMse() / run.paper().testMse() - 1))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * How good samples from the prior are, beside the error of reconstruction that they are traded
   * against: squared errors a pixel × 1e4 between frames and their nearest neighbours.
   *
   * @param title of the table
   * @param runs those without a study, or without a prior, are left out
   */
  public static Table samples(String title, List<ScoredRun> runs) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    DoubleColumn test = DoubleColumn.create("test MSE");
    DoubleColumn distance = DoubleColumn.create("sample to nearest film frame");
    DoubleColumn coverage = DoubleColumn.create("film frame to nearest sample");
    DoubleColumn floor = DoubleColumn.create("other films' frames to nearest");
    for (ScoredRun run : runs) {
      StudyResult s = run.study();
      // Of an earlier program's study these are 0.
      if (s == null || run.result() == null || !(s.dataDistance() > 0)) {
        continue;
      }
      model.append(run.model());
      system.append(run.system());
      test.append(SCALE * run.result().testMse());
      append(distance, SCALE * s.sampleDistance());
      append(coverage, SCALE * s.sampleCoverage());
      append(floor, SCALE * s.dataDistance());
    }
    return Tables.decimals(Table.create(title, model, system, test, distance, coverage, floor), 2);
  }

  /**
   * What has become of the baselines that see pixels.
   *
   * @param runs of Table 1; those that are of no PixelHNN are left out
   */
  public static Table collapse(List<ScoredRun> runs) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    StringColumn test = StringColumn.create("test / mean image");
    StringColumn pair = StringColumn.create("one pair / mean image");
    StringColumn finding = StringColumn.create("finding");
    for (ScoredRun run : runs) {
      Optional<CollapseFinding> found = run.finished().flatMap(CollapseFinding::of);
      if (found.isEmpty()) {
        continue;
      }
      String said = found.get().words();
      double mean = run.result().meanImageMse();
      model.append(run.model());
      system.append(run.system());
      test.append(ratio(run.result().testMse() / mean));
      pair.append(ratio(run.metric("autoencodingMse") / mean));
      finding.append(said.isEmpty() ? "no collapse" : said);
    }
    return Table.create("", model, system, test, pair, finding);
  }

  /**
   * Where every number of Tables 1 and 2 comes from: a row a run. The cells are the four of that
   * model and system; those of Table 2 "over one rollout" are in the study, the others in the
   * result.
   *
   * @param runs of a grid
   */
  public static Table sources(List<ScoredRun> runs) {
    StringColumn model = StringColumn.create("model");
    StringColumn system = StringColumn.create("system");
    StringColumn result = StringColumn.create("result");
    StringColumn spec = StringColumn.create("spec");
    LongColumn seed = LongColumn.create("seed");
    LongColumn iterations = LongColumn.create("iterations");
    StringColumn weights = StringColumn.create("weights");
    StringColumn commit = StringColumn.create("commit");
    StringColumn study = StringColumn.create("study");
    for (ScoredRun run : runs) {
      RunResult r = run.result();
      if (r == null) {
        continue;
      }
      model.append(run.model());
      system.append(run.system());
      result.append(run.file());
      spec.append(Hashes.key(r.spec()));
      seed.append(r.seed());
      iterations.append(r.iterations());
      weights.append(
          Double.isNaN(run.metric(RunResult.PACKED))
              ? "not shipped"
              : run.file().replace(RunResult.FILE_NAME, "weights.npz") + " (float16)");
      commit.append(r.versions().getOrDefault("commit", "unknown"));
      study.append(
          run.study() == null
              ? NONE
              : run.file().replace(RunResult.FILE_NAME, StudyResult.FILE_NAME));
    }
    return Table.create(
        "Where the numbers come from",
        model,
        system,
        result,
        spec,
        seed,
        iterations,
        weights,
        commit,
        study);
  }

  private static String ratio(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.2f", value);
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

  /** A variance as the paper prints it: "N/A" where it has none of a run that is in its Table 1. */
  private static String printed(PaperScore paper, double variance) {
    return Double.isNaN(variance) && !Double.isNaN(paper.testMse()) ? "N/A" : fixed(variance);
  }

  private static void append(DoubleColumn column, double value) {
    if (Double.isNaN(value)) {
      column.appendMissing();
    } else {
      column.append(value);
    }
  }
}
