package hgn.report;

import hgn.io.UserError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Style of all figures: fonts, colours, line widths. */
public final class Style {

  /** Width of an ordinary figure in points; a notebook's column. */
  public static final int WIDTH = 900;

  /** Height of a figure with one row of charts. */
  public static final int HEIGHT = 340;

  /** Pixels a point in PNG files and in notebooks. */
  public static final int SCALE = 2;

  /** Background of all figures. */
  public static final Color BACKGROUND = Color.WHITE;

  /** Text and axes. */
  public static final Color INK = new Color(0x22, 0x22, 0x22);

  /** Captions and notes. */
  public static final Color FAINT_INK = new Color(0x66, 0x66, 0x66);

  /** Grid lines. */
  public static final Color GRID = new Color(0xE4, 0xE4, 0xE4);

  /**
   * Okabe and Ito's palette, told apart under every common colour blindness; their yellow, too pale
   * for a line on white, comes last, and black is left to reference lines.
   */
  public static final List<Color> PALETTE =
      List.of(
          new Color(0x00, 0x72, 0xB2), // blue
          new Color(0xD5, 0x5E, 0x00), // vermilion
          new Color(0x00, 0x9E, 0x73), // bluish green
          new Color(0xCC, 0x79, 0xA7), // reddish purple
          new Color(0xE6, 0x9F, 0x00), // orange
          new Color(0x56, 0xB4, 0xE9), // sky blue
          new Color(0xB8, 0xAE, 0x20)); // yellow, darkened

  private static final ThreadLocal<List<Color>> CHOSEN = ThreadLocal.withInitial(() -> PALETTE);

  /** One family wherever it is installed, so that SVG, PDF and pixels have the same widths. */
  static final String FAMILY = family("DejaVu Sans");

  /** Font family of SVG: Verdana has the same widths. */
  static final String SVG_FAMILY = "'DejaVu Sans',Verdana,sans-serif";

  /** A chart's title. */
  public static final Font TITLE = new Font(FAMILY, Font.BOLD, 13);

  /** Axis titles, row labels, legends. */
  public static final Font LABEL = new Font(FAMILY, Font.PLAIN, 12);

  /** Tick labels, annotations and captions. */
  public static final Font SMALL = new Font(FAMILY, Font.PLAIN, 11);

  /** Panel letters. */
  public static final Font LETTER = new Font(FAMILY, Font.BOLD, 15);

  /** An ordinary curve. */
  public static final BasicStroke LINE =
      new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /** Contours, edges, many curves at once. */
  public static final BasicStroke THIN =
      new BasicStroke(1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /** A wide curve, for a truth that other curves lie on. */
  public static final BasicStroke WIDE =
      new BasicStroke(4.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

  /** References: what was expected, declared or stated by the paper. */
  public static final BasicStroke DASHED =
      new BasicStroke(
          1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, new float[] {5, 4}, 0);

  private Style() {}

  private static String family(String wished) {
    boolean there = new Font(wished, Font.PLAIN, 12).getFamily(Locale.ROOT).equals(wished);
    return there ? wished : Font.SANS_SERIF;
  }

  /** The i-th colour of the palette, round and round. */
  public static Color color(int i) {
    List<Color> colors = CHOSEN.get();
    return colors.get(Math.floorMod(i, colors.size()));
  }

  /**
   * A drawing in other colours than {@link #PALETTE}.
   *
   * @param colors of curves, in order; film strips and colour maps keep theirs
   * @param drawing for example {@code () -> RunFigures.frameErrors(...)}
   * @param <T> a figure, or several
   */
  public static <T> T with(List<Color> colors, Supplier<T> drawing) {
    List<Color> before = CHOSEN.get();
    CHOSEN.set(List.copyOf(colors));
    try {
      return drawing.get();
    } finally {
      CHOSEN.set(before);
    }
  }

  /**
   * Colours by name: "okabe-ito", "grey" for print without colours, or a list such as
   * "#0072B2,#D55E00".
   *
   * @throws UserError if a colour is none
   */
  public static List<Color> palette(String words) {
    if (words.equals("okabe-ito")) {
      return PALETTE;
    }
    String list = words.equals("grey") ? "#000000,#777777,#444444,#AAAAAA" : words;
    try {
      return Stream.of(list.split(",", -1)).map(String::strip).map(Color::decode).toList();
    } catch (NumberFormatException e) {
      throw UserError.usage(
              "colours '%s', expected okabe-ito, grey, or a list such as '#0072B2,#D55E00'", words)
          .because(e);
    }
  }

  /** The colour let through to {@code alpha} of its strength, from 0 to 1. */
  public static Color fade(Color c, double alpha) {
    return new Color(c.getRed(), c.getGreen(), c.getBlue(), (int) Math.round(255 * alpha));
  }

  /** Smooth edges and text, and strokes that stay where they are. */
  static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }
}
