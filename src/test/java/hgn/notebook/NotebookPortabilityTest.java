package hgn.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The notebooks run unchanged on this kernel, on JJava and on IJava. */
class NotebookPortabilityTest {
  private static final Pattern MAGIC = Pattern.compile("(?m)^\\s*%");
  private static final Pattern SHORT_PRINTF = Pattern.compile("(?<![\\w.])printf\\s*\\(");

  @TestFactory
  Stream<DynamicTest> notebooks() throws IOException {
    Path folder = Path.of("notebooks");
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList().stream()
          .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
    }
  }

  private static void check(Path file) throws IOException {
    JsonObject notebook = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    assertEquals(
        KernelSpec.NAME,
        notebook
            .getAsJsonObject("metadata")
            .getAsJsonObject("kernelspec")
            .get("name")
            .getAsString());
    List<String> faults = new ArrayList<>();
    int number = 0;
    for (JsonElement element : notebook.getAsJsonArray("cells")) {
      number++;
      JsonObject cell = element.getAsJsonObject();
      if (cell.get("cell_type").getAsString().equals("code")) {
        for (String fault : faults(text(cell.get("source")), cell.getAsJsonArray("outputs"))) {
          faults.add("cell %d of %s: %s".formatted(number, file, fault));
        }
      }
    }
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }

  private static String text(JsonElement source) {
    if (source.isJsonPrimitive()) {
      return source.getAsString();
    }
    StringBuilder text = new StringBuilder();
    source.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
    return text.toString();
  }

  private static List<String> faults(String code, JsonArray outputs) {
    List<String> faults = new ArrayList<>();
    if (MAGIC.matcher(code).find()) {
      faults.add("a magic");
    }
    if (SHORT_PRINTF.matcher(code).find()) {
      faults.add("printf without System.out");
    }
    if (displaysWithType(code)) {
      faults.add("display with a second argument");
    }
    for (JsonElement output : outputs) {
      if (output.getAsJsonObject().get("output_type").getAsString().equals("error")) {
        faults.add("an error in its output");
      }
    }
    return faults;
  }

  /** Whether a call of display has a comma outside of inner brackets and strings. */
  private static boolean displaysWithType(String code) {
    var calls = Pattern.compile("(?<![\\w.])display\\s*\\(").matcher(code);
    while (calls.find()) {
      int depth = 1;
      boolean quoted = false;
      for (int i = calls.end(); i < code.length() && depth > 0; i++) {
        char c = code.charAt(i);
        if (c == '"' && code.charAt(i - 1) != '\\') {
          quoted = !quoted;
        } else if (!quoted && "([{".indexOf(c) >= 0) {
          depth++;
        } else if (!quoted && ")]}".indexOf(c) >= 0) {
          depth--;
        } else if (!quoted && c == ',' && depth == 1) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void theCheckSeesWhatItShould() {
    JsonArray none = new JsonArray();
    assertEquals(List.of("a magic"), faults("int x;\n%maven a:b:1", none));
    assertEquals(List.of("printf without System.out"), faults("printf(\"a\");", none));
    assertEquals(
        List.of(),
        faults(
            "System.out.printf(\"%d\", 1); int y = 5\n % 3 == 0 ? 1 : 2;".replace("\n %", " %"),
            none));
    assertEquals(
        List.of("display with a second argument"), faults("display(f(1, 2), \"text/html\")", none));
    assertEquals(List.of(), faults("display(f(1, \"),\"));", none));
    JsonArray error = JsonParser.parseString("[{\"output_type\": \"error\"}]").getAsJsonArray();
    assertEquals(List.of("an error in its output"), faults("1", error));
  }
}
