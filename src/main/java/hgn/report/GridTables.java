package hgn.report;

import static hgn.report.Numbers.NONE;
import static hgn.report.Numbers.SCALE;
import static hgn.report.ScoredCells.TEST;
import static hgn.report.ScoredCells.TRAIN;
import static hgn.report.ScoredCells.distinct;
import static hgn.report.ScoredCells.find;
import static hgn.report.ScoredCells.finished;
import static hgn.report.ScoredCells.first;
import static hgn.report.ScoredCells.how;
import static hgn.report.ScoredCells.meanImage;
import static hgn.report.ScoredCells.models;
import static hgn.report.ScoredCells.ratio;
import static hgn.report.ScoredCells.replicates;
import static hgn.report.ScoredCells.rows;
import static hgn.report.ScoredCells.scaled;
import static hgn.report.ScoredCells.spread;
import static hgn.report.ScoredCells.studied;

import hgn.io.Hashes;
import hgn.report.ScoredCells.Protocols;
import hgn.results.CollapseFinding;
import hgn.results.Metric;
import hgn.results.PaperScore;
import hgn.results.Replicates;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.StudyResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/** Tables 1 and 2 of the paper and tables of further findings, over many runs; errors × 1e4. */
public final class GridTables {

  private GridTables() {}

  /**
   * Table 1 as the paper has it: a row a model, for each system train and test MSE, and the paper's
   * "train / test". With runs of one seed, mean ± standard deviation over sequences; with several,
   * over seeds, and a cell that has one seed has no deviation.
   *
   * @param runs of a grid
   * @return with a row for the mean image, and for the noise floor where noise was rendered
   */
  public static Table table1(List<ScoredRun> runs) {
    Map<String, UnaryOperator<String>> references = new LinkedHashMap<>();
    references.put("mean image", system -> meanImage(runs, system));
    if (runs.stream().anyMatch(run -> run.metric(Metric.NOISE_FLOOR) > 0)) {
      references.put("noise floor", s -> first(runs, s, run -> run.metric(Metric.NOISE_FLOOR)));
    }
    List<String> models = distinct(runs, ScoredRun::model);
    boolean several = Replicates.of(runs).stream().anyMatch(Replicates::several);
    TableBuilder<String> table =
        new TableBuilder<>(
            "Table 1, " + how(runs) + (several ? ", ± over seeds" : ""),
            Stream.concat(models.stream(), references.keySet().stream()).toList());
    table.text("MSE × 1e4", row -> row);
    for (String system : distinct(runs, ScoredRun::system)) {
      Function<Function<Replicates, String>, Function<String, String>> cells =
          text ->
              row -> references.containsKey(row) ? "" : text.apply(replicates(runs, row, system));
      Function<String, String> test =
          cells.apply(same -> several ? spread(same, TEST) : ScoredCells.test(same.first()));
      table
          .text(
              system + " train",
              cells.apply(same -> several ? spread(same, TRAIN) : ScoredCells.train(same.first())))
          .text(
              system + " test",
              row -> references.getOrDefault(row, s -> test.apply(row)).apply(system))
          .text(
              system + " paper",
              cells.apply(
                  same -> {
                    PaperScore paper = same.first().paper();
                    return scaled(paper.trainMse()) + " / " + scaled(paper.testMse());
                  }));
    }
    return table.table();
  }

  /**
   * Table 1 as data: a row a run with everything that leads back to it.
   *
   * @param runs of a grid
   */
  public static Table table1Data(List<ScoredRun> runs) {
    return rows("Table 1 as data, MSE raw", finished(runs))
        .text("protocol", run -> run.result().protocol())
        .text("architecture", run -> run.result().architecture())
        .text("budget", run -> run.result().budget())
        .whole("seed", run -> run.result().seed())
        .whole("iterations", run -> run.result().iterations())
        .text("device", run -> run.result().device())
        .number("wall s", run -> run.result().wallSeconds())
        .number("train MSE", run -> run.result().trainMse())
        .number("train MSE sd", run -> run.metric(Metric.TRAIN_MSE_DEVIATION))
        .number("test MSE", run -> run.result().testMse())
        .number("test MSE sd", run -> run.metric(Metric.TEST_MSE_DEVIATION))
        .number("paper train MSE", run -> run.paper().trainMse())
        .number("paper test MSE", run -> run.paper().testMse())
        .number("test / paper", run -> run.result().testMse() / run.paper().testMse())
        .number("mean image MSE", run -> run.result().meanImageMse())
        .text("result", ScoredRun::file)
        .table();
  }

