package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hgn.io.Json;
import hgn.io.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkout that was clean is clean after its notebooks have run again. */
class RunCommandTest {
  /** What a training shows while it runs; a number, a table, a figure and films that are kept. */
  private static final List<String> CELLS =
      List.of(
          """
          import hgn.notebook.*;
          import hgn.paper.*;
          import hgn.report.*;
          import hgn.results.*;
          """,
          """
          var watch = Show.training("a training");
          watch.curves(List.of(new Series("error", new double[] {1, 2}, new double[] {1, 0.5})));
          watch.say("it has ended");
          watch.update(3, 3, "");
          """,
          """
          display(Math.exp(1));
          var orders = IntegratorStudy.of("pendulum").orders();
          Show.table(FormalismFigures.orderTable(orders), "orders")
          """,
          """
          Show.figure(FormalismFigures.orders("orders", "", orders))
          """,
          """
          float[][] frames = {new float[12], {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}};
          var film = Film.of(new FrameSequence("dots", 2, frames), 0.125);
          Show.player(film, "two frames")
          """,
          """
          Show.gif(film, "dots")
          """,
          """
          System.getenv().keySet().containsAll(hgn.io.NativeSettings.sameDigits().keySet())
          """);

  private static final int TRAINING = 1;

  @TempDir private Path home;

  @BeforeEach
  void makeACheckout() throws IOException, InterruptedException {
    assumeTrue(new Jupyter(new Workspace(home)).has("nbconvert"), "nbconvert is not there");
    System.setProperty("hgn.home", home.toString());
    Files.createDirectories(home.resolve("notebooks"));
    Files.createDirectories(home.resolve("lib"));
    pointToThisClassPath(home.resolve("lib/hgn.jar"));
  }

  @AfterEach
  void leaveIt() {
    System.clearProperty("hgn.home");
  }

  @Test
  void aNotebookThatRunsAgainHasTheSameBytes() throws IOException {
    Path notebook = home.resolve("notebooks/01-a.ipynb");
    Files.writeString(notebook, notebook(CELLS));
    assertEquals(0, Commands.run("run", "01", "--budget", "quick"));
    Map<String, byte[]> first = files();
    assertEquals(0, Commands.run("run", "01", "--budget", "quick"));
    Map<String, byte[]> second = files();

    assertEquals(first.keySet(), second.keySet());
    first.forEach((file, content) -> assertArrayEquals(content, second.get(file), file));
    for (String file :
        List.of("figures/orders.svg", "figures/dots.gif", "data/tables/orders.csv")) {
      assertTrue(first.containsKey(file), file + " is not there to be compared");
    }
    JsonArray cells = Json.read(notebook, JsonObject.class).getAsJsonArray("cells");
    for (JsonElement cell : cells) {
      assertEquals(new JsonObject(), cell.getAsJsonObject().get("metadata"));
    }
    assertEquals(new JsonArray(), cells.get(TRAINING).getAsJsonObject().get("outputs"));
    String sameDigits = cells.get(CELLS.size() - 1).getAsJsonObject().get("outputs").toString();
    assertTrue(sameDigits.contains("true"), sameDigits);
  }

  private static String notebook(List<String> sources) {
    JsonArray cells = new JsonArray();
    for (String source : sources) {
      JsonObject cell =
          Json.parse(
              """
              {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": []}
              """,
              JsonObject.class);
      cell.addProperty("id", "cell-" + cells.size());
      cell.addProperty("source", source);
      cells.add(cell);
    }
    return """
{"cells": %s, "nbformat": 4, "nbformat_minor": 5,
 "metadata": {"kernelspec": {"display_name": "Java", "language": "java", "name": "java"}}}
"""
        .formatted(cells);
  }

  /** What git would look at. */
  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String folder : List.of("notebooks", "figures", "data")) {
      try (Stream<Path> walk = Files.walk(home.resolve(folder))) {
        for (Path file : walk.filter(Files::isRegularFile).toList()) {
          contents.put(home.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }

  /** The kernel takes its classes from the jars in lib/, which are not built yet when tests run. */
  private static void pointToThisClassPath(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
  }
}
