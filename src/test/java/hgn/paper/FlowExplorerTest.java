package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import hgn.dynamics.PhaseState;
import hgn.flows.DensityModel;
import hgn.flows.NeuralHamiltonianFlow;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.report.FlowExplorer;
import hgn.results.TrainingWatch;
import hgn.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The explorer of a shipped flow in a real browser, without a network, against the Java model. */
class FlowExplorerTest {
  private static final Workspace HERE = new Workspace(Path.of("").toAbsolutePath());

  @TempDir Path folder;

  private static double[] follow(DensityModel model, NDManager manager, float... qp) {
    PhaseState start =
        new PhaseState(
            manager.create(new float[][] {{qp[0], qp[1]}}),
            manager.create(new float[][] {{qp[2], qp[3]}}));
    List<PhaseState> states = ((NeuralHamiltonianFlow) model).flow().states(start);
    PhaseState end = states.get(states.size() - 1);
    float[] q = end.q().toFloatArray();
    float[] p = end.p().toFloatArray();
    return new double[] {q[0], q[1], p[0], p[1]};
  }

  @Test
  void pointsFlowAsInTheModel() throws Exception {
    FlowRun run =
        FlowExperiment.named("nhf-2-soft-uniform.mixture-4").train(HERE, TrainingWatch.NONE);
    Path page = folder.resolve("flow.html");
    Files.writeString(page, new FlowExplorer(run.flowField()).page());
    try (Browser browser = Browser.open().sized(390, 900)) {
      browser.visit(page);
      browser.await(
          "the points are drawn",
          () -> "yes".equals(browser.run("return document.body.dataset.ready")));
      double[] ours = run.with((model, manager) -> follow(model, manager, 0.5f, -1, 0.3f, 1.2f));
      Map<?, ?> theirs =
          (Map<?, ?>) browser.run("return window.flow.follow([0.5, -1], [0.3, 1.2], 2)");
      for (int i = 0; i < 4; i++) {
        Object value = ((List<?>) theirs.get(i < 2 ? "q" : "p")).get(i % 2);
        assertEquals(ours[i], ((Number) value).doubleValue(), 1e-3, "coordinate " + i);
      }
      String before = ends(browser);
      browser.run(
          "const s = document.getElementById('steps'); s.value = 2; s.dispatchEvent(new"
              + " Event('input'))");
      String flown = ends(browser);
      assertNotEquals(before, flown);
      browser.run(
          "const s = document.getElementById('beta'); s.value = 0; s.dispatchEvent(new"
              + " Event('input'))");
      assertNotEquals(flown, ends(browser), "a softer prior ends elsewhere");
      browser.driver().findElement(By.id("play")).click();
      assertEquals(
          browser.run("return document.documentElement.clientWidth"),
          browser.run("return document.documentElement.scrollWidth"));
      assertEquals(List.of(), browser.errors());
      assertTrue(
          browser.requests().stream().allMatch(url -> url.matches("(?s)(file|data|about):.*")));
    }
  }

  private static String ends(Browser browser) {
    return browser.run("return JSON.stringify(window.flow.ends().slice(0, 9))").toString();
  }

  @Test
  void refusesAFlowThatItCannotRun() {
    FlowRun couplings = FlowExperiment.named("rnvp-2.mixture-4").train(HERE, TrainingWatch.NONE);
    assertThrows(UserError.class, couplings::flowField);
  }
}
