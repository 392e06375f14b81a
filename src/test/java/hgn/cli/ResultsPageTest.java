package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.io.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the repository says about its results is what its runs say. */
class ResultsPageTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath();

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"docs/RESULTS.md", "README.md"})
  void thePagesOfTheRepositorySayWhatItsRunsSay(String page) {
    ResultsPage blocks = new ResultsPage(new Workspace(CHECKOUT));
    assertEquals(
        List.of(),
        blocks.outdated(CHECKOUT.resolve(page)),
        "./workbook results --page %s writes these blocks anew".formatted(page));
  }

  @Test
  void aNumberThatWasChangedByHandIsFoundAndMended() throws Exception {
    ResultsPage blocks = new ResultsPage(new Workspace(CHECKOUT));
    Path page = root.resolve("page.md");
    Files.writeString(page, "<!-- table:table1-ratio -->\nbetter than all\n<!-- /table -->\n");
    assertEquals(List.of("table1-ratio"), blocks.outdated(page));
    blocks.write(page);
    assertEquals(List.of(), blocks.outdated(page));
    assertTrue(Files.readString(page).contains("| HGN (leapfrog) |"));
  }

  @Test
  void anUnknownBlockSaysWhichAreKnown() throws Exception {
    Path page = root.resolve("page.md");
    Files.writeString(page, "<!-- table:tabel1 -->\n<!-- /table -->\n");
    ResultsPage blocks = new ResultsPage(new Workspace(root));
    UserError error = assertThrows(UserError.class, () -> blocks.write(page));
    assertTrue(error.getMessage().contains("table1-test"), error.getMessage());
    assertThrows(UserError.class, () -> blocks.outdated(root.resolve("missing.md")));
  }
}
