package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * No number without a file: a decimal or a percentage in the words of README and RESULTS is one of
 * a table that is written from the runs, one of the paper's, or one of {@code data/trials/}, whose
 * files say by which command it was found.
 */
class TextNumbersTest {
  private static final Path TRIALS = Path.of("data/trials");
  private static final Pattern BLOCK =
      Pattern.compile("(?s)<!-- table:[a-z0-9-]+ -->(.*?)<!-- /table -->");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`|\\]\\([^)]*\\)");
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
    try (Stream<Path> files = Files.list(TRIALS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        trials.add(Json.read(file, Trial.class));
      }
    }
    return trials;
  }

  private static String words(String page) {
    return CODE.matcher(BLOCK.matcher(page).replaceAll(" ")).replaceAll(" ");
  }

  private static List<String> numbers(String text) {
    return NUMBER.matcher(text).results().map(m -> m.group()).toList();
  }
}
