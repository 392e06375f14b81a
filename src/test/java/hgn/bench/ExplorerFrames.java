package hgn.bench;

import hgn.io.Text;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.FlowExperiment;
import hgn.paper.Paper;
import hgn.paper.Variation;
import hgn.report.Explorer;
import hgn.report.FlowExplorer;
import hgn.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Frames a second of the explorer's pages in a headless Chromium, as docs/PERFORMANCE.md has them.
 * A program and no test: a machine that is busy would fail it.
 */
public final class ExplorerFrames {
  private static final int SECONDS = 4;
  private static final List<Experiment> MODELS =
      List.of(
          Paper.experiment("hgn-leapfrog.three-body"),
          Paper.experiment("hgn-consistent.pendulum"),
          Paper.THREE_BODY.with(Variation.COMPACT).within(Budget.PAPER));

  private static final FlowExperiment FLOW = FlowExperiment.named("nhf-2-soft-uniform.mixture-4");

  private ExplorerFrames() {}

  /**
   * Plays each page at 60 steps a second for some seconds, in two widths, without and with the
   * perturbed state beside it.
   *
   * @param args none
   */
  public static void main(String... args) throws IOException {
    Workspace workspace = new Workspace(Path.of("").toAbsolutePath());
    Path page = Files.createTempFile("explorer", ".html");
    try (Browser browser = Browser.open()) {
      for (Experiment model : MODELS) {
        Files.writeString(page, new Explorer(model.finished(workspace, 32).latentModel()).page());
        System.out.println(
            Text.of(
                "%s, %s budget: %.2f MB",
                model.name(), model.budget().id(), Files.size(page) / (double) (1 << 20)));
        for (int width : List.of(1280, 390)) {
          System.out.println(
              Text.of(
                  "%5d px: %s; perturbed: %s",
                  width, played(browser, page, width, false), played(browser, page, width, true)));
        }
      }
      Files.writeString(page, new FlowExplorer(FLOW.train().flowField()).page());
      System.out.println(
          Text.of(
              "%s: %.2f MB, %.0f frames a second while it moves",
              FLOW.name(), Files.size(page) / (double) (1 << 20), moved(browser, page)));
    }
    Files.delete(page);
  }

  /** Frames of a flow's page that are painted one after another, a second. */
  private static double moved(Browser browser, Path page) {
    browser.sized(1280, 900).visit(page);
    browser.await(
        "the points are drawn",
        () -> "yes".equals(browser.run("return document.body.dataset.ready")));
    Object frames =
        browser.run(
            "const began = performance.now(); let count = 0;"
                + "for (; performance.now() - began < 3000; count++) {"
                + " document.getElementById('steps').value = (count % 40) / 20 + 0.05;"
                + " window.flow.move(); }"
                + "return 1e3 * count / (performance.now() - began);");
    return ((Number) frames).doubleValue();
  }

  private static String played(Browser browser, Path page, int width, boolean perturbed) {
    browser.sized(width, 900).visit(page);
    browser.await(
        "the network is loaded",
        () -> "yes".equals(browser.run("return document.body.dataset.ready")));
    browser.run(
        "document.getElementById('rate').value = 60;"
            + "if (arguments[0]) document.getElementById('perturb').click();"
            + "document.getElementById('play').click();",
        perturbed);
    // The first frames compile the library's kernels.
    browser.await("it plays", () -> shown(browser)[1] > 10);
    double[] from = shown(browser);
    browser.await("its seconds are over", () -> shown(browser)[0] > from[0] + 1e3 * SECONDS);
    double[] to = shown(browser);
    return Text.of("%.0f frames a second", 1e3 * (to[1] - from[1]) / (to[0] - from[0]));
  }

  /** The page's clock in milliseconds, and how many frames it has painted. */
  private static double[] shown(Browser browser) {
    List<?> both = (List<?>) browser.run("return [performance.now(), window.hgn.shown()]");
    return both.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
  }
}
