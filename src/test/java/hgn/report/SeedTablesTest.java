package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.results.Axes;
import hgn.results.PaperScore;
import hgn.results.Replicates;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.testing.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** Numbers are errors × 1e4 throughout, worked out by hand. */
class SeedTablesTest {
  private static final String LEAPFROG = "HGN (leapfrog)";
  private static final String EULER = "HGN (Euler)";

  /** A run whose test error is that of training films and one more. */
  private static ScoredRun run(String model, long seed, double train, double paper) {
    return run(model, "pendulum", seed, 1000, train, paper);
  }

  private static ScoredRun run(
      String model, String system, long seed, long iterations, double train, double paper) {
    RunResult result =
        Results.quick(
            model,
            system,
            seed,
            iterations,
            60,
            new RunResult.Pixels(train * 1e-4, (train + 1) * 1e-4, 50e-4, 1e-4),
            // Deviations over sequences, which no table over seeds may show.
            Map.of(
                "trainMseDeviation",
                77e-4,
                "testMseDeviation",
                77e-4,
                "testEnergyVarianceOverStarts",
                seed * seed * 1e-4));
    return new ScoredRun(model, system, result, null, score(paper), "f" + seed, Axes.UNNAMED);
  }

  private static PaperScore score(double paper) {
    return new PaperScore(paper * 1e-4, (paper + 1) * 1e-4, Double.NaN, Double.NaN);
  }

  private static List<ScoredRun> seeds(String model, double paper, double... train) {
    List<ScoredRun> runs = new ArrayList<>();
    for (int i = 0; i < train.length; i++) {
      runs.add(run(model, i + 1, train[i], paper));
    }
    return runs;
  }

  @SafeVarargs
  private static List<ScoredRun> all(List<ScoredRun>... models) {
    List<ScoredRun> runs = new ArrayList<>();
    for (List<ScoredRun> model : models) {
      runs.addAll(model);
    }
    return runs;
  }

  /** Mean (1 + 2 + 6) / 3 = 3, deviation √((4 + 1 + 9) / 2) = 2.6458. */
  @Test
  void aCellHasTheMeanAndTheDeviationOverSeeds() {
    List<ScoredRun> runs = seeds(LEAPFROG, 3, 1, 2, 6);
    Replicates same = Replicates.of(runs).get(0);
    assertEquals(3, same.mean(r -> 1e4 * r.result().trainMse()), 1e-12);
    assertEquals(Math.sqrt(7), same.deviation(r -> 1e4 * r.result().trainMse()), 1e-12);
    assertEquals("**3.00** ± 2.65 (3.00)", SeedTables.train(runs).getString(0, "pendulum"));
    assertEquals("**4.00** ± 2.65 (4.00)", SeedTables.test(runs).getString(0, "pendulum"));
    assertEquals("50.00", SeedTables.test(runs).getString(1, "pendulum"), "mean image");
    assertEquals("1.00 / 1.00", SeedTables.ratios(runs).getString(0, "pendulum"));
    assertEquals("1, 2, 3", SeedTables.seeds(runs).getString(0, "pendulum"));
    assertEquals(
        "3.00 ± 2.65 (2.99)",
        SeedTables.train(seeds(LEAPFROG, 2.99, 1, 2, 6)).getString(0, "pendulum"),
        "above the paper's");
  }

  @Test
  void aMissingSeedIsLeftOutAndOneSeedHasNoDeviation() {
    List<ScoredRun> runs =
        all(seeds(LEAPFROG, 9, 4), List.of(run(EULER, 1, 2, 9), run(EULER, 3, 4, 9)));
    Table train = SeedTables.train(runs);
    assertEquals("**4.00** (9.00)", train.getString(0, "pendulum"));
    assertEquals("**3.00** ± 1.41 (9.00)", train.getString(1, "pendulum"));
    assertEquals("1", SeedTables.seeds(runs).getString(0, "pendulum"));
    assertEquals("1, 3", SeedTables.seeds(runs).getString(1, "pendulum"));
    ScoredRun open = new ScoredRun(LEAPFROG, "pendulum", null, null, score(9), "f", Axes.UNNAMED);
    for (Table table : List.of(SeedTables.seeds(List.of(open)), SeedTables.ratios(List.of(open)))) {
      assertEquals("–", table.getString(0, "pendulum"));
    }
    assertEquals("– (9.00)", SeedTables.train(List.of(open)).getString(0, "pendulum"));
    ScoredRun second = run(LEAPFROG, 2, 5, 9);
    assertEquals(
        "**5.00** (9.00)", SeedTables.train(List.of(open, second)).getString(0, "pendulum"));
  }

  @Test
  void runsOfTwoExperimentsAreNoReplicates() {
    ScoredRun first = run(LEAPFROG, 1, 4, 9);
    for (ScoredRun other :
        List.of(run(LEAPFROG, 1, 4, 9), run(LEAPFROG, "pendulum", 2, 2000, 4, 9))) {
      UserError refused =
          assertThrows(UserError.class, () -> SeedTables.train(List.of(first, other)));
      assertTrue(refused.getMessage().startsWith("f1 and f"), refused.getMessage());
    }
  }

