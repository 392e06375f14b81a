package hgn.report;

import hgn.io.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown that people write, with blocks that are written from results: what stands
 * between {@code <!-- table:name -->} and {@code <!-- /table -->}.
 *
 * @param source where it comes from, for messages
 * @param text all of it
 */
public record MarkedText(String source, String text) {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- table:([a-z0-9-]+) -->\n(.*?)<!-- /table -->", Pattern.DOTALL);
  private static final Pattern OPENED = Pattern.compile("<!-- table:");

  /**
   * Checks that every block that is opened is closed.
   *
   * @throws UserError if one is not, or its name has other characters than a-z, 0-9 and -
   */
  public MarkedText {
    long opened = OPENED.matcher(text).results().count();
    long closed = BLOCK.matcher(text).results().count();
    if (opened != closed) {
      throw UserError.data(
          "%s opens %d blocks and closes %d of them: expected '<!-- table:name -->' and"
              + " '<!-- /table -->', each on a line of its own",
          source, opened, closed);
    }
    BLOCK
        .matcher(text)
        .results()
        .filter(block -> OPENED.matcher(block.group(2)).find())
        .findFirst()
        .ifPresent(
            block -> {
              throw UserError.data(
                  "%s opens a block within '%s': close that first with '<!-- /table -->'",
                  source, block.group(1));
            });
  }

  /** Names of the blocks, in order. */
  public List<String> names() {
    return BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
  }

  /**
   * The page with its blocks written anew.
   *
   * @param content of each block, by its name
   */
  public String filled(UnaryOperator<String> content) {
    return BLOCK
        .matcher(text)
        .replaceAll(
            block ->
                Matcher.quoteReplacement(framed(block.group(1), content.apply(block.group(1)))));
  }

  /**
   * Names of the blocks that are not what they should be.
   *
   * @param content of each block, by its name
   */
  public List<String> outdated(UnaryOperator<String> content) {
    List<String> names = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(text).results().toList()) {
      String name = block.group(1);
      if (!block.group().equals(framed(name, content.apply(name)))) {
        names.add(name);
      }
    }
    return names;
  }

  private static String framed(String name, String content) {
    return "<!-- table:%s -->%n%s%n<!-- /table -->"
        .formatted(name, content.strip())
        .replace("\r\n", "\n");
  }
}
