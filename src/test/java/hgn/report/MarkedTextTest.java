package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks of a page are written, and nothing else of it. */
class MarkedTextTest {
  private static final String PAGE =
      "# Mine\n"
          + "<!-- table:a -->\n"
          + "old\n"
          + "<!-- /table -->\n"
          + "words\n"
          + "<!-- table:b-2 -->\n"
          + "<!-- /table -->\n";

  @Test
  void onlyBlocksChange() {
    MarkedText page = new MarkedText("p.md", PAGE);
    assertEquals(List.of("a", "b-2"), page.names());
    assertEquals(
        "# Mine\n<!-- table:a -->\n| $1 \\ a |\n<!-- /table -->\nwords\n"
            + "<!-- table:b-2 -->\n| $1 \\ b-2 |\n<!-- /table -->\n",
        page.filled(name -> "| $1 \\ " + name + " |\n"));
  }

  @Test
  void whatDiffersIsNamedAndWhatWasWrittenDoesNot() {
    MarkedText page = new MarkedText("p.md", PAGE);
    assertEquals(List.of("b-2"), page.outdated(name -> name.equals("a") ? "old" : "new"));
    MarkedText filled = new MarkedText("p.md", page.filled(name -> "x\ny"));
    assertEquals(List.of(), filled.outdated(name -> "x\ny"));
    assertEquals(List.of("a", "b-2"), filled.outdated(name -> "x\nz"));
  }

  @Test
  void aBlockThatIsLeftOpenIsRefused() {
    for (String text :
        List.of(
            "<!-- table:a -->\nold\n",
            "<!-- table:A b -->\nold\n<!-- /table -->\n",
            "<!-- table:a -->\n<!-- table:b -->\nold\n<!-- /table -->\n")) {
      UserError error = assertThrows(UserError.class, () -> new MarkedText("p.md", text));
      assertTrue(error.getMessage().contains("p.md"), error.getMessage());
    }
  }
}
