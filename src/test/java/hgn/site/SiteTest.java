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
import hgn.report.FlowExplorer;
import hgn.report.Player;
import hgn.results.Film;
import hgn.results.FlowField;
import hgn.results.FrameSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
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
    return Site.build(checkout.workspace, target, false, false, Optional.empty(), List.of());
  }

  private Document page(String name) throws IOException {
    return Jsoup.parse(Files.readString(target.resolve(name)));
  }

  @Test
  void pagesThatAreCompleteInThemselvesAreListed() throws IOException {
    checkout.notebook("01-one", words("# One"));
    Site.Extra extra = new Site.Extra("explorers/a.html", "a < b", "caption", "<p>whole</p>");
    Site.Made made =
        Site.build(checkout.workspace, target, false, false, Optional.empty(), List.of(extra));
    assertEquals(List.of(), made.problems());
    assertEquals("<p>whole</p>", Files.readString(target.resolve("explorers/a.html")));
    assertEquals("a < b", page("explorers.html").selectFirst("a[href=explorers/a.html]").text());
    assertEquals(1, page("index.html").select("nav a[href=explorers.html]").size());
  }

  @Test
  void theRealWorkbookBecomesASiteWhoseLinksAllHold() throws IOException {
    Workspace real = new Workspace(Path.of(""));
    Site.Made made = Site.build(real, target, true, false, Optional.empty(), List.of());
    assertEquals(List.of(), made.problems());
    SiteLaws.check(target);
    assertEquals(made.pages(), SiteLaws.pages(target).size());
    for (Path page : SiteLaws.pages(target)) {
      assertEquals(
          0, page(page.toString()).select(".scrubbed").size(), page + " lost what it needs");
    }
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
    assertEquals(0, page.select(".output script").size(), "a stranger's");
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
    Site.build(checkout.workspace, target, true, false, Optional.empty(), List.of());
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

  private static final String PLAYER =
      new Player(Film.of(new FrameSequence("truth", 2, new float[2][3 * 4]), 0.1), "a film").html();

  @Test
  void whatActsByItselfIsLeftOutUnlessAskedFor() throws IOException {
    List<String> hostile =
        List.of(
            "<script>alert(1)</script>",
            "<script src=\"x.js\"></script>",
            "<img src=x onerror=\"alert(1)\">",
            "<a href=\"javascript:alert(1)\">a</a>",
            "<a href=\" java&#9;script:alert(1)\">a</a>",
            "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
            "<iframe src=\"https://example.org\"></iframe>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<svg><a xlink:href=\"javascript:alert(1)\"><text>a</text></a></svg>",
            "<svg onload=\"alert(1)\"></svg>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
            "<object data=\"x.swf\"></object>",
            "<form action=\"https://example.org\"><button"
                + " formaction=\"javascript:1\">b</button></form>",
            "<p style=\"background:url(https://example.org/x)\">p</p>",
            "<style>@import 'https://example.org/x.css';</style>",
            "<meta http-equiv=\"refresh\" content=\"0;https://example.org\">",
            "<base href=\"https://example.org/\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
            "<script type=\"application/json\" onload=\"alert(1)\">{}</script>",
            PLAYER.replace("use strict", "use string"));
    for (String html : hostile) {
      checkout.write("docs/NOTES.md", "# Notes\n\n" + html + "\n");
      checkout.notebook(
          "01-one", words("# One\n\n" + html), code("1", shown(Map.of("text/html", html))));
      build();
      for (String name : List.of("notebooks/01-one.html", "docs/NOTES.html")) {
        Document page = page(name);
        assertEquals(1, page.select(".scrubbed").size(), html);
        Element article = page.selectFirst("article");
        article.select(".scrubbed").remove();
        assertEquals(
            0,
            article
                .select("script:not([type=application/json]), object, form, base, meta[http-equiv]")
                .size(),
            html);
        for (Element frame : article.select("iframe")) {
          article.append(frame.attr("srcdoc"));
        }
        for (Element element : article.getAllElements()) {
          for (Attribute attribute : element.attributes()) {
            String what = attribute.toString().toLowerCase(Locale.ROOT);
            assertFalse(
                what.matches("on.*|(?s)(style|src|action|content)=.*(example|url).*"), html);
            assertFalse(what.matches("(?s).*href=.*(script:|data:).*"), html + ": " + what);
          }
        }
      }
      Site.build(checkout.workspace, target, false, true, Optional.empty(), List.of());
      assertTrue(
          page("notebooks/01-one.html").selectFirst(".scrubbed").text().contains("--trust"), html);
    }
  }

  /** A page in a frame: its own script is known there too. */
  @Test
  void explorersOfThisProjectStay() throws IOException {
    FlowField field = new FlowField("f", "c", 0, false, 1, 1, List.of(), new short[0], List.of());
    checkout.notebook(
        "01-one", code("1", shown(Map.of("text/html", new FlowExplorer(field).html()))));
    build();
    Document page = page("notebooks/01-one.html");
    assertEquals(0, page.select(".scrubbed").size());
    String inside = page.selectFirst("article iframe").attr("srcdoc");
    assertEquals(2, Jsoup.parse(inside).select("script").size(), "data and program");
  }

  @Test
  void playersOfThisProjectStay() throws IOException {
    checkout.notebook("01-one", code("1", shown(Map.of("text/html", PLAYER))));
    build();
    Document page = page("notebooks/01-one.html");
    assertEquals(0, page.select(".scrubbed").size());
    assertEquals(1, page.select("article script").size());
    assertEquals(1, page.select("[data-film]").size());
  }

  @Test
  void nothingHiddenOrFromElsewhereIsPublished() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "s");
    checkout.write(".git/config", "s");
    checkout.write("data/.env", "s");
    checkout.write("figures/ok.png", image("png", 4, 4));
    Path root = checkout.workspace.root();
    Files.createSymbolicLink(root.resolve("link.txt"), secret);
    Files.createSymbolicLink(root.resolve("folder"), folder);
    Files.createDirectories(root.resolve("docs"));
    Files.createSymbolicLink(root.resolve("docs/SECRET.md"), secret);
    checkout.write(
        "README.md",
        "# S\n\n[a](.git/config) [b](data/.env) [c](link.txt) [d](folder/secret.txt)"
            + " [e](figures/ok.png) [f](x.html) [g](y.svg)\n");
    checkout.write("x.html", "<p onclick=\"alert(1)\">x</p>");
    checkout.write(
        "y.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");
    assertEquals(4, build().problems().size());
    try (Stream<Path> all = Files.walk(target)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertFalse(
            file.toString().matches(".*(config|env|secret|SECRET|link).*"), file.toString());
        assertFalse(Files.readAllBytes(file).length == 1, file + " is the secret");
      }
    }
    assertTrue(Files.exists(target.resolve("x.html.txt")));
    assertTrue(Files.exists(target.resolve("y.svg.txt")));
    assertTrue(Files.exists(target.resolve("figures/ok.png")));
  }
}
