package hgn.site;

import hgn.io.Hashes;
import hgn.io.PageScripts;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Removal of what acts by itself from foreign HTML: scripts, handlers, links that are scripts,
 * frames, forms that send and styles that load. Scripts of this project's players and explorers
 * stay; they are known by their SHA-256.
 */
final class Scrub {
  private static final String CODE = "script";
  private static final String FRAME = "iframe";

  /** Elements that remain; the content of others is lost where it is no text. */
  private static final Set<String> TAGS =
      Set.of(
          """
          html head body title style a abbr article b blockquote br button canvas caption center cite
          code col colgroup dd del details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5 h6
          header footer hr i img input ins kbd label li main mark meta nav ol optgroup option output p
          picture pre q s samp section select small span strike strong sub summary sup table tbody td
          tfoot th thead time tr tt u ul var wbr svg g path rect circle ellipse line polyline polygon
          text tspan defs clippath mask marker lineargradient radialgradient stop symbol use pattern
          """
              .strip()
              .split("\\s+"));

  private static final Set<String> LOST =
      Set.of("object", "embed", "applet", "template", "math", "xmp", "plaintext", "noembed");

  private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*:.*", Pattern.DOTALL);
  private static final Pattern HARMLESS =
      Pattern.compile(
          "^(https?|mailto):.*|^data:image/(png|gif|jpeg|webp|svg\\+xml)[;,].*", Pattern.DOTALL);

  /** Loads something, or reaches over the page. */
  private static final Pattern STYLE =
      Pattern.compile(
          "(?is).*(url\\s*\\(\\s*['\"]?\\s*(?!data:image/|#)|@import|expression\\s*\\(|\\\\|binding\\s*:).*");

  private static final Set<String> OWN =
      PageScripts.all().stream().map(Scrub::hash).collect(Collectors.toUnmodifiableSet());

  private int removed;

  private Scrub() {}

  /**
   * Removes it from a page's body.
   *
   * @param root what a stranger wrote
   * @return how many things were removed
   */
  static int clean(Element root) {
    Scrub scrub = new Scrub();
    scrub.elements(root);
    return scrub.removed;
  }

  /** Whether a file that a browser opens by itself holds none of it. */
  static boolean isClean(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      return name.endsWith(".svg")
          ? isClean(Files.readString(file))
          : !name.endsWith(".html") || clean(Jsoup.parse(Files.readString(file))) == 0;
    } catch (CharacterCodingException e) {
      return false; // A browser may make something else of it.
    }
  }

  /** Whether a picture in SVG holds none of it. */
  static boolean isClean(String svg) {
    boolean loads = svg.contains("<!ENTITY") || svg.contains("<?xml-stylesheet");
    return !loads && clean(Jsoup.parseBodyFragment(svg)) == 0;
  }

  private void elements(Element root) {
    List.copyOf(root.getAllElements()).stream().skip(1).forEach(this::element);
    root.getAllElements().stream()
        .flatMap(e -> e.childNodes().stream())
        .filter(Comment.class::isInstance)
        .toList()
        .forEach(org.jsoup.nodes.Node::remove);
  }

  private void element(Element element) {
    String tag = element.normalName();
    if (tag.equals(CODE) ? isOwn(element) : tag.equals(FRAME) && element.hasAttr("srcdoc")) {
      if (tag.equals(FRAME)) {
        Document inside = Jsoup.parse(element.attr("srcdoc"));
        inside.outputSettings().prettyPrint(false);
        elements(inside);
        element.attr("srcdoc", inside.outerHtml());
      }
    } else if (tag.equals("style")
        ? isForeignStyle(element)
        : !TAGS.contains(tag) || element.hasAttr("http-equiv")) {
      removed++;
      if (LOST.contains(tag)
          || element.childNodes().stream().anyMatch(org.jsoup.nodes.DataNode.class::isInstance)) {
        element.remove();
      } else {
        element.unwrap();
      }
      return;
    }
    for (Attribute attribute : element.attributes().asList()) {
      if (isActive(tag, attribute)) {
        removed++;
        element.removeAttr(attribute.getKey());
      }
    }
  }

  private static boolean isForeignStyle(Element style) {
    return style.closest("svg") != null || STYLE.matcher(style.data()).matches();
  }

  private static boolean isActive(String tag, Attribute attribute) {
    String name = attribute.getKey().toLowerCase(Locale.ROOT);
    String value = attribute.getValue().replaceAll("[\\p{Cntrl}\\s]+", "").toLowerCase(Locale.ROOT);
    if (name.equals("srcdoc")) {
      return !tag.equals(FRAME);
    }
    return name.startsWith("on")
        || Set.of("formaction", "action", "ping", "srcset", "background").contains(name)
        || (tag.equals(FRAME) && name.equals("src"))
        || (tag.equals(CODE) && !name.equals("type") && !name.equals("id"))
        || (tag.equals("use") && name.endsWith("href") && !value.startsWith("#"))
        || (name.equals("style") && STYLE.matcher(attribute.getValue()).matches())
        || (SCHEME.matcher(value).matches()
            && isAddress(name)
            && !HARMLESS.matcher(value).matches());
  }

  private static boolean isAddress(String attribute) {
    return attribute.endsWith("href")
        || Set.of("src", "data", "cite", "poster").contains(attribute);
  }

  private static boolean isOwn(Element script) {
    return script.attr("type").equals("application/json") || OWN.contains(hash(script.data()));
  }

  private static String hash(String text) {
    return Hashes.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
