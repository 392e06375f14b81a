package hgn.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  private static Element body(String markdown) {
    return Jsoup.parseBodyFragment(Markdown.html(markdown)).body();
  }

  private static List<String> formulas(String markdown) {
    return body(markdown).select(".math").eachText();
  }

  @Test
  void aFormulaIsNoMarkdown() {
    Element body = body("With $a_1 * b_1$ and $c_2 * \\{d_2 < 3\\}$ it is *so*.");
    assertEquals(List.of("a_1 * b_1", "c_2 * \\{d_2 < 3\\}"), body.select(".math").eachText());
    assertEquals(List.of("so"), body.select("em").eachText());
  }

  @Test
  void aDisplayedFormulaMayHaveLinesThatLookLikeAList() {
    Element body = body("So\n$$x\n- y\n\n+ z \\\\ w$$\nholds.");
    assertEquals("x\n- y\n\n+ z \\\\ w", body.selectFirst(".math.display").wholeText());
    assertEquals(0, body.select("li").size());
    assertEquals(
        "\\begin{align}a &= b\\end{align}",
        body("\\begin{align}a &= b\\end{align}").selectFirst(".display").text());
  }

  @Test
  void formulasStandInTablesListsHeadingsAndHtml() {
    assertEquals(List.of("|x|", "q"), formulas("| a | b |\n|---|---|\n| $|x|$ | $q$ |\n"));
    assertEquals(List.of("a_1", "b_1", "c_1"), formulas("# On $a_1$\n\n* $b_1$\n\n<b>$c_1$</b>"));
    assertEquals("a p_1 b", body("![a $p_1$ b](x.png)").selectFirst("img").attr("alt"));
  }

  @Test
  void codeAndMoneyAreNoFormulas() {
    for (String text :
        List.of(
            "`$HOME` and `$PATH`",
            "```\n$a$\n```",
            "~~~sh\necho $a $b\n~~~",
            "between $5 and $6",
            "a $ b $ c",
            "\\$a\\$",
            "one $ sign")) {
      assertEquals(List.of(), formulas(text), text);
      assertTrue(body(text).text().contains("$"), text);
    }
  }
}