  @Test
  void theOrderHoldsWhereTheClosestSeedsKeepIt() {
    List<ScoredRun> hgn = all(seeds(EULER, 9, 1, 1), seeds(LEAPFROG, 9, 1, 3));
    Table apart = SeedTables.order(all(hgn, seeds("HNN (conv)", 9, 90), seeds("HNN", 9, 9, 19)));
    assertEquals("HGN (leapfrog), 3.00 ± 1.41", apart.getString(0, "worst HGN"));
    assertEquals("HNN, 15.00 ± 7.07", apart.getString(0, "better HNN"));
    assertEquals(5, apart.doubleColumn("factor between").get(0), 1e-12);
    assertEquals("yes, at least 2.50", apart.getString(0, "holds for every seed"));
    assertEquals(0.06, apart.doubleColumn("worst HGN / mean image").get(0), 1e-12);
    Table mixed = SeedTables.order(all(hgn, seeds("HNN", 9, 2, 40)));
    assertEquals("no, at least 0.75", mixed.getString(0, "holds for every seed"));
    Table alone = SeedTables.order(all(hgn, seeds("HNN", 9, 40)));
    assertEquals("one seed", alone.getString(0, "holds for every seed"));
  }

  /** Deviations 1 of three seeds: the standard error of a difference is √(2 / 3) = 0.816. */
  @Test
  void anOrderThatDiffersIsResolvedBeyondTwoStandardErrors() {
    Table table =
        SeedTables.hgnOrder(
            all(
                seeds(LEAPFROG, 5, 3, 4, 5),
                seeds(EULER, 6, 5.5, 6.5, 7.5),
                seeds("HGN (no f_ψ)", 8, 2.5, 3.5, 4.5),
                seeds("HNN", 1, 90)));
    assertEquals(2, table.rowCount());
    assertEquals("test", table.getString(0, "films"));
    assertEquals("train", table.getString(1, "films"));
    assertEquals(
        "no f_ψ 3.50, leapfrog 4.00, Euler 6.50", table.getString(1, "ours, lowest first"));
    assertEquals(
        "leapfrog 5.00, Euler 6.00, no f_ψ 8.00", table.getString(1, "the paper's, lowest first"));
    assertEquals("2 of 3", table.getString(1, "pairs the other way round"));
    // 3 / 0.816 = 3.7 resolves no f_ψ and Euler; 0.5 / 0.816 does not resolve it and leapfrog.
    assertEquals("no f_ψ < Euler (3.7)", table.getString(1, "of these beyond 2 standard errors"));
    // The paper's 1, 3 and 2 against 1.63.
    assertEquals("2 of 3", table.getString(1, "paper's differences above 2 standard errors"));
  }

  @Test
  void anOrderOfOneSeedIsNotTested() {
    Table table = SeedTables.hgnOrder(all(seeds(LEAPFROG, 5, 9), seeds(EULER, 6, 5)));
    assertEquals("1 of 1", table.getString(0, "pairs the other way round"));
    assertEquals("one seed", table.getString(0, "of these beyond 2 standard errors"));
    assertEquals("one seed", table.getString(0, "paper's differences above 2 standard errors"));
    Table same = SeedTables.hgnOrder(all(seeds(LEAPFROG, 5, 4), seeds(EULER, 6, 5)));
    assertEquals("0 of 1", same.getString(0, "pairs the other way round"));
    assertEquals("none", same.getString(0, "of these beyond 2 standard errors"));
  }

  @Test
  void tablesOfTheGridSayOverWhatTheyAre() {
    List<ScoredRun> three = all(seeds(LEAPFROG, 3, 1, 2, 6), seeds(EULER, 3, 5));
    Table table1 = GridTables.table1(three);
    assertTrue(table1.name().contains("seeds 1, 2, 3"), table1.name());
    assertTrue(table1.name().endsWith("± over seeds"), table1.name());
    assertEquals("3.00 ± 2.65", table1.getString(0, "pendulum train"));
    assertEquals("4.00 ± 2.65", table1.getString(0, "pendulum test"));
    assertEquals("5.00", table1.getString(1, "pendulum train"), "not its deviation over sequences");
    assertEquals("3.00 / 4.00", table1.getString(0, "pendulum paper"));
    assertEquals(4, GridTables.table1Data(three).rowCount(), "a row a run");
    assertEquals(4, GridTables.sources(three).rowCount());
    Table one = GridTables.table1(seeds(LEAPFROG, 3, 1));
    assertEquals("1.00 ± 77.00", one.getString(0, "pendulum train"));
    assertFalse(one.name().contains("over seeds"), one.name());
  }

  /** Variances 1, 4 and 9 of seeds 1, 2 and 3. */
  @Test
  void table2HasTheMedianOfTheSeedsBesideTheFirst() {
    Table table = GridTables.table2(all(seeds(LEAPFROG, 3, 1, 2, 6), seeds(EULER, 3, 5)));
    String column = "normalised, test, median of the seeds (range)";
    assertEquals(2, table.rowCount());
    assertEquals(1, table.doubleColumn("normalised, test").get(0), 1e-12);
    assertEquals("4.00 (1.00–9.00)", table.getString(0, column));
    assertEquals("1.00", table.getString(1, column));
    assertTrue(table.name().contains("seed 1,"), table.name());
    assertFalse(GridTables.table2(seeds(LEAPFROG, 3, 1)).columnNames().contains(column));
  }
}
