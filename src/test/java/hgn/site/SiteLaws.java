package hgn.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What holds for every page of every site. */
final class SiteLaws {
  private static final Pattern STYLE_ADDRESS =
      Pattern.compile("@import|url\\(\\s*[\"']?(?!data:)[^)]*");

  private SiteLaws() {}

  /** The site's own pages, relative to it. */
  static List<Path> pages(Path site) throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files
          .filter(f -> f.toString().endsWith(".html"))
          .map(site::relativize)
          .filter(f -> !f.startsWith(Site.API))
          .sorted()
          .toList();
    }
  }

  /** Every link and anchor leads somewhere, and nothing is loaded from outside. */
  static void check(Path site) throws IOException {
    Map<Path, Document> documents = new HashMap<>();
    for (Path page : pages(site)) {
      documents.put(page, Jsoup.parse(Files.readString(site.resolve(page))));
    }
    List<String> faults = new ArrayList<>();
    documents.forEach(
        (page, document) -> {
          for (Element element : document.select("[href], [src], [poster], [data]")) {
            for (String name : List.of("href", "src", "poster", "data")) {
              if (element.hasAttr(name)) {
                String fault = fault(site, documents, page, element, element.attr(name));
                if (fault != null) {
                  faults.add("%s: %s %s".formatted(page, element.attr(name), fault));
                }
              }
            }
          }
          for (Element image : document.select("article img:not([src^=data:])")) {
            if (image.attr("alt").isBlank() || !image.attr("loading").equals("lazy")) {
              faults.add("%s: %s has no words or loads at once".formatted(page, image));
            }
          }
          List<String> ids = document.select("[id]").eachAttr("id");
          if (ids.stream().distinct().count() != ids.size()) {
            faults.add("%s: an anchor twice among %s".formatted(page, ids));
          }
        });
    try (Stream<Path> files = Files.walk(site.resolve(Assets.FOLDER))) {
      for (Path style : files.filter(f -> f.toString().endsWith(".css")).toList()) {
        STYLE_ADDRESS
            .matcher(Files.readString(style))
            .results()
            .forEach(r -> faults.add(style + " loads " + r.group()));
      }
    }
    assertEquals("", String.join("\n", faults));
  }

  private static String fault(
      Path site, Map<Path, Document> documents, Path page, Element element, String address) {
    if (address.startsWith("data:")) {
      return null;
    }
    if (address.matches("(?i)[a-z]+:.*")) {
      return element.tagName().equals("a") ? null : "would be loaded from outside";
    }
    int hash = address.indexOf('#');
    String path = hash < 0 ? address : address.substring(0, hash);
    Path target =
        path.isEmpty()
            ? page
            : site.relativize(site.resolve(page).resolveSibling(path).normalize());
    if (!Files.isRegularFile(site.resolve(target))) {
      return "does not exist";
    }
    if (hash < 0) {
      return null;
    }
    Document there = documents.get(target);
    return there != null && there.getElementById(address.substring(hash + 1)) != null
        ? null
        : "has no such anchor";
  }
}
