package hgn.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;

/** All figures on one page, by the notebook that shows them, each with its files. */
final class FiguresPage {
  static final String TARGET = "figures.html";

  private static final List<String> FORMATS = List.of("png", "svg", "pdf");

  private FiguresPage() {}

  /**
   * The page, as an HTML fragment.
   *
   * @param folder where the figures are: figures/
   * @param notebooks the notebooks' pages
   * @throws IOException if the folder cannot be listed
   */
  static String html(Path folder, List<Page> notebooks) throws IOException {
    Map<String, Path> left = new LinkedHashMap<>();
    FileNames.in(folder, ".png").forEach(f -> left.put(FileNames.stem(f), f));
    StringBuilder html =
        new StringBuilder(
            "<h1>Figures</h1>\n"
                + "<p>Every figure that the notebooks save, as pixels and as vectors.</p>\n");
    for (Page notebook : notebooks) {
      List<String> items = new ArrayList<>();
      for (Element image : notebook.body().select("figure img[src^=../figures/]")) {
        String name = FileNames.stem(Path.of(image.attr("src")));
        if (left.remove(name) != null) {
          String cell = image.closest("section.cell").id();
          items.add(item(folder, name, image.attr("alt"), notebook.target() + "#" + cell));
        }
      }
      group(html, notebook.label(), items);
    }
    List<String> others = new ArrayList<>();
    for (String name : left.keySet()) {
      others.add(item(folder, name, name.replace('-', ' '), null));
    }
    group(html, "Others", others);
    return html.toString();
  }

  private static void group(StringBuilder html, String title, List<String> items) {
    if (!items.isEmpty()) {
      html.append("<h2>%s</h2>\n<div class=\"gallery\">\n".formatted(Entities.escape(title)));
      items.forEach(html::append);
      html.append("</div>\n");
    }
  }

  private static String item(Path folder, String name, String alt, String shownIn) {
    StringBuilder item =
        new StringBuilder(
            "<figure id=\"%s\"><a href=\"figures/%s.png\"><img src=\"figures/%s.png\" alt=\"%s\"></a>"
                .formatted(name, name, name, Entities.escape(alt).replace("\"", "&quot;")));
    item.append("<figcaption><code>").append(name).append("</code>");
    for (String format : FORMATS) {
      if (Files.isRegularFile(folder.resolve(name + "." + format))) {
        item.append(
            " <a href=\"figures/%s.%s\">%s</a>"
                .formatted(name, format, format.toUpperCase(java.util.Locale.ROOT)));
      }
    }
    if (shownIn != null) {
      item.append(" <a href=\"%s\">in the notebook</a>".formatted(shownIn));
    }
    return item.append("</figcaption></figure>\n").toString();
  }
}
