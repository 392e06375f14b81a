package hgn.report;

import hgn.io.Json;
import hgn.io.PageScripts;
import hgn.io.Records;
import hgn.io.Resources;
import hgn.results.FrameSequence;
import hgn.results.LatentModel;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Interactive page that runs a trained HGN in the browser: the latent state is dragged, stepped by
 * leapfrog or Euler at any step, and painted by the network's decoder. The page holds all it needs
 * and asks no server; the convolutions are TensorFlow.js's on WebAssembly.
 *
 * @param model decoder, energies and states to start from
 */
public record Explorer(LatentModel model) {
  private static final String FOLDER = "explorer/";
  private static final String WASM = "tfjs-backend-wasm-simd.wasm";

  /** A state to start from, as the script reads it. */
  private record Start(String label, float[] q, float[] p, String truth, int frames) {}

  /** The page, complete in itself. */
  public String page() {
    return page("explorer", "Explorer: " + model.title(), model.caption(), script())
        .replace("{{core}}", PageScripts.library(PageScripts.LIBRARIES.get(0)))
        .replace("{{wasm-backend}}", PageScripts.library(PageScripts.LIBRARIES.get(1)))
        .replace("{{wasm}}", base64(Resources.bytes(Explorer.class, FOLDER + WASM)));
  }

  /** A page of these: its own template and script, with the style and networks that all share. */
  static String page(String name, String title, String caption, Map<String, Object> model) {
    return resource(name + ".html")
        .replace("{{title}}", Tables.escapeHtml(title))
        .replace("{{caption}}", Tables.escapeHtml(caption))
        .replace("{{style}}", resource("explorer.css"))
        .replace("{{model}}", Json.compact(model).replace("</", "<\\/"))
        .replace("{{script}}", PageScripts.explorer(name));
  }

  /** The page inside another one, in a frame of its own: its keys and styles stay there. */
  public String html() {
    return framed(page(), text());
  }

  static String framed(String page, String text) {
    return "<iframe title=\"%s\" style=\"width:100%%;height:720px;border:0\" srcdoc=\"%s\"></iframe>"
        .formatted(
            Tables.escapeHtml(text).replace("\"", "&quot;"),
            page.replace("&", "&amp;").replace("\"", "&quot;"));
  }

  /** Description for those who cannot see it. */
  public String text() {
    return "Explorer of %s: drag the latent state, see the frame and the energy"
        .formatted(model.title());
  }

  /** The model with its weights in base64 and its films as pictures. */
  private Map<String, Object> script() {
    Map<String, Object> script =
        Json.map(Records.with(model, "weights", new short[0], "starts", List.of()));
    script.put("weights", halves(model.weights()));
    script.put("starts", model.starts().stream().map(Explorer::start).toList());
    return script;
  }

  private static Start start(LatentModel.Start start) {
    FrameSequence truth = start.truth();
    return new Start(
        start.label(),
        start.state().q(),
        start.state().p(),
        truth == null ? null : "data:image/png;base64," + base64(strip(truth)),
        truth == null ? 0 : truth.frames().length);
  }

  /** All frames of a film in one row. */
  private static byte[] strip(FrameSequence film) {
    int size = film.size();
    BufferedImage row =
        new BufferedImage(film.frames().length * size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = row.createGraphics();
    for (int i = 0; i < film.frames().length; i++) {
      g.drawImage(Strip.image(film.frames()[i], size), i * size, 0, null);
    }
    g.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(row, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  static String halves(short[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asShortBuffer().put(values);
    return base64(buffer.array());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String resource(String name) {
    return Resources.text(Explorer.class, FOLDER + name);
  }
}
