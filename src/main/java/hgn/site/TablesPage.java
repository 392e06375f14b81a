package hgn.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;

/** All tables on one page, each with its copies for a spreadsheet and for a report. */
final class TablesPage {
  static final String TARGET = "tables.html";

  private static final List<String> COPIES = List.of("csv", "md", "tex");
  private static final List<String> COPY_NAMES = List.of("CSV", "Markdown", "LaTeX");

  private TablesPage() {}

  /**
   * The page, as an HTML fragment.
   *
   * @param folder where the tables are: data/tables/
   * @throws IOException if one cannot be read
   */
  static String html(Path folder) throws IOException {
    StringBuilder html =
        new StringBuilder("<h1>Tables</h1>\n<p>Every table that the notebooks save.</p>\n");
    for (Path file : FileNames.in(folder, ".html")) {
      String name = FileNames.stem(file);
      Element body = Jsoup.parseBodyFragment(Files.readString(file)).body();
      Element caption = body.selectFirst("caption");
      String title = caption == null ? name : caption.text();
      if (caption != null) {
        caption.remove();
      }
      html.append("<h2 id=\"%s\">%s</h2>\n".formatted(name, Entities.escape(title)))
          .append(body.html())
          .append("<p class=\"copies\"><code>%s</code>".formatted(name));
      for (int i = 0; i < COPIES.size(); i++) {
        String copy = name + "." + COPIES.get(i);
        if (Files.isRegularFile(folder.resolve(copy))) {
          html.append(" <a href=\"data/tables/%s\">%s</a>".formatted(copy, COPY_NAMES.get(i)));
        }
      }
      html.append("</p>\n");
    }
    return html.toString();
  }
}
