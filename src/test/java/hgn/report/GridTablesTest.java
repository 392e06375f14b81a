package hgn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Records;
import hgn.results.Axes;
import hgn.results.FrameSequence;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.StudyResult;
import hgn.testing.Results;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class GridTablesTest {
  private static final PaperScore PAPER = new PaperScore(3.84e-4, 6.23e-4, 1.38e-4, Double.NaN);

  private static RunResult result(double test, double floor) {
    return Results.quick(
        "hgn-leapfrog",
        "pendulum",
        1,
        1000,
        300,
        new RunResult.Pixels(1e-4, test, 47e-4, 5e-6),
        Map.of(
            "trainMseDeviation",
            0.5e-4,
            "testMseDeviation",
            0.25e-4,
            "noiseFloor",
            floor,
            "testNormalisedEnergyVariance",
            2e-4,
            "testFrameMse",
            List.of(1e-4, 2e-4)));
  }

  private static StudyResult study() {
    double[] two = {0, 10};
    double[] late = {10, 10, 2};
    return new StudyResult(
        "k",
        "e",
        "quick",
        1,
        3,
        1e-5,
        2e-5,
        two,
        two,
        two,
        two,
        two,
        two,
        late,
        new double[] {1, 2, 3},
        new double[] {1e-6, 3e-6},
        new double[] {0.5, 0.1, 0.2},
        new double[] {1, 0.5},
        new double[] {0.25},
        two,
        two,
        3e-4,
        4e-4,
        1e-4,
        new StudyResult.Portrait[0]);
  }

  private static List<ScoredRun> runs(double floor) {
    return List.of(
        new ScoredRun("A", "pendulum", result(2e-4, floor), study(), PAPER, "a.json", Axes.UNNAMED),
        new ScoredRun("B", "pendulum", null, null, PAPER, "b.json", Axes.UNNAMED));
  }

  @Test
  void table1HasMeanAndDeviationThePaperAndTheMeanImage() {
    Table table = GridTables.table1(runs(0));
    assertEquals("2.00 ± 0.25", table.stringColumn("pendulum test").get(0));
    assertEquals("1.00 ± 0.50", table.stringColumn("pendulum train").get(0));
    assertEquals("3.84 / 6.23", table.stringColumn("pendulum paper").get(0));
    assertEquals("–", table.stringColumn("pendulum test").get(1), "not finished");
    assertEquals("mean image", table.stringColumn(0).get(2));
    assertEquals("47.00", table.stringColumn("pendulum test").get(2));
    assertEquals(3, table.rowCount());
    assertTrue(table.name().contains("quick budget, reconstruct, seed 1, architecture compact"));
  }

  @Test
  void whereNoiseWasRenderedItsFloorIsARow() {
    Table table = GridTables.table1(runs(7e-4));
    assertEquals("noise floor", table.stringColumn(0).get(3));
    assertEquals("7.00", table.stringColumn("pendulum test").get(3));
  }

  @Test
  void table2HasAllThreeVariances() {
    Table table = GridTables.table2(runs(0));
    assertEquals(0.1, table.doubleColumn("one rollout, train").get(0), 1e-12);
    assertEquals(0.2, table.doubleColumn("one rollout, test").get(0), 1e-12);
    assertEquals(0.05, table.doubleColumn("mean, test").get(0), 1e-12);
    assertEquals(2, table.doubleColumn("normalised, test").get(0), 1e-12);
    assertEquals("1.38", table.stringColumn("paper, train").get(0));
    assertEquals("N/A", table.stringColumn("paper, test").get(0), "as in the paper");
    assertTrue(table.doubleColumn("one rollout, test").isMissing(1));
  }

  @Test
  void whatThePaperDoesNotHaveIsADash() {
    double nan = Double.NaN;
    PaperScore none = new PaperScore(nan, nan, nan, nan);
    Table table =
        GridTables.table2(
            List.of(new ScoredRun("A", "lamp", result(2e-4, 0), null, none, "a", Axes.UNNAMED)));
    assertEquals("–", table.stringColumn("paper, test").get(0));
  }

  @Test
  void theDataLeadBackToTheResult() {
    Table table = GridTables.table1Data(runs(0));
    assertEquals(1, table.rowCount());
    assertEquals("a.json", table.stringColumn("result").get(0));
    assertEquals(2e-4, table.doubleColumn("test MSE").get(0));
    assertEquals(2 / 6.23, table.doubleColumn("test / paper").get(0), 1e-9);
  }

  @Test
  void aValidTimeThatReachesTheEndSaysSo() {
    Table table = GridTables.studies(runs(0));
    assertEquals("≥ 10.0", table.stringColumn("valid time forward").get(0));
    assertEquals("2.00", table.stringColumn("valid time backward").get(0));
    assertEquals(3e-6, table.doubleColumn("return error").get(0), "the worst");
    assertEquals(0.5, table.doubleColumn("return error by Euler").get(0), "the worst of these too");
    assertEquals(0.75, table.doubleColumn("R² of q").get(0));
  }

  @Test
  void noiseStandsBesideItsFloorsAndTheRunWithoutIt() {
    RunResult seen =
        Records.with(
            result(9e-4, 6.5e-4),
            "spec",
            Map.of("dataset", Map.of("noise", Map.of("positions", 0.1, "states", 0.1))),
            "metrics",
            Map.of("noiseFloor", 6.5e-4, "cleanTestMse", 3e-4, "cleanFloor", 0.5e-4));
    ScoredRun noisy = new ScoredRun("A, noisy", "pendulum", seen, null, PAPER, "", Axes.UNNAMED);

    Table table = RunTables.noise(List.of(noisy, runs(0).get(1)), runs(0));

    assertEquals(1, table.rowCount());
    assertEquals("σ = 0.100 on positions", table.getString(0, "noise on frames"));
    List<String> numbers = table.columnNames().subList(2, 9);
    assertArrayEquals(
        new double[] {9, 6.5, 2.5, 3, 0.5, 2, 6.23},
        numbers.stream().mapToDouble(n -> (double) table.column(n).get(0)).toArray(),
        1e-9);
    assertTrue(RunTables.noise(List.of(noisy), List.of()).doubleColumn(7).isMissing(0));
    String caption = RunFigures.noisy("n", seen, List.of(film()), 0.125).caption();
    assertTrue(
        caption.endsWith("noisy frames 9.00 (floor 6.50), against clean ones 3.00 (floor 0.50)"),
        caption);
  }

  private static FrameSequence film() {
    return new FrameSequence("noisy film", 1, new float[][] {{0, 0.5f, 1}});
  }

  @Test
  void timesAreSummedByModelAndBudget() {
    Table table = RunTables.times(List.of(result(1, 0), result(2, 0)));
    assertEquals(1, table.rowCount());
    assertEquals("hgn-leapfrog", table.stringColumn("model").get(0));
    assertEquals(2, table.longColumn("runs").get(0));
    assertEquals(5, table.doubleColumn("minutes a run").get(0), 1e-12);
    assertEquals(10, table.doubleColumn("minutes of all").get(0), 1e-12);
    assertEquals(0, RunTables.times(List.of()).rowCount());
  }

  @Test
  void aLongRunStandsBesideThePapersNumbersAndItsOwnAtQuick() {
    ScoredRun run = new ScoredRun("A", "pendulum", result(2e-4, 0), null, PAPER, "a", Axes.UNNAMED);
    ScoredRun quick =
        new ScoredRun("A", "pendulum", result(5e-4, 0), null, PAPER, "b", Axes.UNNAMED);
    ScoredRun other =
        new ScoredRun("A", "mass-spring", result(7e-4, 0), null, PAPER, "c", Axes.UNNAMED);
    ScoredRun open = new ScoredRun("A", "two-body", null, null, PAPER, "d", Axes.UNNAMED);

    Table table = GridTables.longer("", List.of(run, open), List.of(other, quick));

    assertEquals(1, table.rowCount());
    assertEquals("1.00 ± 0.50 (3.84)", table.getString(0, "train (paper)"));
    assertEquals("2.00 ± 0.25 (6.23)", table.getString(0, "test (paper)"));
    assertEquals("0.32", table.getString(0, "test / paper"));
    assertEquals("5.00", table.getString(0, "test in our Table 1"));
    Table alone = GridTables.longer("", List.of(run), List.of(other));
    assertEquals("–", alone.getString(0, "test in our Table 1"));
  }

  @Test
  void protocolsThatWereTrainedForDifferentTimesSaySo() {
    ScoredRun run = new ScoredRun("A", "pendulum", result(2e-4, 0), null, PAPER, "a", Axes.UNNAMED);
    assertEquals(
        "1000", GridTables.protocols(List.of(run), List.of(run)).getString(0, "iterations"));
    RunResult r = run.result();
    RunResult longer =
        new RunResult(
            null,
            r.experiment(),
            r.model(),
            r.system(),
            r.protocol(),
            r.architecture(),
            r.budget(),
            r.seed(),
            r.device(),
            r.versions(),
            r.spec(),
            3000,
            r.wallSeconds(),
            r.trainMse(),
            r.testMse(),
            r.meanImageMse(),
            r.energyVariance(),
            r.metrics());
    ScoredRun seen = new ScoredRun("A", "pendulum", longer, null, PAPER, "a", Axes.UNNAMED);
    assertEquals(
        "3000 / 1000",
        GridTables.protocols(List.of(seen), List.of(run)).getString(0, "iterations"));
  }
}
