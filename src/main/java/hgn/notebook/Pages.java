package hgn.notebook;

import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Pages of the checkout as a notebook shows them. */
final class Pages {
  private static final String SECTION = "## ";

  /** Marks what a tool writes; nbconvert takes a table that follows one for HTML, pipes and all. */
  private static final Pattern MARK = Pattern.compile("<!--.*-->\\s*");

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
        if (MARK.matcher(line).matches()) {
          continue;
        }
        // Below the headings of the notebook itself.
        shown.add(line.startsWith("#") ? "##" + line : line);
      }
    } catch (IOException e) {
      throw UserError.environment("%s cannot be read (%s)", file, e.getMessage()).because(e);
    }
    String text = String.join("\n", shown).strip();
    return whole ? text : "%s\n\n*… and more in [%s](../%s).*".formatted(text, page, page);
  }
}
