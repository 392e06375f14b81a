package hgn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.cli.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cookbook's blocks, one after the other as a reader runs them. */
class CookbookTest {
  private static final int MOST_LINES = 6;
  private static final int TASKS = 10;

  @BeforeEach
  void useThisCheckout() {
    System.setProperty("hgn.home", Path.of("").toAbsolutePath().toString());
  }

  @AfterEach
  void forgetIt() throws IOException {
    // What the page trains to show that it runs.
    for (String run : List.of("mass-spring+small-latent", "stiff-spring")) {
      FileUtils.deleteDirectory(Path.of("data/runs/hgn-leapfrog." + run).toFile());
    }
    System.clearProperty("hgn.home");
  }

  @Test
  void everyBlockRuns() throws Exception {
    String page = Files.readString(Path.of("docs/COOKBOOK.md"));
    assertEquals(TASKS, page.split("\n## ", -1).length - 1);
    Matcher block = Pattern.compile("```(java|sh)\n(.*?)```", Pattern.DOTALL).matcher(page);
    try (Session session = new Session(new Stop())) {
      for (int number = 1; block.find(); number++) {
        String code = block.group(2);
        assertTrue(code.lines().count() <= MOST_LINES, code);
        if (block.group(1).equals("java")) {
          session.run(code, number);
        } else {
          code.lines().forEach(CookbookTest::shell);
        }
      }
    }
    assertTrue(Files.exists(Path.of("target/cookbook/rollouts.pdf")));
  }

  private static void shell(String line) {
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    assertEquals("./workbook", words.remove(0));
    assertEquals(0, Commands.run(words.toArray(String[]::new)), line);
  }
}