  /**
   * Table 2: the variance of the learned energy × 1e4. Over one rollout as in the paper, its mean
   * over a batch, and divided by the variance of the energy across sequences, which alone compares
   * models, because the scale of a learned energy is arbitrary.
   *
   * @param runs of a grid; with several seeds the columns are of the first, and one more has the
   *     normalised variance over all: its median with the lowest and the highest, for a variance
   *     ranges over factors and not over differences
   */
  public static Table table2(List<ScoredRun> runs) {
    List<Replicates> cells = Replicates.of(runs);
    List<ScoredRun> firsts = cells.stream().map(Replicates::first).toList();
    TableBuilder<ScoredRun> table =
        rows("Table 2, Var H × 1e4, " + how(firsts), firsts)
            .number("one rollout, train", studied(s -> SCALE * s.trainRolloutVariance()))
            .number("one rollout, test", studied(s -> SCALE * s.testRolloutVariance()))
            .text(
                "paper, train",
                run -> ScoredCells.printed(run.paper(), run.paper().trainEnergyVariance()))
            .text(
                "paper, test",
                run -> ScoredCells.printed(run.paper(), run.paper().testEnergyVariance()))
            .number("mean, train", run -> SCALE * run.metric(Metric.TRAIN_ENERGY_VARIANCE))
            .number(
                "mean, test",
                run -> run.result() == null ? Double.NaN : SCALE * run.result().energyVariance())
            .number("normalised, test", run -> SCALE * run.normalisedEnergyVariance());
    if (cells.stream().anyMatch(Replicates::several)) {
      table.text(
          "normalised, test, median of the seeds (range)",
          run ->
              ScoredCells.medianAndRange(
                  replicates(runs, run.model(), run.system()),
                  r -> SCALE * r.normalisedEnergyVariance()));
    }
    return table.table();
  }

  /**
   * Findings beyond the paper's tables: how long rollouts hold (median), whether they return (the
   * worst of the sequences, by the model's own method and by Euler's), what can be read off the
   * latent state.
   *
   * @param runs of a grid; those without a study are left out
   */
  public static Table studies(List<ScoredRun> runs) {
    return rows(
            "Beyond the tables, " + how(runs),
            runs.stream().filter(run -> run.study() != null).toList())
        .text(
            "valid time forward", run -> ScoredCells.time(run.study().validForward(), run.study()))
        .text(
            "valid time backward",
            run -> ScoredCells.time(run.study().validBackward(), run.study()))
        .number("return error", studied(s -> ScoredCells.max(s.returnErrors())))
        .number("return error by Euler", studied(s -> ScoredCells.max(s.eulerReturnErrors())))
        .number(
            "|ΔH| / sd H at the end",
            studied(s -> s.energyDeviation()[s.energyDeviation().length - 1]))
        .number("R² of q", studied(s -> ScoredCells.mean(s.probeQ())))
        .number("R² of p", studied(s -> ScoredCells.mean(s.probeP())))
        .table();
  }

  /**
   * Test errors of variations beside what they start from.
   *
   * @param title of the table
   * @param runs in the order of the rows; those that are not finished are left out
   */
  public static Table variations(String title, List<ScoredRun> runs) {
    return new TableBuilder<>(title, finished(runs))
        .text("variation", ScoredRun::model)
        .text("system", ScoredRun::system)
        .whole("iterations", run -> run.result().iterations())
        .number("wall s", run -> run.result().wallSeconds())
        .number("train MSE × 1e4", 2, run -> SCALE * run.result().trainMse())
        .number("test MSE × 1e4", 2, run -> SCALE * run.result().testMse())
        .number("test / mean image", run -> run.result().testMse() / run.result().meanImageMse())
        .table();
  }

  /**
   * Minutes of training, all sessions of a run together.
   *
   * @param runs of a grid
   */
  public static Table minutes(List<ScoredRun> runs) {
    return models(
        runs,
        same ->
            same.first().finished().map(r -> Numbers.fixed(r.wallSeconds() / 60, 1)).orElse(NONE));
  }

