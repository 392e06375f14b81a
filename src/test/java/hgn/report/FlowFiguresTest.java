package hgn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.results.Band;
import hgn.results.RunResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class FlowFiguresTest {

  @Test
  void seedsOfAnExperimentShareARow() {
    Map<String, Object> one = Map.of("elbo", -3.0, "bound", -2.0, "kl", 0.01, "worstMass", 0.02);
    Map<String, Object> two = Map.of("elbo", -5.0, "bound", -3.0, "kl", 0.05, "worstMass", 0.01);
    Table table =
        FlowFigures.summary(
            "t",
            List.of(
                run("nhf-2.spiral", 1, 30, Map.of("elbo", -4.0, "bound", -3.5)),
                run("nhf-1.mixture-4", 2, 20, two),
                run("nhf-1.mixture-4", 1, 10, one)));
    assertEquals(List.of("nhf-1.mixture-4", "nhf-2.spiral"), table.stringColumn("run").asList());
    assertEquals(2, table.longColumn("seeds").getLong(0));
    assertEquals(-4, table.doubleColumn("ELBO").getDouble(0), 1e-12);
    assertEquals(-2.5, table.doubleColumn("importance-weighted bound").getDouble(0), 1e-12);
    assertEquals(0.03, table.doubleColumn("KL(target ‖ model)").getDouble(0), 1e-12);
    assertEquals(0.05, table.doubleColumn("KL, worst seed").getDouble(0), 1e-12);
    assertEquals(0.02, table.doubleColumn("worst mode's mass, off by").getDouble(0), 1e-12);
    assertEquals(15, table.doubleColumn("seconds").getDouble(0), 1e-12);
    assertTrue(table.doubleColumn("KL, worst seed").isMissing(1), "no exact density, no KL");
  }

  @Test
  void whatALogarithmCannotShowIsNamedInTheCaption() {
    double[] momenta = {1, 2, 4};
    double[] errors = {0.1, 0.1, 0.1};
    Band whole = Band.around("nhf-2", momenta, new double[] {3, 2, 1}, errors);
    Band noisy = Band.around("elbo", momenta, new double[] {3, -1e-3, 0}, errors);
    // Joined to a point that a logarithm does not have, a band covers what is not in it.
    assertArrayEquals(new double[] {1}, noisy.positive().x());
    assertArrayEquals(whole.high(), whole.positive().high());
    String bands = "c; bands: one standard error, below the mean by the same factor as above";
    assertEquals(bands, FlowFigures.gaps("gaps", "c", List.of(whole)).caption());
    assertEquals(
        bands + "; not drawn, since the estimated gap is not above 0: elbo at 2, 4",
        FlowFigures.gaps("gaps", "c", List.of(whole, noisy)).caption());
  }

  private static RunResult run(
      String experiment, long seed, double seconds, Map<String, Object> metrics) {
    return new RunResult(
        null,
        experiment,
        "m",
        "t",
        "density",
        "",
        "quick",
        seed,
        "cpu",
        Map.of(),
        Map.of(),
        1,
        seconds,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        metrics);
  }
}
