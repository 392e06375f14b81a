package hgn.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hgn.kernel.KernelSpec;
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

/**
 * The notebooks run unchanged on this kernel, on JJava and on IJava; their cells call and do not
 * program; and each teaches in the same order.
 */
class NotebookPortabilityTest {
  private static final Pattern MAGIC = Pattern.compile("(?m)^\\s*%");
  private static final Pattern SHORT_PRINTF = Pattern.compile("(?<![\\w.])printf\\s*\\(");

  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?m)^\\s*(?:(?:public|private|protected|static|final|abstract|sealed)\\s+)*"
              + "(?:class|record|interface|enum|@interface)\\s+\\w+");
  private static final Pattern LOOP =
      Pattern.compile("\\bfor\\s*\\(\\s*(?:int|long|var)\\s+\\w+\\s*=|\\b(?:while|do)\\s*[({]");
  private static final int MOST_LINES = 10;
  private static final int LONGEST_LINE = 120;
  private static final Pattern FIGURE = Pattern.compile("Show\\.(?:figure|player|gif|explorer)\\(");
  private static final Pattern SHOWN =
      Pattern.compile("Show\\.(?:figure|player|gif|explorer|table)\\(");
  private static final Pattern CHANGE = Pattern.compile("// change this (?:number|name)");
  private static final Pattern MINUTES = Pattern.compile("Reading time: (\\d+) minutes");

  /** Words that are read in a minute; a figure takes a minute too. */
  private static final double WORDS = 200;

  /** The three notebooks of a reader in a hurry, and the minutes that they may take together. */
  private static final List<String> HOUR = List.of("01-", "03-", "12-");

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
    StringBuilder markdown = new StringBuilder();
    int number = 0;
    int figures = 0;
    int changes = 0;
    boolean told = false;
    for (JsonElement element : notebook.getAsJsonArray("cells")) {
      number++;
      JsonObject cell = element.getAsJsonObject();
      if (!cell.getAsJsonObject("metadata").keySet().isEmpty()) {
        // Times of execution, which change with every run.
        faults.add("cell %d of %s: metadata %s".formatted(number, file, cell.get("metadata")));
      }
      if (cell.get("cell_type").getAsString().equals("code")) {
        String code = text(cell.get("source"));
        figures += FIGURE.matcher(code).find() ? 1 : 0;
        changes += CHANGE.matcher(code).find() ? 1 : 0;
        if (SHOWN.matcher(code).find() && !told) {
          faults.add("cell %d of %s: no sentence above what it shows".formatted(number, file));
        }
        told = false;
        for (String fault : faults(code, cell.getAsJsonArray("outputs"))) {
          faults.add("cell %d of %s: %s".formatted(number, file, fault));
        }
      } else {
        told = true;
        markdown.append(text(cell.get("source"))).append('\n');
      }
    }
    if (changes < 2) {
      faults.add("%s has %d cells with a number to change, expected two".formatted(file, changes));
    }
    long minutes = minutes(markdown.toString(), figures);
    if (minutes != stated(markdown.toString())) {
      faults.add("%s: reading takes %d minutes, which it does not say".formatted(file, minutes));
    }
    faults.addAll(lessonFaults(file.getFileName().toString(), markdown.toString()));
    assertTrue(faults.isEmpty(), () -> String.join("\n", faults));
  }

  private static long minutes(String markdown, int figures) {
    return (long) Math.ceil(markdown.strip().split("\\s+", -1).length / WORDS + figures);
  }

  private static int stated(String markdown) {
    var minutes = MINUTES.matcher(markdown);
    return minutes.find() ? Integer.parseInt(minutes.group(1)) : -1;
  }

  @Test
  void aReaderInAHurryNeedsAnHour() throws IOException {
    int sum = 0;
    try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
      for (Path file :
          files
              .filter(f -> HOUR.stream().anyMatch(f.getFileName().toString()::startsWith))
              .toList()) {
        sum += stated(Files.readString(file));
      }
    }
    assertTrue(sum > HOUR.size() && sum <= 60, sum + " minutes");
  }

  /** What a reader finds in every notebook; the index has nothing to exercise. */
  private static List<String> lessonFaults(String name, String markdown) {
    List<String> faults = new ArrayList<>();
    for (String part : List.of("What you will learn", "Before you start:", "What to try next")) {
      if (!markdown.contains(part)) {
        faults.add("%s has no '%s'".formatted(name, part));
      }
    }
    String[] summary = markdown.split("## In three lines", -1);
    if (!name.startsWith("00-")
        && (summary.length != 2
            || summary[1].split("\n## ", -1)[0].split("\n\\* ", -1).length != 4)) {
      faults.add(name + " has no summary 'In three lines' of three lines");
    }
    int solutions = markdown.split("<details><summary>Solution", -1).length - 1;
    if (!name.startsWith("00-") && (!markdown.contains("## Exercises") || solutions < 2)) {
      faults.add(
          "%s has %d folded solutions below 'Exercises', expected two at least"
              .formatted(name, solutions));
    }
    if (markdown.contains("PLACEHOLDER")) {
      faults.add(name + " has text that is still to be written");
    }
    if (markdown.split("<details>", -1).length != markdown.split("</details>", -1).length) {
      faults.add(name + " has a solution that is not closed");
    }
    return faults;
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
    if (code.strip().lines().count() > MOST_LINES) {
      faults.add("more than %d lines".formatted(MOST_LINES));
    }
    if (code.lines().anyMatch(line -> line.length() > LONGEST_LINE)) {
      faults.add("a line above %d characters".formatted(LONGEST_LINE));
    }
    if (DECLARATION.matcher(code).find()) {
      faults.add("a type declared: it belongs into the library");
    }
    if (LOOP.matcher(code).find()) {
      faults.add("a loop: it belongs into the library");
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
    assertEquals(List.of(), faults("a();\n".repeat(10), none));
    assertEquals(List.of("more than 10 lines"), faults("a();\n".repeat(11), none));
    String type = "a type declared: it belongs into the library";
    assertEquals(List.of(type), faults("int x;\nstatic final class A {}", none));
    assertEquals(List.of(type), faults("record Point(int x) {}", none));
    assertEquals(List.of(), faults("var c = String.class; var record = 1; record += 1;", none));
    String loop = "a loop: it belongs into the library";
    assertEquals(List.of(loop), faults("for (int epoch = 0; epoch < 9; epoch++) {}", none));
    assertEquals(List.of(loop), faults("while (true) {}", none));
    assertEquals(List.of(), faults("for (var run : runs) { show(run); }", none));
    String folded = "<details><summary>Solution</summary>x</details>";
    String lesson =
        "What you will learn Before you start: ## In three lines\n* a\n* b\n* c\n"
            + "## What to try next ## Exercises ";
    assertEquals(List.of(), lessonFaults("01-a.ipynb", lesson + folded + folded));
    assertEquals(1, lessonFaults("01-a.ipynb", lesson + folded).size());
    assertEquals(
        1, lessonFaults("01-a.ipynb", lesson.replace("* b\n", "") + folded + folded).size());
    assertEquals(3, lessonFaults("00-a.ipynb", "<details>What you will learn").size());
    assertEquals(3, minutes("word ".repeat(201), 1));
    assertEquals(7, stated("Reading time: 7 minutes."));
    assertEquals(
        List.of("a line above 120 characters"), faults("f(\"" + "x".repeat(120) + "\");", none));
    JsonArray error = JsonParser.parseString("[{\"output_type\": \"error\"}]").getAsJsonArray();
    assertEquals(List.of("an error in its output"), faults("1", error));
  }
}
