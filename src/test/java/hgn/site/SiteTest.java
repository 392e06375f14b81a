package hgn.site;

import static hgn.site.SmallCheckout.code;
import static hgn.site.SmallCheckout.image;
import static hgn.site.SmallCheckout.picture;
import static hgn.site.SmallCheckout.printed;
import static hgn.site.SmallCheckout.shown;
import static hgn.site.SmallCheckout.thrown;
import static hgn.site.SmallCheckout.unexecuted;
import static hgn.site.SmallCheckout.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  @TempDir private Path folder;
  private SmallCheckout checkout;
  private Path target;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = new SmallCheckout(Files.createDirectory(folder.resolve("checkout")));
    target = folder.resolve("site");
  }

  private Site.Made build() {
    return Site.build(checkout.workspace, target, false, Optional.empty());
  }

  private Document page(String name) throws IOException {
    return Jsoup.parse(Files.readString(target.resolve(name)));
  }

  @Test
  void theRealWorkbookBecomesASiteWhoseLinksAllHold() throws IOException {
    Workspace real = new Workspace(Path.of(""));
    Site.Made made = Site.build(real, target, true, Optional.empty());
    assertEquals(List.of(), made.problems());
    SiteLaws.check(target);
    assertEquals(made.pages(), SiteLaws.pages(target).size());
    for (Path notebook : FileNames.in(real.root().resolve("notebooks"), ".ipynb")) {
      assertTrue(Files.exists(target.resolve("notebooks/" + FileNames.stem(notebook) + ".html")));
    }
  }

  @Test
  void linksOfTheCheckoutBecomeLinksOfTheSite() throws IOException {
    checkout.write("LICENSE", "free");
    checkout.write("data/tables/t.html", "<table><caption>T</caption><tr><td>1</td></tr></table>");
    checkout.write("data/tables/t.md", "| T |");
    checkout.write("docs/NOTES.md", "# Notes\n\n## A b\n\n[back](../README.md#some-part)\n");
    checkout.write(
        "README.md",
        """
# Small

[one](notebooks/01-one.ipynb#The-Part) [notes](docs/NOTES.md#a-b) [table](data/tables/t.md)
[free](LICENSE) [web](https://example.org/x) [folder](docs/) <a href="docs/NOTES.md">raw</a>

## Some part
""");
    checkout.notebook("01-one", words("# One\n\n[up](../README.md)\n\n## The Part\n\n## The Part"));
    assertEquals(List.of(), build().problems());
    SiteLaws.check(target);
    assertEquals(
        List.of(
            "notebooks/01-one.html#the-part",
            "docs/NOTES.html#a-b",
            "tables.html#t",
            "LICENSE.txt",
            "https://example.org/x",
            "docs/NOTES.html"),
        page("index.html").select("article p a").eachAttr("href"));
    assertEquals(
        "../index.html#some-part", page("docs/NOTES.html").selectFirst("article p a").attr("href"));
    assertTrue(Files.exists(target.resolve("data/tables/t.md")));
  }

  @Test
  void whatLeadsNowhereIsReportedAndNotLinked() throws IOException {
    checkout.write(
        "README.md",
        "[a](gone.md) [b](notebooks/01-one.ipynb#gone) [c](#gone) [d](../../outside.txt)\n"
            + "![e](gone.png) ![f](https://example.org/f.png)\n");
    checkout.notebook("01-one", words("# One"));
    List<String> problems = build().problems();
    assertEquals(6, problems.size(), problems::toString);
    assertTrue(problems.stream().allMatch(p -> p.startsWith("README.md ")), problems::toString);
    SiteLaws.check(target);
    assertEquals("a b c d e f", page("index.html").selectFirst("article p").text());
  }

  @Test
  void everyKindOfOutputIsShown() throws IOException {
    byte[] figure = image("png", 40, 30);
    checkout.write("figures/fig-x.png", figure);
    checkout.write("figures/fig-x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    checkout.notebook(
        "01-one",
        words("# One\n\n## Looking at $q_1$"),
        code("import java.util.List;\n"),
        code(
            "var a = 1 < 2;",
            printed("10 %\r50 %\r"),
            printed("100 %\n\u001B[31m<done>\u001B[0m\n"),
            picture("image/png", figure),
            picture("image/png", image("png", 41, 30)),
            picture("image/gif", image("gif", 8, 8)),
            shown(Map.of("text/html", "<table><tr><td>7</td></tr></table>", "text/plain", "7")),
            shown(
                Map.of(
                    "text/html",
                    "<canvas></canvas><script>if (1 < 2 && true) { go(\"<b>\"); }</script>")),
            shown(Map.of("text/markdown", "**bold**")),
            shown(Map.of("text/plain", "<plain>"))));
    assertEquals(List.of(), build().problems());
    SiteLaws.check(target);
    Document page = page("notebooks/01-one.html");
    assertEquals(List.of("Imports", "Code"), page.select("details.code > summary").eachText());
    assertEquals(1, page.select("details.code[open]").size());
    assertEquals("var a = 1 < 2;", page.selectFirst("details[open].code code").text());
    assertEquals(
        List.of("100 %\n<done>", "<plain>"),
        page.select(".output pre").stream().map(e -> e.wholeText()).toList());
    assertEquals(
        List.of("../figures/fig-x.png", "images/01-one-2.png", "images/01-one-3.gif"),
        page.select(".output img").eachAttr("src"));
    assertEquals("40", page.selectFirst(".output img").attr("width"));
    assertTrue(page.selectFirst(".output img").attr("alt").contains("fig-x"));
    assertEquals("7", page.selectFirst(".output .wide td").text());
    assertEquals("if (1 < 2 && true) { go(\"<b>\"); }", page.selectFirst(".output script").data());
    assertEquals("bold", page.selectFirst(".output strong").text());
    assertEquals(
        List.of("figures/fig-x.png", "figures/fig-x.svg", "notebooks/01-one.html#cell-3"),
        page("figures.html").select("figcaption a").eachAttr("href"));
  }

  @Test
  void everyPageLeadsToItsNeighboursAndItsParts() throws IOException {
    checkout.notebook("01-one", words("# One\n\n## A\n\n### B\n\n## A"));
    checkout.notebook("02-two", words("# Two"));
    build();
    Document page = page("notebooks/01-one.html");
    assertEquals("../index.html", page.selectFirst("a[rel=prev]").attr("href"));
    assertEquals("02-two.html", page.selectFirst("a[rel=next]").attr("href"));
    assertEquals(
        List.of("#a", "#b", "#a-1"),
        page.select("nav[aria-label=On this page] a").eachAttr("href"));
    assertEquals("One", page.selectFirst("a[aria-current=page]").text());
    assertEquals("One", page.title());
  }

  @Test
  void aNotebookThatWasNotExecutedIsNamedUnlessAskedFor() throws IOException {
    checkout.notebook("01-one", words("# One"), code("1"), unexecuted("2"));
    UserError error = assertThrows(UserError.class, this::build);
    assertTrue(
        error.getMessage().startsWith("cell 3 of notebooks/01-one.ipynb"), error.getMessage());
    assertFalse(Files.exists(target));
    Site.build(checkout.workspace, target, true, Optional.empty());
    assertEquals(1, page("notebooks/01-one.html").select(".note").size());
  }

  @Test
  void aCorruptNotebookIsNamedAndTheOldSiteStays() throws IOException {
    checkout.notebook("01-one", words("# One"));
    build();
    for (String broken : List.of("", "{", "[]", "{\"cells\": 1}", "{\"cells\": [{}]}", "{}")) {
      checkout.write("notebooks/02-two.ipynb", broken);
      UserError error = assertThrows(UserError.class, this::build, broken);
      assertEquals(UserError.Kind.DATA, error.kind());
      assertTrue(error.getMessage().contains("02-two.ipynb is no notebook"), error.getMessage());
    }
    SiteLaws.check(target);
    try (Stream<Path> beside = Files.list(folder)) {
      assertEquals(2, beside.count(), "temporary folders are left");
    }
  }

  @Test
  void anExceptionInANotebookIsShownAndReported() throws IOException {
    checkout.notebook(
        "01-one",
        code("boom()", thrown("ArithmeticException", "/ by zero", "at \u001B[1mcell\u001B[0m")));
    List<String> problems = build().problems();
    assertEquals(1, problems.size());
    assertTrue(
        problems.get(0).startsWith("notebooks/01-one.ipynb, cell 1 ended with ArithmeticException"),
        problems::toString);
    assertEquals("at cell", page("notebooks/01-one.html").selectFirst("pre.error").text());
  }

  @Test
  void onlyASiteIsReplaced() throws IOException {
    checkout.notebook("01-one", words("# One"));
    Path mine = Files.createDirectories(target).resolve("thesis.tex");
    Files.writeString(mine, "years");
    UserError error = assertThrows(UserError.class, this::build);
    assertEquals(UserError.Kind.USAGE, error.kind());
    assertEquals("years", Files.readString(mine));
    Files.delete(mine);
    build();
    checkout.notebook("01-one", words("# Uno"));
    build();
    assertEquals("Uno", page("notebooks/01-one.html").title());
  }
}
