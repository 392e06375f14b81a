package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.results.Axes;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class BaselineTablesTest {
  private static final PaperScore PAPER = new PaperScore(1e-4, 1e-4, 1e-4, 1e-4);

  private static RunResult states(String model, String budget, long seed, double energyMse) {
    Map<String, Object> metrics = Map.of("rolloutEnergyMse", energyMse, "rolloutStateMse", 1.0);
    return run(model, budget, seed, Map.of(), metrics);
  }

  private static RunResult run(
      String model,
      String budget,
      long seed,
      Map<String, Object> spec,
      Map<String, Object> metrics) {
    return new RunResult(
        null,
        model + ".pendulum",
        model,
        "pendulum",
        "reconstruct",
        "tanh",
        budget,
        seed,
        "cpu",
        Map.of(),
        spec,
        1,
        1,
        50e-4,
        50e-4,
        48e-4,
        1e-6,
        metrics);
  }

  @Test
  void anHnnIsComparedWithTheTwinOfItsBudgetAndSeed() {
    Table table =
        BaselineTables.conservation(
            List.of(
                states("hnn-states", "quick", 1, 1),
                states("hnn-states", "quick", 2, 1),
                states("hnn-states", "quick", 3, 1),
                states("hnn-states", "paper", 1, 1),
                states("mlp-states", "paper", 1, 40),
                states("mlp-states", "quick", 2, 20),
                states("mlp-states", "quick", 1, 10)));
    assertEquals(List.of(10.0, 20.0, 40.0), table.doubleColumn("twin / HNN").asList());
  }

  @Test
  void theVarianceOfTheEnergySaysOverHowManyFilmsItIsTheMean() {
    assertEquals("mean over the scored films", films(Map.of()));
    assertEquals("mean over 256 films", films(Map.of("evaluationSequences", 256.0)));
    Map<String, Object> small =
        Map.of("evaluationSequences", 256.0, "dataset", Map.of("test", 8.0));
    assertEquals("mean over 8 films", films(small));
  }

  private static String films(Map<String, Object> spec) {
    Table table = RunTables.beside(run("hnn", "quick", 1, spec, Map.of()), PAPER);
    String label = table.stringColumn(0).get(3);
    assertTrue(label.startsWith("Var H over a test rollout (paper: of one), "), label);
    return label.substring(label.indexOf("mean"));
  }

  /** What a run of an earlier program has stored as its finding is not what is shown. */
  @Test
  void aFindingIsToldFromTheNumbers() {
    assertEquals(
        "hnn.pendulum: single pairs are painted, rollouts are no better than the mean image",
        BaselineTables.finding(hnn(1e-3, 1, 1, 1)));
    assertEquals(
        "H is constant: its deviation across films is 1.0e-05, rollouts move 0.0010 times as much"
            + " (in variance) as the encoder sees",
        energy(hnn(50e-4, 1, 1e-3, 1e-10)));
    assertEquals(
        "H is tiny (deviation across films 1.0e-05; its scale is arbitrary), yet rollouts move"
            + " 2.9e+04 times as much (in variance) as the encoder sees",
        energy(hnn(50e-4, 1, 2.9e4, 1e-10)));
    assertEquals(
        "rollouts stand still, they move 0.0010 times as much (in variance) as the encoder sees,"
            + " yet H differs by 1.0e+00 across films",
        energy(hnn(50e-4, 1, 1e-3, 1)));
  }

  @Test
  void theTableOfCollapsesTellsTheSame() {
    RunResult tiny = hnn(1e-3, 1, 2.9e4, 1e-10);
    RunResult hgn = run("hgn", "quick", 1, Map.of(), Map.of());
    Table table =
        GridTables.collapse(
            List.of(
                new ScoredRun("HNN", "pendulum", tiny, null, PAPER, "a", Axes.UNNAMED),
                new ScoredRun("HNN", "pendulum", null, null, PAPER, "b", Axes.UNNAMED),
                new ScoredRun("HGN", "pendulum", hgn, null, PAPER, "c", Axes.UNNAMED)));
    assertEquals(1, table.rowCount());
    assertTrue(table.stringColumn("finding").get(0).contains("H is tiny"));
  }

  private static String energy(RunResult run) {
    String finding = BaselineTables.finding(run);
    String first = "hnn.pendulum: the autoencoder paints the mean image; ";
    assertTrue(finding.startsWith(first), finding);
    return finding.substring(first.length());
  }

  private static RunResult hnn(double pair, double encoded, double rolled, double spread) {
    return run(
        "hnn",
        "quick",
        1,
        Map.of(),
        Map.of(
            "autoencodingMse",
            pair,
            "encodedMotion",
            encoded,
            "rolledMotion",
            rolled,
            "energySpread",
            spread,
            "finding",
            "H is constant"));
  }
}
