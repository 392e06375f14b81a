package hgn.site;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown with tables and formulas to HTML. */
final class Markdown {
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).build();

  private Markdown() {}

  /**
   * The text as an HTML fragment.
   *
   * @param markdown GitHub's Markdown, with TeX between dollars
   */
  static String html(String markdown) {
    Formulas formulas = new Formulas();
    return formulas.putBack(RENDERER.render(PARSER.parse(formulas.takeFrom(markdown))));
  }
}
