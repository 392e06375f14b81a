package hgn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import hgn.results.RunResult;
import hgn.results.StudyResult;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records to JSON and back, with this project's Gson and with the one that IJava brings. */
class JsonTest {
  private record Inner(int n, List<String> names) {}

  private record Outer(double x, double[] xs, Map<String, Object> more, Inner inner, boolean b) {
    Outer {
      if (x < 0) {
        throw new IllegalArgumentException("x is %s, expected at least 0".formatted(x));
      }
    }
  }

  @Test
  void aNumberThatIsNotFiniteIsNull() {
    Outer value =
        new Outer(
            Double.NaN,
            new double[] {1, Double.POSITIVE_INFINITY},
            Map.of("a", Double.NEGATIVE_INFINITY),
            new Inner(3, List.of("<a>")),
            true);
    String json = Json.compact(value);
    assertEquals(
        "{\"x\":null,\"xs\":[1.0,null],\"more\":{\"a\":null},"
            + "\"inner\":{\"n\":3,\"names\":[\"<a>\"]},\"b\":true}",
        json);
    Outer read = Json.parse(json, Outer.class);
    assertEquals(Double.NaN, read.x());
    assertArrayEquals(new double[] {1, Double.NaN}, read.xs());
    assertEquals(value.inner(), read.inner());
  }

  private static Outer outer(String x, String b) {
    String more = "\"xs\": [], \"unknown\": [{}]";
    return Json.parse("{\"x\": %s, %s, \"b\": %s}".formatted(x, more, b), Outer.class);
  }

  @Test
  void filesOfEarlierVersionsHoldNaN() {
    assertEquals(Double.NaN, outer("NaN", "true").x());
    assertEquals(Double.NaN, outer("null", "true").x());
    assertEquals(2, outer("2", "true").x());
  }

  private record Coloured(TimeUnit unit, long n) {}

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '!',
      value = {
        "{\"x\": -1, \"b\": true} ! x is -1.0, expected at least 0",
        "{\"x\": 1, \"b\": null} ! \"b\" is null, expected a boolean",
        "{\"x\": 1} ! \"b\" is missing",
        "{\"b\": true} ! \"x\" is missing",
        "{\"x\": 1, \"x\": 2, \"b\": true} ! \"x\" stands there twice",
        "{\"x\": 1e999, \"b\": true} ! a number is beyond 1.7976931348623157E308",
        "{\"x\": \"one\", \"b\": true} ! one",
        "{\"x\": [1], \"b\": true} ! BEGIN_ARRAY",
        "{\"x\": 1, \"b\": true ! End of input",
        "{\"x\": 1, \"b\": true}} ! alformed",
        "[] ! BEGIN_ARRAY",
        "null ! empty",
        "`` ! empty"
      })
  void whatIsRefusedIsSaid(String json, String reason) {
    String message =
        assertThrows(JsonParseException.class, () -> Json.parse(json, Outer.class)).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void aNameThatAnEnumDoesNotHaveIsNotLeftOut() {
    assertEquals(TimeUnit.DAYS, Json.parse("{\"unit\":\"DAYS\",\"n\":1}", Coloured.class).unit());
    String message =
        assertThrows(
                JsonParseException.class,
                () -> Json.parse("{\"unit\":\"WEEKS\",\"n\":1}", Coloured.class))
            .getMessage();
    assertTrue(message.startsWith("\"unit\" is unknown, expected one of [NANO"), message);
  }

  @Test
  void bracketsWithoutEndAreRefusedInOneShortLine(@TempDir Path folder) throws IOException {
    for (String brackets : List.of("[".repeat(100_000), "{\"a\":".repeat(100_000))) {
      Path file = Files.writeString(folder.resolve("deep.json"), brackets);
      UserError error = assertThrows(UserError.class, () -> Json.read(file, Map.class));
      assertTrue(error.getMessage().length() < 400, error.getMessage());
      assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    }
  }

  @Test
  void everyCommittedAndPrintedJsonIsStrict() throws IOException {
    List<Path> files = files(".json");
    assertTrue(files.size() > 100, files.size() + " files");
    for (Path file : files) {
      strict(Files.readString(file), file.toString());
    }
    strict(Json.pretty(RunResult.all(Path.of("data/runs"))), "results --json");
    assertThrows(IOException.class, () -> strict("[NaN]", ""));
  }

  @Test
  void anOlderGsonReadsAndWritesTheSame() throws Exception {
    assertNotEquals("", contents());
    URL old = Path.of("target/old-gson/gson-2.8.5.jar").toUri().toURL();
    List<URL> path = new ArrayList<>(List.of(old));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      path.add(url(entry));
    }
    try (URLClassLoader front =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> there = Class.forName(JsonTest.class.getName(), true, front);
      assertEquals(
          old,
          front
              .loadClass("com.google.gson.Gson")
              .getProtectionDomain()
              .getCodeSource()
              .getLocation());
      var contents = there.getDeclaredMethod("contents");
      contents.setAccessible(true);
      assertEquals(contents(), contents.invoke(null));
    }
  }

  /** Every committed result and study, read and written again. */
  static String contents() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files("result.json")) {
      all.append(Json.compact(Json.read(file, RunResult.class)));
    }
    for (Path file : files("study.json")) {
      all.append(Json.pretty(Json.map(Json.read(file, StudyResult.class))));
    }
    return all.toString();
  }

  private static List<Path> files(String end) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("data/runs"))) {
      return all.filter(f -> f.toString().endsWith(end)).sorted().toList();
    }
  }

  private static URL url(String entry) throws MalformedURLException {
    return Path.of(entry).toUri().toURL();
  }

  private static void strict(String json, String name) throws IOException {
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.setStrictness(Strictness.STRICT);
      reader.skipValue();
      assertEquals(JsonToken.END_DOCUMENT, reader.peek(), name);
    } catch (IOException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }
}
