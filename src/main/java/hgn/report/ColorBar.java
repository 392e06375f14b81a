package hgn.report;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** The key to a field's colours, beside its chart. */
record ColorBar(ColorMap map, double low, double high, String title) {
  /** Room it takes from its chart. */
  static final int WIDTH = 84;

  private static final int THICKNESS = 14;
  private static final int TICKS = 5;

  void paint(Graphics2D g, double left, double top, double height) {
    Marks.pixels(g, map.bar(), new Rectangle2D.Double(left, top, THICKNESS, height));
    g.setColor(Style.INK);
    g.setStroke(Style.THIN);
    g.draw(new Rectangle2D.Double(left, top, THICKNESS, height));
    g.setFont(Style.SMALL);
    double widest = 0;
    double step = niceStep((high - low) / TICKS);
    for (double v = Math.ceil(low / step - 1e-9) * step; v <= high + 1e-9 * step; v += step) {
      double clean = Math.round(v / step) * step;
      double y = top + height * (high - clean) / (high - low);
      g.draw(new Line2D.Double(left + THICKNESS, y, left + THICKNESS + 3, y));
      String label = Numbers.tick(clean);
      widest = Math.max(widest, Figure.width(label, Style.SMALL));
      g.drawString(label, (float) (left + THICKNESS + 6), (float) (y + 4));
    }
    g.setFont(Style.LABEL);
    AffineTransform before = g.getTransform();
    double length = Figure.width(title, Style.LABEL);
    g.translate(left + THICKNESS + 6 + widest + 16, top + (height + length) / 2);
    g.rotate(-Math.PI / 2);
    g.drawString(title, 0f, 0f);
    g.setTransform(before);
  }

  /** The nearest of 1, 2, 5 × 10ⁿ above. */
  static double niceStep(double raw) {
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double mantissa = raw / power;
    return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
  }
}
