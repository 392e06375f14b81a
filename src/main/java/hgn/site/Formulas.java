package hgn.site;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Entities;

/**
 * Keeps formulas from being read as Markdown, in which {@code _} and {@code *} mean emphasis. As in
 * Jupyter, they are taken out of the text before it is parsed and put back into the HTML after; a
 * formula becomes {@code <span class="math">} with its TeX, which KaTeX draws in the page.
 */
final class Formulas {
  /** Private-use characters, which no text of ours holds and no parser touches. */
  private static final Pattern STANDIN = Pattern.compile("\uE000(\\d+)\uE001");

  private static final Pattern ATTRIBUTE = Pattern.compile("\\b(?:alt|title)=\"[^\"]*\"");

  /** Code, which comes first so that a dollar in it stays one, and formulas. */
  private static final Pattern FORMULA =
      Pattern.compile(
          String.join(
              "|",
              "(?m:^ {0,3}(?<fence>`{3,}|~{3,})[^\\n]*\\n(?s:.*?)(?:^ {0,3}\\k<fence>|\\z))",
              "(?<!`)(?<tick>`+)(?!`)(?s:.+?)(?<!`)\\k<tick>(?!`)",
              "\\\\begin\\{(?<environment>[a-z]+\\*?)\\}(?s:.*?)\\\\end\\{\\k<environment>\\}",
              "\\\\[\\\\$`]",
              "\\$\\$(?<display>(?s:.+?))\\$\\$",
              // Dollars of money have a space within or a digit behind.
              "(?<![\\w$])\\$(?!\\s)(?<inline>(?:[^$\\\\\\n"
                  + "]++|\\\\.|\\n"
                  + "(?!\\s*\\n"
                  + "))+)(?<!\\s)\\$(?!\\d)"));

  private final List<String> html = new ArrayList<>();

  /**
   * The text with a stand-in for every formula.
   *
   * @param markdown a text as its author wrote it
   */
  String takeFrom(String markdown) {
    return FORMULA
        .matcher(markdown)
        .replaceAll(found -> Matcher.quoteReplacement(standIn((Matcher) found)));
  }

  /**
   * The HTML with its formulas back.
   *
   * @param rendered what the Markdown parser made of {@link #takeFrom}'s text
   */
  String putBack(String rendered) {
    String attributes =
        ATTRIBUTE
            .matcher(rendered)
            .replaceAll(
                a ->
                    Matcher.quoteReplacement(
                        STANDIN
                            .matcher(a.group())
                            .replaceAll(f -> Matcher.quoteReplacement(tex(f.group(1))))));
    return STANDIN
        .matcher(attributes)
        .replaceAll(f -> Matcher.quoteReplacement(html.get(Integer.parseInt(f.group(1)))));
  }

  private String standIn(Matcher found) {
    String display = found.group("environment") != null ? found.group() : found.group("display");
    if (display != null) {
      return keep("<span class=\"math display\">", display);
    }
    String inline = found.group("inline");
    return inline == null ? found.group() : keep("<span class=\"math\">", inline);
  }

  private String keep(String open, String tex) {
    html.add(open + Entities.escape(tex.strip()) + "</span>");
    return "\uE000" + (html.size() - 1) + "\uE001";
  }

  private String tex(String number) {
    String span = html.get(Integer.parseInt(number));
    return span.substring(span.indexOf('>') + 1, span.lastIndexOf('<'));
  }
}
