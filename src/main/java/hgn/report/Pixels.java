package hgn.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Pictures of pixels inside figures. */
final class Pixels {
  private static final double HUNDREDTH = 0.01;

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
    // Hundredths are what SVG is written in: a scale like 1.294 would lose a point on the way.
    AffineTransform to = AffineTransform.getTranslateInstance(place.getX(), place.getY());
    to.scale(HUNDREDTH, HUNDREDTH);
    Graphics2D scaled = (Graphics2D) g.create();
    scaled.transform(to);
    scaled.drawImage(
        image,
        0,
        0,
        (int) Math.round(place.getWidth() / HUNDREDTH),
        (int) Math.round(place.getHeight() / HUNDREDTH),
        null);
    scaled.dispose();
    if (before != null) {
      g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
    }
  }
}
