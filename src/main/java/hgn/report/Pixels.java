package hgn.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Pictures of pixels inside figures. */
final class Pixels {

  private Pixels() {}

  /**
   * Draws an image at its own resolution; the output enlarges it, each pixel to a square. So what
   * is seen is what was computed, and files stay small: interpolated pixels hardly compress.
   *
   * @param g where
   * @param image what
   * @param place where it comes to lie
   */
  static void paint(Graphics2D g, BufferedImage image, Rectangle2D place) {
    Object before = g.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    AffineTransform to = AffineTransform.getTranslateInstance(place.getX(), place.getY());
    to.scale(place.getWidth() / image.getWidth(), place.getHeight() / image.getHeight());
    g.drawImage(image, to, null);
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
  }
}
