package hgn.report;

import hgn.io.Json;
import hgn.io.Records;
import hgn.results.FlowField;
import java.util.Map;

/**
 * Interactive page that runs a trained Neural Hamiltonian Flow in the browser: points are drawn
 * from the prior, whose width and edges are dragged, and follow the learned energies step by step
 * to the target. Complete in itself, in plain JavaScript.
 *
 * @param field energies, prior and points of the target
 */
public record FlowExplorer(FlowField field) {

  /** The page, complete in itself. */
  public String page() {
    Map<String, Object> script = Json.map(Records.with(field, "weights", new short[0]));
    script.put("weights", Explorer.halves(field.weights()));
    return Explorer.page("flow", "Flow: " + field.title(), field.caption(), script);
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
