package hgn.site;

import hgn.io.Text;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;

/** The frame around every page: navigation, contents, the page before and the page after. */
final class PageFrame {
  private static final String FRAME =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="%s">
      <title>%s</title>
      <link rel="icon" href="data:,">
      %s</head>
      <body>
      <a class="skip" href="#content">Skip to the content</a>
      <div class="side">
      <p class="brand"><a href="%s">Hamiltonian Generative Networks, cell by cell</a></p>
      <nav aria-label="Pages"><details open><summary>Pages</summary>
      %s</details></nav>
      %s</div>
      <main id="content">
      %s<article>
      %s
      </article>
      %s</main>
      </body>
      </html>
      """;

  private final List<Page> pages;
  private final boolean api;

  /**
   * Knows what to navigate to.
   *
   * @param pages all pages, in reading order
   * @param api whether the site has the API docs
   */
  PageFrame(List<Page> pages, boolean api) {
    this.pages = pages;
    this.api = api;
  }

  /** The whole document of a page. */
  String html(Page page) {
    return FRAME.formatted(
        SiteFolder.GENERATOR,
        Entities.escape(page.title()),
        assets(page),
        Links.relative(page, pages.get(0).target()),
        navigation(page),
        contents(page),
        turn(page, "above"),
        page.body().html(),
        turn(page, "below"));
  }

  private static String assets(Page page) {
    StringBuilder head = new StringBuilder();
    boolean formulas = page.body().selectFirst(".math") != null;
    boolean code = page.body().selectFirst("code[class^=language-]") != null;
    String folder = Links.relative(page, Assets.FOLDER) + "/";
    head.append("<link rel=\"stylesheet\" href=\"%ssite.css\">\n".formatted(folder));
    if (formulas) {
      head.append("<link rel=\"stylesheet\" href=\"%skatex.css\">\n".formatted(folder))
          .append("<script defer src=\"%skatex.js\"></script>\n".formatted(folder));
    }
    if (code) {
      head.append("<script defer src=\"%sprism.js\"></script>\n".formatted(folder));
    }
    return head.append("<script defer src=\"%ssite.js\"></script>\n".formatted(folder)).toString();
  }

  private String navigation(Page current) {
    StringBuilder html = new StringBuilder();
    String section = null;
    for (Page page : pages) {
      if (!page.section().equals(section)) {
        html.append(section == null ? "" : "</ul>\n");
        section = page.section();
        html.append("<p class=\"section\">%s</p>\n<ul>\n".formatted(Entities.escape(section)));
      }
      html.append(
          "<li><a href=\"%s\"%s>%s</a></li>\n"
              .formatted(
                  Links.relative(current, page.target()),
                  page.target().equals(current.target()) ? " aria-current=\"page\"" : "",
                  Entities.escape(page.label())));
    }
    if (api) {
      html.append(
          "<li><a href=\"%s\">API docs</a></li>\n"
              .formatted(Links.relative(current, Site.API + "/index.html")));
    }
    return html.append("</ul>\n").toString();
  }

  private static String contents(Page page) {
    List<Page.Entry> entries = page.contents();
    if (entries.isEmpty()) {
      return "";
    }
    return entries.stream()
        .map(
            e ->
                Text.of(
                    "<li class=\"level%d\"><a href=\"#%s\">%s</a></li>\n",
                    e.level(), e.anchor(), e.html()))
        .collect(
            Collectors.joining(
                "",
                "<nav aria-label=\"On this page\"><details open><summary>On this page</summary>\n"
                    + "<ul>\n",
                "</ul>\n</details></nav>\n"));
  }

  private String turn(Page page, String where) {
    int at = pages.indexOf(page);
    StringBuilder html =
        new StringBuilder("<nav class=\"turn %s\" aria-label=\"Neighbours\">".formatted(where));
    if (at > 0) {
      html.append(neighbour(page, pages.get(at - 1), "prev", "← %s"));
    }
    if (at + 1 < pages.size()) {
      html.append(neighbour(page, pages.get(at + 1), "next", "%s →"));
    }
    return html.append("</nav>\n").toString();
  }

  private static String neighbour(Page from, Page to, String rel, String text) {
    return "<a rel=\"%s\" href=\"%s\">%s</a>"
        .formatted(
            rel, Links.relative(from, to.target()), text.formatted(Entities.escape(to.label())));
  }
}
