package hgn.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jsoup.nodes.Element;

/** Last touch to every page's body, whatever it was made from. */
final class Finish {
  private Finish() {}

  /**
   * Lets headings be linked to, wide tables scroll by themselves, pictures load when they come into
   * view without moving the text, and a picture open in full.
   *
   * @param page a page whose links have been rewritten
   * @param site the folder in which the site is being built, pictures included
   */
  static void apply(Page page, Path site) {
    for (Element heading : page.body().select("h2[id], h3[id], h4[id]")) {
      heading
          .appendElement("a")
          .addClass("anchor")
          .attr("href", "#" + heading.id())
          .attr("aria-label", "Link to this heading")
          .text("#");
    }
    for (Element table : page.body().select("table")) {
      if (table.closest(".wide") == null) {
        table.wrap("<div class=\"wide\" tabindex=\"0\"></div>");
      }
    }
    Path folder = site.resolve(page.target()).getParent();
    for (Element image : page.body().select("img[src]")) {
      if (image.attr("src").startsWith("data:")) {
        continue; // Part of something that moves, which has its own idea of when and how large.
      }
      image.attr("loading", "lazy");
      size(folder.resolve(image.attr("src")), image);
      if (image.closest("a") == null) {
        image.wrap("<a></a>");
        image.parent().attr("href", image.attr("src"));
      }
    }
  }

  private static void size(Path file, Element image) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (readers.hasNext()) {
        ImageReader reader = readers.next();
        reader.setInput(in);
        image.attr("width", String.valueOf(reader.getWidth(0)));
        image.attr("height", String.valueOf(reader.getHeight(0)));
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException e) {
      // A vector picture, or one that no reader knows: the browser will find its size.
    }
  }
}
