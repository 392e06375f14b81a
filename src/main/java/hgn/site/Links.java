package hgn.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Makes the links of a checkout links of the site: to a notebook or a document becomes to its page,
 * to any other file takes that file along. What leads nowhere stays as words and is reported.
 */
final class Links {
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*|//.*");

  /** Endings that a browser shows instead of offering to save them. */
  private static final Set<String> SHOWN =
      Set.of("png", "svg", "gif", "jpg", "pdf", "csv", "json", "txt", "md", "tex", "html", "npz");

  private final Path root;
  private final Map<String, Page> bySource = new HashMap<>();
  private final Map<String, Page> byTarget = new HashMap<>();
  private final boolean trust;
  private final List<String> problems;

  /** Files to take along: where they go in the site, and where they are. */
  private final Map<String, Path> files = new TreeMap<>();

  /**
   * Knows the pages.
   *
   * @param root the checkout
   * @param pages all pages
   * @param trust whether files that run scripts are taken along as such, not as text
   * @param problems is told of every link that leads nowhere
   */
  Links(Path root, List<Page> pages, boolean trust, List<String> problems) {
    this.root = root;
    this.trust = trust;
    this.problems = problems;
    pages.forEach(
        page -> {
          bySource.put(page.source(), page);
          byTarget.put(page.target(), page);
        });
  }

  /** The files that the pages link to: where they go in the site, and where they are. */
  Map<String, Path> files() {
    return files;
  }

  /** Rewrites every link and every picture's address of a page. */
  void rewrite(Page page) {
    for (Element image : page.body().select("[src]")) {
      String source = image.attr("src");
      if (source.regionMatches(true, 0, "http", 0, 4) || source.startsWith("//")) {
        problems.add(
            "%s loads %s from the network: put the file into the checkout"
                .formatted(page.source(), source));
        image.replaceWith(new Element("span").text(image.attr("alt")));
      } else if (!ABSOLUTE.matcher(source).matches()) {
        String found = follow(page, source);
        if (found == null) {
          image.replaceWith(new Element("span").text(image.attr("alt")));
        } else {
          image.attr("src", found);
        }
      }
    }
    for (Element link : page.body().select("a[href]")) {
      String target = link.attr("href");
      if (ABSOLUTE.matcher(target).matches()) {
        continue;
      }
      String found = follow(page, target);
      if (found == null) {
        link.unwrap();
      } else {
        link.attr("href", found);
      }
    }
  }

  /** The address as seen from the page in the site, or null where it leads nowhere. */
  private String follow(Page from, String address) {
    int hash = address.indexOf('#');
    String anchor = hash < 0 ? "" : decoded(address.substring(hash + 1));
    String path =
        decoded((hash < 0 ? address : address.substring(0, hash)).replaceAll("\\?.*", ""));
    if (path.isEmpty()) {
      String own = from.anchor(anchor);
      return own != null ? "#" + own : broken(from, address, "no such heading");
    }
    // Pictures and generated links are already where the site has them.
    String inSite = normal(parent(from.target()).resolve(path));
    Page page = byTarget.get(inSite);
    String source = normal(parent(from.source()).resolve(path));
    if (page == null) {
      page = bySource.get(source);
    }
    boolean copy = from.target().equals(TablesPage.TARGET);
    if (page == null && !copy && source.startsWith("data/tables/") && source.endsWith(".md")) {
      page = byTarget.get(TablesPage.TARGET);
      anchor = FileNames.stem(Path.of(source));
    }
    if (page != null) {
      String there = anchor.isEmpty() ? "" : page.anchor(anchor);
      return there == null
          ? broken(from, address, "no such heading there")
          : relative(from, page.target()) + (there.isEmpty() ? "" : "#" + there);
    }
    Path file = root.resolve(source).normalize();
    if (from.source().startsWith("notebooks/") && inSite.startsWith("notebooks/images/")) {
      return address;
    }
    if (Files.isDirectory(file) && file.startsWith(root)) {
      return null; // A folder can be shown by a server only.
    }
    if (!file.startsWith(root) || !Files.isRegularFile(file)) {
      return broken(from, address, "no such file");
    }
    if (!FileNames.isPublic(root, file)) {
      return broken(
          from, address, "a hidden file, or one outside the checkout: it is not published");
    }
    boolean asItIs = SHOWN.contains(extension(source)) && (trust || isHarmless(file));
    String target = asItIs ? source : source + ".txt";
    files.put(target, file);
    return relative(from, target);
  }

  private static boolean isHarmless(Path file) {
    try {
      return Scrub.isClean(file);
    } catch (IOException e) {
      return false;
    }
  }

  private String broken(Page from, String address, String why) {
    problems.add("%s links to %s: %s".formatted(from.source(), address, why));
    return null;
  }

  /** The address of a file of the site as seen from a page. */
  static String relative(Page from, String target) {
    return parent(from.target()).relativize(Path.of(target)).toString().replace('\\', '/');
  }

  private static Path parent(String path) {
    Path parent = Path.of(path).getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static String normal(Path path) {
    return path.normalize().toString().replace('\\', '/');
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String decoded(String address) {
    return URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
