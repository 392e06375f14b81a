package hgn.report;

import hgn.results.FrameSequence;
import java.awt.Graphics2D;
import java.util.List;

/** Figures from panels and film strips. */
public final class Figures {

  private Figures() {}

  /**
   * One chart.
   *
   * @param name the file's stem
   * @param caption what stands below; empty for none
   * @param chart the chart
   * @return the figure
   */
  public static Figure chart(String name, String caption, Panel chart) {
    return new Figure(name, caption, Style.WIDTH * 3 / 4, Style.HEIGHT + 60, chart);
  }

  /**
   * Panels in a grid, lettered A, B, … row by row.
   *
   * @param name the file's stem
   * @param caption what stands below; empty for none
   * @param columns panels a row
   * @param panels the panels
   * @return the figure
   */
  public static Figure panels(
      String name, String caption, int columns, List<? extends Panel> panels) {
    return panels(name, caption, columns, Style.HEIGHT, panels);
  }

  /**
   * Panels in a grid, lettered A, B, … row by row.
   *
   * @param name the file's stem
   * @param caption what stands below; empty for none
   * @param columns panels a row
   * @param rowHeight height of a row in points
   * @param panels the panels
   * @return the figure
   * @throws IllegalArgumentException if there are no panels or no columns
   */
  public static Figure panels(
      String name, String caption, int columns, int rowHeight, List<? extends Panel> panels) {
    if (columns < 1 || panels.isEmpty()) {
      throw new IllegalArgumentException(
          "figure '%s' of %d panels in %d columns".formatted(name, panels.size(), columns));
    }
    List<Panel> all = List.copyOf(panels);
    int rows = (all.size() + columns - 1) / columns;
    return new Figure(
        name, caption, Style.WIDTH, rows * rowHeight, (g, w, h) -> grid(g, w, h, columns, all));
  }

  /**
   * Rows of frames, the time running to the right.
   *
   * @param name the file's stem
   * @param caption what stands below; empty for none
   * @param rows the sequences, each with its label
   * @param dt time between two frames of a sequence; negative runs backward
   * @return the figure
   */
  public static Figure strip(String name, String caption, List<FrameSequence> rows, double dt) {
    return Strip.of(rows, dt).figure(name, caption);
  }

  /**
   * Rows of frames that go at different speeds, or backward: the columns count frames, because no
   * time holds for all rows.
   *
   * @param name the file's stem
   * @param caption what stands below; empty for none
   * @param rows the sequences, each with its label
   * @return the figure
   */
  public static Figure rollouts(String name, String caption, List<FrameSequence> rows) {
    return Strip.counting(rows).figure(name, caption);
  }

  private static void grid(Graphics2D g, int width, int height, int columns, List<Panel> panels) {
    int rows = (panels.size() + columns - 1) / columns;
    for (int i = 0; i < panels.size(); i++) {
      int left = width * (i % columns) / columns;
      int right = width * (i % columns + 1) / columns;
      int top = height * (i / columns) / rows;
      int bottom = height * (i / columns + 1) / rows;
      Graphics2D cell = (Graphics2D) g.create();
      cell.translate(left, top);
      cell.clipRect(0, 0, right - left, bottom - top);
      panels.get(i).paint(cell, right - left, bottom - top);
      cell.dispose();
      if (panels.size() > 1) {
        g.setFont(Style.LETTER);
        g.setColor(Style.INK);
        g.drawString(letter(i), left + 6, top + 19);
      }
    }
  }

  private static String letter(int i) {
    return String.valueOf((char) ('A' + i));
  }
}
