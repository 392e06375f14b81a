package hgn.notebook;

import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pages of the checkout as a notebook shows them. */
final class Pages {
  private static final String SECTION = "## ";

  private Pages() {}

  /**
   * A page up to its second section.
   *
   * @param root of the checkout
   * @param page relative to it
   */
  static String head(Path root, String page) {
    Path file = root.resolve(page);
    if (!Files.exists(file)) {
      return "There is no `%s` in this checkout yet.".formatted(page);
    }
    List<String> shown = new ArrayList<>();
    int sections = 0;
    boolean whole = true;
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(SECTION) && ++sections > 1) {
          whole = false;
          break;
        }
        // Below the headings of the notebook itself.
        shown.add(line.startsWith("#") ? "##" + line : line);
      }
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT, "%s cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
    String text = String.join("\n", shown).strip();
    return whole ? text : "%s\n\n*… and more in [%s](../%s).*".formatted(text, page, page);
  }
}