  /**
   * The two protocols: reconstruct what was seen, or predict what was not.
   *
   * @param reconstructed runs of Table 1
   * @param predicted the same models by the other protocol; rows are those that have both
   */
  public static Table protocols(List<ScoredRun> reconstructed, List<ScoredRun> predicted) {
    return new TableBuilder<>(
            "",
            predicted.stream()
                .map(p -> new Protocols(find(reconstructed, p.model(), p.system()), p))
                .filter(Protocols::finished)
                .toList())
        .text("model", both -> both.unseen().model())
        .text("system", both -> both.unseen().system())
        .text("reconstruct, test", both -> ScoredCells.test(both.seen()))
        .text("predict, train", both -> ScoredCells.train(both.unseen()))
        .text("predict, test", both -> ScoredCells.test(both.unseen()))
        .text("paper, test", both -> scaled(both.unseen().paper().testMse()))
        .text(
            "predict / reconstruct",
            both -> ratio(both.unseen().result().testMse(), both.seen().result().testMse()))
        .text("iterations", Protocols::iterations)
        .table();
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
    return rows(title, finished(runs))
        .whole("iterations", run -> run.result().iterations())
        .text("hours", run -> Numbers.fixed(run.result().wallSeconds() / 3600, 1))
        .text("device", run -> run.result().device())
        .text(
            "train (paper)",
            run -> ScoredCells.train(run) + " (%s)".formatted(scaled(run.paper().trainMse())))
        .text(
            "test (paper)",
            run -> ScoredCells.test(run) + " (%s)".formatted(scaled(run.paper().testMse())))
        .text("test / paper", run -> ratio(run.result().testMse(), run.paper().testMse()))
        .text(
            "test in our Table 1",
            run ->
                first(
                    table1.stream()
                        .filter(q -> q.result() != null)
                        .filter(q -> q.result().model().equals(run.result().model()))
                        .toList(),
                    run.system(),
                    q -> q.result().testMse()))
        .table();
  }

  /**
   * Mean of |ours − paper| / paper over test errors: what the independent reproduction reports, 30
   * % where it reconstructs and 107 % where it predicts.
   *
   * @param runs those that are not finished are left out
   * @return NaN where there is none
   */
  public static double deviation(List<ScoredRun> runs) {
    return finished(runs).stream()
        .mapToDouble(run -> Math.abs(run.result().testMse() / run.paper().testMse() - 1))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Quality of samples from the prior, beside the error of reconstruction that they are traded
   * against: squared errors a pixel × 1e4 between frames and their nearest neighbours.
   *
   * @param title of the table
   * @param runs those without a study, or without a prior, are left out
   */
  public static Table samples(String title, List<ScoredRun> runs) {
    return rows(
            title,
            finished(runs).stream()
                // Of an earlier program's study the distances are 0.
                .filter(run -> run.study() != null && run.study().dataDistance() > 0)
                .toList())
        .number("test MSE", 2, run -> SCALE * run.result().testMse())
        .number("sample to nearest film frame", 2, studied(s -> SCALE * s.sampleDistance()))
        .number("film frame to nearest sample", 2, studied(s -> SCALE * s.sampleCoverage()))
        .number("other films' frames to nearest", 2, studied(s -> SCALE * s.dataDistance()))
        .table();
  }

  /**
   * Collapse of the baselines that see pixels.
   *
   * @param runs of Table 1; those that are of no PixelHNN are left out
   */
  public static Table collapse(List<ScoredRun> runs) {
    return rows(
            "",
            finished(runs).stream()
                .filter(run -> CollapseFinding.of(run.result()).isPresent())
                .toList())
        .text(
            "test / mean image", run -> ratio(run.result().testMse(), run.result().meanImageMse()))
        .text(
            "one pair / mean image",
            run -> ratio(run.metric(Metric.AUTOENCODING_MSE), run.result().meanImageMse()))
        .text("finding", run -> BaselineTables.words(run.result()))
        .table();
  }

  /**
   * Sources of every number of Tables 1 and 2: a row a run. The cells are the four of that model
   * and system; those of Table 2 "over one rollout" are in the study, the others in the result.
   *
   * @param runs of a grid
   */
  public static Table sources(List<ScoredRun> runs) {
    return rows("Where the numbers come from", finished(runs))
        .text("result", ScoredRun::file)
        .text("spec", run -> Hashes.key(run.result().spec()))
        .whole("seed", run -> run.result().seed())
        .whole("iterations", run -> run.result().iterations())
        .text(
            "weights",
            run ->
                Double.isNaN(run.metric(Metric.PACKED_TEST_MSE))
                    ? "not shipped"
                    : beside(run, "weights.npz") + " (float16)")
        .text("commit", run -> run.result().versions().getOrDefault("commit", "unknown"))
        .text("study", run -> run.study() == null ? NONE : beside(run, StudyResult.FILE_NAME))
        .table();
  }

  private static String beside(ScoredRun run, String file) {
    return run.file().replace(RunResult.FILE_NAME, file);
  }
}
