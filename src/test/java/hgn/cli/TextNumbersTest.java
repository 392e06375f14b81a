package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hgn.io.Json;
import hgn.report.MarkedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No number without a file: a decimal or a percentage in the words of README, RESULTS and the
 * notebooks is one of a table that is written from the runs, one that the notebook's own cells set
 * or print, one of the paper's, or one of {@code data/trials/}, whose files say by which command it
 * was found.
 */
class TextNumbersTest {
  private static final Path TRIALS = Path.of("data/trials");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<!-- table:[a-z0-9-]+ -->(.*?)<!-- /table -->");
  private static final Pattern CODE =
      Pattern.compile(
          "(?s)```.*?```|`[^`\\n]*`|\\$\\$.*?\\$\\$|\\$[^$\\n]*\\$|<[^>]*>|\\]\\([^)]*\\)");
  private static final Pattern EMBEDDED = Pattern.compile("base64,[A-Za-z0-9+/=]+");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.§/:+-])\\d+(?:\\.\\d+)+(?![\\w.]*\\d)|(?<![\\w.])\\d+(?= ?%)");

  /**
   * Numbers that somebody found by hand, and how.
   *
   * @param what was tried
   * @param command that finds them
   * @param commit of the program that did
   * @param numbers as the texts print them, with what each is
   */
  private record Trial(String what, String command, String commit, Map<String, String> numbers) {}

  @Test
  void everyNumberInTheTextsHasAFile() throws IOException {
    Set<String> known = known();
    List<String> without = new ArrayList<>();
    for (Path page : List.of(Path.of("README.md"), Path.of("docs/RESULTS.md"))) {
      for (String number : numbers(words(Files.readString(page)))) {
        if (!known.contains(number)) {
          without.add(page + ": " + number);
        }
      }
    }
    for (Path page : files(Path.of("notebooks"), ".ipynb")) {
      Set<String> printed = new HashSet<>(known);
      String words = notebook(Files.readString(page), printed);
      numbers(words).stream()
          .filter(number -> !printed.contains(number))
          .forEach(number -> without.add(page + ": " + number));
    }
    assertEquals(
        List.of(),
        without,
        "say it by a table of results, or put it into a file of data/trials with its command");
  }

  @Test
  void aTrialSaysHowItsNumbersWereFound() throws IOException {
    for (Trial trial : trials()) {
      assertTrue(!trial.what().isBlank() && !trial.command().isBlank(), trial.toString());
      assertTrue(!trial.commit().isBlank() && !trial.numbers().isEmpty(), trial.toString());
      trial.numbers().forEach((number, what) -> assertTrue(!what.isBlank(), number));
    }
  }

  @Test
  void numbersAreSeenInWordsAndNotElsewhere() {
    String page =
        "At 4.70 it is 12 % of `0.5` in [a](b-1.5.md), §3.2, JDK 17.\n\n"
            + "<!-- table:x -->\n"
            + "9.9\n"
            + "<!-- /table -->\n";
    assertEquals(List.of("4.70", "12"), numbers(words(page)));
    assertEquals(List.of("x"), List.copyOf(new MarkedText("page", page).names()));
  }

  @Test
  void aNotebookKnowsWhatItsCellsSetAndPrint() {
    String json =
        "{'cells': [{'cell_type': 'markdown', 'source': ['At $x = 9.5$ it is 4.25, ', 'then"
            + " 1.5.']}, {'cell_type': 'code', 'source': 'double x = 1.5;', 'outputs': [{'text':"
            + " ['2.75']}, {'data': {'text/html': '<td>4.25</td>', 'image/png': '7.5'}}]}]}";
    Set<String> printed = new HashSet<>();
    assertEquals(List.of("4.25", "1.5"), numbers(notebook(json, printed)));
    assertEquals(Set.of("1.5", "2.75", "4.25"), printed);
  }

  private static Set<String> known() throws IOException {
    Set<String> known = new HashSet<>();
    for (Path page : List.of(Path.of("README.md"), Path.of("docs/RESULTS.md"))) {
      Matcher block = BLOCK.matcher(Files.readString(page));
      while (block.find()) {
        known.addAll(numbers(block.group(1)));
      }
    }
    trials().forEach(trial -> known.addAll(trial.numbers().keySet()));
    return known;
  }

  private static List<Trial> trials() throws IOException {
    List<Trial> trials = new ArrayList<>();
    for (Path file : files(TRIALS, ".json")) {
      trials.add(Json.read(file, Trial.class));
    }
    return trials;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** The words of a notebook; numbers that its cells set or print are added to those known. */
  private static String notebook(String json, Set<String> printed) {
    StringBuilder words = new StringBuilder();
    for (JsonElement e : JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("cells")) {
      JsonObject cell = e.getAsJsonObject();
      String source = text(cell.get("source"));
      if (cell.get("cell_type").getAsString().equals("markdown")) {
        words.append(words(source)).append('\n');
        continue;
      }
      printed.addAll(numbers(source));
      for (JsonElement output : cell.getAsJsonArray("outputs")) {
        printed.addAll(numbers(text(output.getAsJsonObject().get("text"))));
        JsonObject data = output.getAsJsonObject().getAsJsonObject("data");
        for (String kind : data == null ? List.<String>of() : List.copyOf(data.keySet())) {
          if (kind.startsWith("text/")) {
            printed.addAll(numbers(EMBEDDED.matcher(text(data.get(kind))).replaceAll("")));
          }
        }
      }
    }
    return words.toString();
  }

  private static String text(JsonElement lines) {
    if (lines instanceof JsonArray all) {
      StringBuilder text = new StringBuilder();
      all.forEach(line -> text.append(line.getAsString()));
      return text.toString();
    }
    return lines == null ? "" : lines.getAsString();
  }

  private static String words(String page) {
    return CODE.matcher(BLOCK.matcher(page).replaceAll(" ")).replaceAll(" ");
  }

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(m -> m.group()).toList();
  }
}
