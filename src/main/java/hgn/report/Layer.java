package hgn.report;

import java.awt.Graphics2D;

/** Something drawn inside a chart's frame, clipped to it. */
@FunctionalInterface
interface Layer {

  /**
   * Draws it.
   *
   * @param g where
   * @param x the horizontal axis
   * @param y the vertical axis
   */
  void paint(Graphics2D g, Axis x, Axis y);
}
