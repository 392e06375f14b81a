package hgn.report;

import hgn.results.FrameSequence;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Film strips under one another: labels to the left, times or frame numbers above.
 *
 * @param rows the sequences, each with its label
 * @param dt time between two frames of a sequence; NaN where the rows differ in it: frames are
 *     counted then
 * @param columns how many frames to show of each, evenly chosen, the first and the last among them
 * @param framePoints side of a frame in points
 */
public record Strip(List<FrameSequence> rows, double dt, int columns, int framePoints) {
  private static final int COLUMNS = 11;
  private static final int FRAME = 64;
  private static final int GAP = 3;
  private static final int TOP = 26;
  private static final int MARGIN = 10;

  /** Checks that there is something to show. */
  public Strip {
    rows = List.copyOf(rows);
    if (rows.isEmpty() || columns < 1 || framePoints < 1) {
      throw new IllegalArgumentException(
          "a strip of %d rows and %d columns, expected at least one of each"
              .formatted(rows.size(), columns));
    }
  }

  /** Eleven frames of each row, about 64 points wide: every third of the paper's 31. */
  public static Strip of(List<FrameSequence> rows, double dt) {
    int longest = rows.stream().mapToInt(r -> r.frames().length).max().orElse(0);
    return new Strip(rows, dt, Math.min(COLUMNS, longest), 1).sized(FRAME);
  }

  /** As {@link #of}, of rows that each have a time of their own: the columns count frames. */
  public static Strip counting(List<FrameSequence> rows) {
    return of(rows, Double.NaN);
  }

  /**
   * The same with frames about so wide: the nearest whole number of points a pixel, at least one,
   * so that every pixel of a film is a square of the same size in every output.
   */
  public Strip sized(int points) {
    int side = rows.stream().mapToInt(FrameSequence::size).max().orElse(1);
    return new Strip(rows, dt, columns, side * Math.max(1, Math.round((float) points / side)));
  }

  /** The strip as a figure that is just as wide as it needs to be. */
  public Figure figure(String name, String caption) {
    int width = labelWidth() + columns * (framePoints + GAP) + MARGIN;
    int height = TOP + rows.size() * (framePoints + GAP) + 6;
    return new Figure(name, caption, width, height, (g, w, h) -> paint(g));
  }

  private int labelWidth() {
    double widest =
        rows.stream().mapToDouble(r -> Figure.width(r.label(), Style.LABEL)).max().orElse(0);
    return (int) Math.ceil(widest) + 2 * MARGIN;
  }

  private void paint(Graphics2D g) {
    int left = labelWidth();
    int longest = rows.stream().mapToInt(r -> r.frames().length).max().orElse(0);
    g.setFont(Style.SMALL);
    g.setColor(Style.FAINT_INK);
    for (int c = 0; c < columns; c++) {
      String label = heading(c, chosen(c, longest));
      double middle = left + c * (framePoints + GAP) + framePoints / 2.0;
      g.drawString(label, (float) (middle - Figure.width(label, Style.SMALL) / 2), TOP - 8f);
    }
    for (int r = 0; r < rows.size(); r++) {
      FrameSequence row = rows.get(r);
      int top = TOP + r * (framePoints + GAP);
      g.setFont(Style.LABEL);
      g.setColor(Style.INK);
      double width = Figure.width(row.label(), Style.LABEL);
      g.drawString(row.label(), (float) (left - MARGIN - width), top + framePoints / 2f + 4);
      for (int c = 0; c < columns; c++) {
        int frame = chosen(c, longest);
        if (frame < row.frames().length) {
          paintFrame(g, row, frame, left + c * (framePoints + GAP), top);
        }
      }
    }
  }

  /** What stands above a column; the first says what is meant. */
  String heading(int column, int frame) {
    boolean counting = Double.isNaN(dt);
    String value =
        counting ? Integer.toString(frame) : Numbers.tick(Math.round(1000 * dt * frame) / 1000.0);
    return column > 0 ? value : counting ? "frame " + value : "t = " + value;
  }

  private int chosen(int column, int length) {
    return columns == 1 ? 0 : (int) Math.round((double) column * (length - 1) / (columns - 1));
  }

  private void paintFrame(Graphics2D g, FrameSequence row, int frame, int x, int y) {
    // At the film's own resolution: the output enlarges it, and its file stays small.
    Marks.pixels(
        g,
        image(row.frames()[frame], row.size()),
        new Rectangle2D.Double(x, y, framePoints, framePoints));
    g.setColor(Style.GRID);
    g.setStroke(Style.THIN);
    g.draw(new Rectangle2D.Double(x, y, framePoints, framePoints));
  }

  /** A frame's planes as pixels, values outside [0, 1] clamped. */
  static BufferedImage image(float[] planes, int size) {
    return image(planes, size, 255);
  }

  /**
   * A frame's planes as pixels in fewer steps: noise below what an eye can see takes most of the
   * room in a compressed file.
   *
   * @param planes red, green and blue in [0, 1]; other values are clamped
   * @param size height and width
   * @param steps of each colour from dark to bright
   */
  static BufferedImage image(float[] planes, int size, int steps) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    int area = size * size;
    for (int i = 0; i < area; i++) {
      int red = level(planes[i], steps);
      int green = level(planes[area + i], steps);
      int blue = level(planes[2 * area + i], steps);
      image.setRGB(i % size, i / size, red << 16 | green << 8 | blue);
    }
    return image;
  }

  private static int level(float v, int steps) {
    int step = Math.round(steps * Math.max(0, Math.min(1, v)));
    return Math.round(255f * step / steps);
  }
}
