package hgn.site;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import hgn.io.Workspace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** A checkout with next to nothing in it, for tests. */
final class SmallCheckout {
  final Workspace workspace;

  SmallCheckout(Path root) throws IOException {
    workspace = new Workspace(root);
    write("README.md", "# Small\n\n[one](notebooks/01-one.ipynb)\n");
  }

  void write(String path, String text) throws IOException {
    Path file = workspace.root().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void write(String path, byte[] content) throws IOException {
    Path file = workspace.root().resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  void notebook(String name, JsonObject... cells) throws IOException {
    JsonObject notebook = new JsonObject();
    JsonArray array = new JsonArray();
    for (JsonObject cell : cells) {
      array.add(cell);
    }
    notebook.add("cells", array);
    notebook.addProperty("nbformat", 4);
    write("notebooks/" + name + ".ipynb", notebook.toString());
  }

  static JsonObject words(String markdown) {
    JsonObject cell = new JsonObject();
    cell.addProperty("cell_type", "markdown");
    JsonArray lines = new JsonArray();
    markdown.lines().forEach(line -> lines.add(line + "\n"));
    cell.add("source", lines);
    return cell;
  }

  static JsonObject code(String source, JsonObject... outputs) {
    JsonObject cell = new JsonObject();
    cell.addProperty("cell_type", "code");
    cell.addProperty("source", source);
    cell.addProperty("execution_count", 1);
    JsonArray array = new JsonArray();
    for (JsonObject output : outputs) {
      array.add(output);
    }
    cell.add("outputs", array);
    return cell;
  }

  static JsonObject unexecuted(String source) {
    JsonObject cell = code(source);
    cell.add("execution_count", JsonNull.INSTANCE);
    return cell;
  }

  static JsonObject printed(String text) {
    JsonObject output = new JsonObject();
    output.addProperty("output_type", "stream");
    output.addProperty("name", "stdout");
    output.addProperty("text", text);
    return output;
  }

  static JsonObject thrown(String name, String value, String trace) {
    JsonObject output = new JsonObject();
    output.addProperty("output_type", "error");
    output.addProperty("ename", name);
    output.addProperty("evalue", value);
    JsonArray lines = new JsonArray();
    lines.add(trace);
    output.add("traceback", lines);
    return output;
  }

  static JsonObject shown(Map<String, String> data) {
    JsonObject output = new JsonObject();
    output.addProperty("output_type", "execute_result");
    JsonObject bundle = new JsonObject();
    data.forEach(bundle::addProperty);
    output.add("data", bundle);
    return output;
  }

  static JsonObject picture(String mime, byte[] content) {
    return shown(
        Map.of(mime, Base64.getEncoder().encodeToString(content), "text/plain", "a picture"));
  }

  /** A picture whose content depends on its size alone. */
  static byte[] image(String format, int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    return out.toByteArray();
  }
}
