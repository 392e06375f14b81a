package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Workspace;
import hgn.results.FrameSequence;
import hgn.results.LatentModel;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Interactive page that runs a trained HGN in the browser: the latent state is dragged, stepped by
 * leapfrog or Euler at any step, and painted by the network's decoder. The page holds all it needs
 * and asks no server; the convolutions are TensorFlow.js's on WebAssembly.
 *
 * @param model decoder, energies and states to start from
 */
public record Explorer(LatentModel model) {

  /** Data that the script reads: names are its own. */
  private record Script(
      int size,
      int latent,
      double dt,
      String integrator,
      String activation,
      double stiffness,
      boolean sigmoidInBlocks,
      List<LatentModel.Slot> slots,
      String weights,
      List<Start> starts,
      List<LatentModel.State> cloud,
      List<LatentModel.Plane> planes,
      double[] spreadQ,
      double[] spreadP,
      double energySpread) {}

  private record Start(String label, float[] q, float[] p, String truth, int frames) {}

  /** The page, complete in itself. */
  public String page() {
    String json = Json.compact(script()).replace("</", "<\\/");
    return resource("explorer.html")
        .replace("{{title}}", Tables.escapeHtml("Explorer: " + model.title()))
        .replace("{{caption}}", Tables.escapeHtml(model.caption()))
        .replace("{{core}}", resource("tf-core.min.js"))
        .replace("{{wasm-backend}}", resource("tf-backend-wasm.min.js"))
        .replace("{{wasm}}", base64(bytes("tfjs-backend-wasm-simd.wasm")))
        .replace("{{model}}", json)
        .replace("{{script}}", resource("explorer.js"));
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

  /**
   * Writes the page, whole or not at all.
   *
   * @param name the file's stem in figures/
   * @param workspace whose figures
   * @return the file
   * @throws hgn.io.UserError if it cannot be written
   */
  public Path save(String name, Workspace workspace) {
    Path file = workspace.figures().resolve(Workspace.fileName(name, ".html"));
    AtomicFiles.writeText(file, page());
    return file;
  }

  private Script script() {
    return new Script(
        model.size(),
        model.latent(),
        model.dt(),
        model.integrator(),
        model.activation(),
        model.stiffness(),
        model.sigmoidInBlocks(),
        model.slots(),
        halves(model.weights()),
        model.starts().stream().map(Explorer::start).toList(),
        model.cloud(),
        model.planes(),
        model.spreadQ(),
        model.spreadP(),
        model.energySpread());
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

  static String resource(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = Explorer.class.getResourceAsStream("explorer/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
