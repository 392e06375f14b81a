package hgn.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Legend of a chart. */
public final class Legend {

  /** Place of a legend. */
  public enum Place {
    /** Below the chart, in as many rows as it needs. */
    BELOW,
    /** Inside, in the corner at the left above. */
    TOP_LEFT,
    /** Inside, in the corner at the right above. */
    TOP_RIGHT,
    /** Inside, in the corner at the left below. */
    BOTTOM_LEFT,
    /** Inside, in the corner at the right below. */
    BOTTOM_RIGHT,
    /** Nowhere. */
    NONE
  }

  /**
   * An entry.
   *
   * @param label its text
   * @param color its line's or marker's colour
   * @param stroke its line's stroke, null for none
   * @param dot whether it has a marker
   */
  record Key(String label, Color color, BasicStroke stroke, boolean dot) {
    double width() {
      return SAMPLE + GAP + Figure.width(label, Style.LABEL);
    }
  }

  private static final Map<Pattern, String> NAMES =
      Map.of(
          id("euler"), "Euler",
          id("rk4"), "RK4",
          id("yoshida4"), "Yoshida 4",
          id("rnvp-(\\d+)"), "RNVP, $1 couplings",
          id("nhf-1"), "NHF, 1 step",
          id("nhf-([2-9]\\d*)"), "NHF, $1 steps",
          id("mixture-(\\d+)"), "mixture of $1",
          id("grid-(\\d+)"), "grid of $1",
          id("two-moons"), "two moons");

  private static final int SAMPLE = 22;
  private static final int GAP = 5;
  private static final int BETWEEN = 16;
  private static final int ROW = 19;
  private static final int INSET = 8;

  private Legend() {}

  /** An id that stands alone: part of the name of an experiment it stays as it is. */
  private static Pattern id(String id) {
    return Pattern.compile("(?<![\\w.-])" + id + "(?![\\w.-])");
  }

  /** A legend's or a title's words with names for ids: "RK4" for "rk4". */
  static String words(String label) {
    String out = label;
    for (Map.Entry<Pattern, String> name : NAMES.entrySet()) {
      out = name.getKey().matcher(out).replaceAll(name.getValue());
    }
    return out;
  }

  /** Height of a legend below a chart of that width. */
  static int heightBelow(List<Key> keys, int width) {
    return keys.isEmpty() ? 0 : rows(keys, width).size() * ROW + 4;
  }

  /** Draws it below a chart, each row centred. */
  static void paintBelow(Graphics2D g, List<Key> keys, int width, int top) {
    double y = top + ROW / 2.0;
    for (List<Key> row : rows(keys, width)) {
      double x = (width - width(row)) / 2;
      for (Key key : row) {
        paint(g, key, x, y);
        x += key.width() + BETWEEN;
      }
      y += ROW;
    }
  }

  /** Draws it in a corner of a plot, on a ground that lets little through. */
  static void paintInside(Graphics2D g, List<Key> keys, Place place, Rectangle2D plot) {
    double width = keys.stream().mapToDouble(Key::width).max().orElse(0) + 2 * INSET;
    double height = keys.size() * ROW + INSET;
    boolean left = place == Place.TOP_LEFT || place == Place.BOTTOM_LEFT;
    boolean top = place == Place.TOP_LEFT || place == Place.TOP_RIGHT;
    double x = left ? plot.getMinX() + INSET : plot.getMaxX() - width - INSET;
    double y = top ? plot.getMinY() + INSET : plot.getMaxY() - height - INSET;
    g.setColor(Style.fade(Style.BACKGROUND, 0.88));
    g.fill(new Rectangle2D.Double(x, y, width, height));
    double middle = y + INSET / 2.0 + ROW / 2.0;
    for (Key key : keys) {
      paint(g, key, x + INSET, middle);
      middle += ROW;
    }
  }

  private static void paint(Graphics2D g, Key key, double x, double middle) {
    g.setColor(key.color());
    if (key.stroke() != null) {
      g.setStroke(key.stroke());
      g.draw(new Line2D.Double(x, middle, x + SAMPLE, middle));
    }
    if (key.dot()) {
      g.fill(new Ellipse2D.Double(x + SAMPLE / 2.0 - 3, middle - 3, 6, 6));
    }
    g.setColor(Style.INK);
    g.setFont(Style.LABEL);
    g.drawString(key.label(), (float) (x + SAMPLE + GAP), (float) (middle + 4.5));
  }

  private static List<List<Key>> rows(List<Key> keys, int width) {
    List<List<Key>> rows = new ArrayList<>();
    for (Key key : keys) {
      List<Key> last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
      if (last != null && width(last) + BETWEEN + key.width() <= width - 2 * INSET) {
        last.add(key);
      } else {
        rows.add(new ArrayList<>(List.of(key)));
      }
    }
    return rows;
  }

  private static double width(List<Key> row) {
    return row.stream().mapToDouble(Key::width).sum() + (row.size() - 1.0) * BETWEEN;
  }
}
