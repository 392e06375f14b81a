package hgn.report;

import hgn.io.Text;
import hgn.results.FilmTrack;
import hgn.results.FrameSequence;
import hgn.results.Grid2D;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Film strips under one another: labels to the left, above them the time of each frame, once where
 * all rows share it, else a row.
 *
 * @param rows the films, each with its label and clock
 * @param columns how many frames to show of each, evenly chosen, the first and the last among them
 * @param framePoints side of a frame in points
 * @param timed whether the clocks are known; frames are counted else
 */
public record Strip(List<FilmTrack> rows, int columns, int framePoints, boolean timed)
    implements Panel {
  private static final int COLUMNS = 11;
  private static final int FRAME = 64;
  private static final int FEW = 6;
  private static final int GAP = 3;
  private static final int TOP = 26;
  private static final int TIME_LINE = 16;
  private static final int MARGIN = 10;

  /** How far apart red and green are where an outline runs: yellow and grey get none. */
  private static final double RED_FROM_GREEN = 0.3;

  /** Checks that there is something to show. */
  public Strip {
    rows = List.copyOf(rows);
    if (rows.isEmpty() || columns < 1 || framePoints < 1) {
      throw new IllegalArgumentException(
          Text.of(
              "a strip of %d rows and %d columns, expected at least one of each",
              rows.size(), columns));
    }
  }

  /** Eleven frames of each row, about 64 points wide: every third of the paper's 31. */
  public static Strip of(List<FrameSequence> rows, double dt) {
    return of(rows.stream().map(row -> new FilmTrack(row, 0, 0, dt)).toList());
  }

  /** Strip as {@link #of(List, double)} makes it, of rows that each have a clock of their own. */
  public static Strip of(List<FilmTrack> rows) {
    return of(rows, true);
  }

  /**
   * Strip as {@link #of(List, double)} makes it, of rows whose times are not known: the columns
   * count frames.
   */
  public static Strip counting(List<FrameSequence> rows) {
    return of(rows.stream().map(row -> new FilmTrack(row, 0, 0, 1)).toList(), false);
  }

  private static Strip of(List<FilmTrack> rows, boolean timed) {
    int longest = rows.stream().mapToInt(FilmTrack::length).max().orElse(0);
    return new Strip(rows, Math.min(COLUMNS, longest), 1, timed).sized(FRAME);
  }

  /**
   * The same with frames about so wide: the nearest whole number of points a pixel, at least one,
   * so that every pixel of a film is a square of the same size in every output.
   */
  public Strip sized(int points) {
    int side = rows.stream().mapToInt(row -> row.frames().size()).max().orElse(1);
    int each = side * Math.max(1, Math.round((float) points / side));
    return new Strip(rows, columns, each, timed);
  }

  /** The strip as a figure that is just as wide as it needs to be. */
  public Figure figure(String name, String caption) {
    int width = labelWidth() + columns * (framePoints + GAP) + MARGIN;
    return new Figure(name, caption, width, height(width, width, 0), this);
  }

  @Override
  public int height(int width, int madeWidth, int madeHeight) {
    int each = side(width) + GAP + (shared() ? 0 : TIME_LINE);
    return (shared() ? TOP : MARGIN) + rows.size() * each + 6;
  }

  /** Side of a frame: half where too few would have room. */
  private int side(int width) {
    boolean few = room(width, framePoints) < Math.min(FEW, columns);
    return few && framePoints / 2 >= rows.get(0).frames().size() ? framePoints / 2 : framePoints;
  }

  private int room(int width, int side) {
    return (width - labelWidth() - MARGIN) / (side + GAP);
  }

  /** Whether one line of times holds for all rows. */
  private boolean shared() {
    FilmTrack first = rows.get(0);
    return rows.stream().allMatch(r -> r.start() == first.start() && r.dt() == first.dt());
  }

  private int labelWidth() {
    double widest =
        rows.stream().mapToDouble(r -> Figure.width(r.label(), Style.LABEL)).max().orElse(0);
    return (int) Math.ceil(widest) + 2 * MARGIN;
  }

  @Override
  public void paint(Graphics2D g, int width, int height) {
    int left = labelWidth();
    int longest = rows.stream().mapToInt(FilmTrack::length).max().orElse(0);
    // Where there is less room than was planned for, fewer frames are shown.
    int side = side(width);
    int[] chosen = chosen(Math.max(1, Math.min(columns, room(width, side))), longest);
    if (shared()) {
      times(g, rows.get(0), chosen, longest, side, left, TOP - 8);
    }
    int top = shared() ? TOP : MARGIN;
    for (FilmTrack row : rows) {
      if (!shared()) {
        top += TIME_LINE;
        times(g, row, chosen, row.length(), side, left, top - 4);
      }
      g.setFont(Style.LABEL);
      g.setColor(Style.INK);
      double label = Figure.width(row.label(), Style.LABEL);
      g.drawString(row.label(), (float) (left - MARGIN - label), top + side / 2f + 4);
      for (int c = 0; c < chosen.length; c++) {
        if (chosen[c] < row.length()) {
          paintFrame(g, row.frames(), chosen[c], side, left + c * (side + GAP), top);
        }
      }
      top += side + GAP;
    }
  }

  private void times(
      Graphics2D g, FilmTrack row, int[] chosen, int length, int side, int left, int base) {
    g.setFont(Style.SMALL);
    g.setColor(Style.FAINT_INK);
    for (int c = 0; c < chosen.length && chosen[c] < length; c++) {
      String label = heading(row, c, chosen[c]);
      double middle = left + c * (side + GAP) + side / 2.0;
      g.drawString(label, (float) (middle - Figure.width(label, Style.SMALL) / 2), base);
    }
  }

  /** The time above a column, or the number of its frame; the first says which. */
  String heading(FilmTrack row, int column, int frame) {
    String value =
        timed ? Numbers.tick(Math.round(1000 * row.time(frame)) / 1000.0) : Integer.toString(frame);
    return column > 0 ? value : timed ? "t = " + value : "frame " + value;
  }

  private static int[] chosen(int columns, int length) {
    return IntStream.range(0, columns)
        .map(c -> columns == 1 ? 0 : (int) Math.round((double) c * (length - 1) / (columns - 1)))
        .toArray();
  }

  private void paintFrame(Graphics2D g, FrameSequence row, int frame, int side, int x, int y) {
    // At the film's own resolution: the output enlarges it, and its file stays small.
    Marks.pixels(
        g, image(row.frames()[frame], row.size()), new Rectangle2D.Double(x, y, side, side));
    outline(g, row.frames()[frame], row.size(), new Rectangle2D.Double(x, y, side, side));
    g.setColor(Style.GRID);
    g.setStroke(Style.THIN);
    g.draw(new Rectangle2D.Double(x, y, side, side));
  }

  /** Outlines for eyes that do not tell red from green: white round red, black round green. */
  private static void outline(Graphics2D g, float[] planes, int size, Rectangle2D frame) {
    int area = size * size;
    double[] centres = Grid2D.linspace(0.5, size - 0.5, size);
    Grid2D redness =
        Grid2D.of(
            centres,
            centres,
            (x, y) -> {
              int pixel = size * (int) y + (int) x;
              return planes[pixel] - planes[area + pixel];
            });
    Axis across = new Axis(0, size, false, frame.getMinX(), frame.getMaxX());
    Axis down = new Axis(0, size, false, frame.getMinY(), frame.getMaxY());
    Marks.contours(redness, new double[] {RED_FROM_GREEN}, Color.WHITE).paint(g, across, down);
    Marks.contours(redness, new double[] {-RED_FROM_GREEN}, Color.BLACK).paint(g, across, down);
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
