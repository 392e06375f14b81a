package hgn.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.commonmark.ext.heading.anchor.IdGenerator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * One page before its frame is drawn around it.
 *
 * @param source the file it shows, relative to the checkout; its relative links start there
 * @param target where the page goes, relative to the site
 * @param section under which heading of the navigation it stands
 * @param label its name in the navigation
 * @param body what it shows
 */
record Page(String source, String target, String section, String label, Element body) {

  /** A heading of the page: its depth from 2, its anchor, and its text as HTML. */
  record Entry(int level, String anchor, String html) {}

  /**
   * A page from an HTML fragment, with an anchor at every heading.
   *
   * @param source the file it shows, relative to the checkout
   * @param target where the page goes, relative to the site
   * @param section its heading in the navigation
   * @param label its name in the navigation, or null for its first heading
   * @param html what it shows
   */
  static Page of(String source, String target, String section, String label, String html) {
    Document document = Jsoup.parseBodyFragment(html);
    document.outputSettings().prettyPrint(false);
    Element body = document.body();
    IdGenerator ids = IdGenerator.builder().build();
    for (Element heading : body.select("h1, h2, h3, h4, h5, h6")) {
      String id = heading.id().isEmpty() ? ids.generateId(heading.text()) : heading.id();
      heading.attr("id", id);
    }
    Element first = body.selectFirst("h1");
    String name = label != null ? label : first == null ? source : first.text();
    return new Page(source, target, section, name, body);
  }

  /** Title in the browser's tab. */
  String title() {
    Element first = body.selectFirst("h1");
    return first == null ? label : first.text();
  }

  /** The headings below the page's title, in order. */
  List<Entry> contents() {
    List<Entry> entries = new ArrayList<>();
    for (Element heading : body.select("h2[id], h3[id]")) {
      Element copy = heading.clone();
      copy.select("a.anchor").remove();
      copy.select("a").unwrap();
      entries.add(new Entry(heading.tagName().charAt(1) - '0', heading.id(), copy.html()));
    }
    return entries;
  }

  /**
   * The anchor as the page spells it, since Jupyter's differ from GitHub's in case; or null.
   *
   * @param wanted what follows the # of a link
   */
  String anchor(String wanted) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return body.select("[id]").stream()
        .map(Element::id)
        .filter(id -> id.toLowerCase(Locale.ROOT).equals(lower))
        .findFirst()
        .orElse(null);
  }
}
