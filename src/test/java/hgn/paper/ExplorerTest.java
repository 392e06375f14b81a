package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.report.Explorer;
import hgn.results.LatentModel;
import hgn.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The explorer of a shipped run in a real browser, without a network, against the Java model. */
class ExplorerTest {
  private static final int STEPS = 30;
  private static final int LIMIT = 4 << 20;
  private static final double TOLERANCE = 1e-3;

  @TempDir private static Path folder;
  private static Browser browser;
  private static Run run;
  private static LatentModel model;
  private static Path page;

  @BeforeAll
  static void open() throws Exception {
    browser = Browser.open();
    run = Paper.PENDULUM.finished(workspace(), 32);
    model = run.latentModel();
    page = folder.resolve("explorer.html");
    Files.writeString(page, new Explorer(model).page());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void visit(int width) {
    browser.sized(width, 900).visit(page);
    browser.await("the network is loaded", () -> "yes".equals(ready()));
  }

  private static Object ready() {
    return browser.run("return document.body.dataset.ready");
  }

  @Test
  void isSmallAndAsksForNothing() throws Exception {
    assertTrue(Files.size(page) <= LIMIT, Files.size(page) + " bytes");
    visit(1280);
    assertEquals(List.of(), browser.errors());
    assertTrue(
        browser.requests().stream().allMatch(url -> url.matches("(?s)(file|data|about):.*")),
        "asks the network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leapfrog", "euler"})
  void computesWhatTheModelComputes(String method) {
    visit(1280);
    Integrator integrator = Integrators.named(method);
    Map<?, ?> theirs =
        (Map<?, ?>)
            browser.run(
                "return window.hgn.rollout(0, arguments[0], arguments[1], arguments[2])",
                model.dt(),
                STEPS,
                method);
    run.with(
        (hgn, manager) -> {
          LatentModel.State start = model.starts().get(0).state();
          PhaseState first =
              new PhaseState(
                  manager.create(new float[][] {start.q()}),
                  manager.create(new float[][] {start.p()}));
          List<PhaseState> ours = integrator.rollout(hgn.hamiltonian(), first, model.dt(), STEPS);
          for (int t = 0; t <= STEPS; t++) {
            PhaseState s = ours.get(t);
            close(s.q().toFloatArray(), theirs, "q", t);
            close(s.p().toFloatArray(), theirs, "p", t);
            close(hgn.decode(s.q()).get(0).transpose(1, 2, 0).toFloatArray(), theirs, "frames", t);
            assertEquals(
                hgn.hamiltonian().energy(s).toFloatArray()[0],
                ((Number) ((List<?>) theirs.get("energy")).get(t)).doubleValue(),
                TOLERANCE);
          }
          return null;
        });
  }

  @Test
  void paintsWhatAModelOfOtherSizesPaints() throws Exception {
    Run lean = Paper.experiment("hgn-consistent.mass-spring").finished(workspace(), 32);
    LatentModel other = lean.latentModel();
    Path there = folder.resolve("lean.html");
    Files.writeString(there, new Explorer(other).page());
    browser.sized(1280, 900).visit(there);
    browser.await("the network is loaded", () -> "yes".equals(ready()));
    Map<?, ?> theirs =
        (Map<?, ?>)
            browser.run("return window.hgn.rollout(0, arguments[0], 30, 'leapfrog')", other.dt());
    lean.with(
        (hgn, manager) -> {
          LatentModel.State start = other.starts().get(0).state();
          PhaseState first =
              new PhaseState(
                  manager.create(new float[][] {start.q()}),
                  manager.create(new float[][] {start.p()}));
          PhaseState end = hgn.rollout(first, other.dt(), STEPS).get(STEPS);
          close(end.q().toFloatArray(), theirs, "q", STEPS);
          float[] frame = hgn.decode(end.q()).get(0).transpose(1, 2, 0).toFloatArray();
          close(frame, theirs, "frames", STEPS);
          return null;
        });
  }

  private static void close(float[] ours, Map<?, ?> theirs, String what, int t) {
    List<?> values = (List<?>) ((List<?>) theirs.get(what)).get(t);
    double[] expected = new double[ours.length];
    for (int i = 0; i < ours.length; i++) {
      expected[i] = ours[i];
    }
    assertArrayEquals(
        expected,
        values.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray(),
        TOLERANCE,
        what + " after " + t + " steps");
  }

  @Test
  void playsForwardAndBackward() {
    visit(1280);
    browser.driver().findElement(By.id("play")).click();
    browser.await("time goes on", () -> time() > 1);
    browser.run(
        "const dt = document.getElementById('dt'); dt.value = -0.25; dt.dispatchEvent(new"
            + " Event('input'))");
    browser.await("time runs backward", () -> time() < 0);
    assertEquals(List.of(), browser.errors());
  }

  @Test
  void isDraggedByMouseAndByKey() {
    visit(1280);
    String before = state();
    WebElement phase = browser.driver().findElement(By.id("phase"));
    new Actions(browser.driver())
        .moveToElement(phase, 40, 30)
        .clickAndHold()
        .moveByOffset(20, 20)
        .release()
        .perform();
    String dragged = state();
    assertNotEquals(before, dragged);
    phase.sendKeys(Keys.ARROW_LEFT);
    assertNotEquals(dragged, state());
    browser.driver().findElement(By.tagName("body")).sendKeys("p");
    assertEquals(
        "true", browser.driver().findElement(By.id("perturb")).getAttribute("aria-pressed"));
    assertEquals(
        "the perturbed state", browser.driver().findElement(By.id("beside-text")).getText());
  }

  @Test
  void fitsOnATelephone() {
    visit(390);
    assertEquals(
        browser.run("return document.documentElement.clientWidth"),
        browser.run("return document.documentElement.scrollWidth"));
  }

  @Test
  void turnsDarkWithTheDevice() {
    visit(1280);
    String script = "return getComputedStyle(document.body).backgroundColor";
    Object light = browser.run(script);
    try (Browser dark = Browser.dark()) {
      dark.visit(page);
      assertNotEquals(light, dark.run(script));
    }
  }

  @Test
  void refusesAModelThatItCannotRun() {
    Run pairs = Paper.experiment("hnn.pendulum").finished(workspace(), 4);
    assertThrows(UserError.class, pairs::latentModel);
  }

  private static Workspace workspace() {
    return new Workspace(Path.of("").toAbsolutePath());
  }

  private static double time() {
    return ((Number) browser.run("return window.hgn.state().time")).doubleValue();
  }

  private static String state() {
    return browser.run("return JSON.stringify(window.hgn.state())").toString();
  }
}
