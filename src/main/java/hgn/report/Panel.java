package hgn.report;

import java.awt.Graphics2D;

/** Drawing that fills a rectangle: a chart, a strip, a schematic. */
@FunctionalInterface
public interface Panel {

  /**
   * Draws it with the upper left corner at the origin.
   *
   * @param g where; colours, fonts and clip may be left changed
   * @param width of the rectangle
   * @param height of the rectangle
   */
  void paint(Graphics2D g, int width, int height);

  /**
   * Height that suits another width than the one it was made for: in proportion.
   *
   * @param width wanted
   * @param madeWidth it was made for
   * @param madeHeight it was made for
   */
  default int height(int width, int madeWidth, int madeHeight) {
    return Math.round((float) madeHeight * width / madeWidth);
  }
}
