package hgn.report;

import hgn.io.Json;
import hgn.results.FlowField;
import hgn.results.LatentModel;
import java.util.List;

/**
 * Interactive page that runs a trained Neural Hamiltonian Flow in the browser: points are drawn
 * from the prior, whose width and edges are dragged, and follow the learned energies step by step
 * to the target. Complete in itself, in plain JavaScript.
 *
 * @param field energies, prior and points of the target
 */
public record FlowExplorer(FlowField field) {

  /** What the script reads: names are its own. */
  private record Script(
      int steps,
      boolean softUniform,
      double width,
      double sharpness,
      List<LatentModel.Slot> slots,
      String weights,
      List<double[]> target) {}

  /** The page, complete in itself. */
  public String page() {
    Script script =
        new Script(
            field.steps(),
            field.softUniform(),
            field.width(),
            field.sharpness(),
            field.slots(),
            Explorer.halves(field.weights()),
            field.target());
    return Explorer.resource("flow.html")
        .replace("{{title}}", Tables.escapeHtml("Flow: " + field.title()))
        .replace("{{caption}}", Tables.escapeHtml(field.caption()))
        .replace("{{model}}", Json.compact(script).replace("</", "<\\/"))
        .replace("{{script}}", Explorer.resource("flow.js"));
  }

  /** The page inside another one, in a frame of its own. */
  public String html() {
    return Explorer.framed(page(), text());
  }

  /** Description for those who cannot see it. */
  public String text() {
    return "Flow of %s: drag the number of steps, see points flow from the prior to the target"
        .formatted(field.title());
  }
}
