package hgn.io;

import java.util.List;
import java.util.Set;

/** Rows of text in aligned columns. */
public final class TextTable {

  private TextTable() {}

  /**
   * Aligns.
   *
   * @param rows all of the same length, the head first
   * @param leftColumns which columns stand to the left; numbers stand to the right
   * @return lines without one at the end
   */
  public static String of(List<List<String>> rows, Set<Integer> leftColumns) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String fill = " ".repeat(widths[i] - row.get(i).length());
        line.append(leftColumns.contains(i) ? row.get(i) + fill : fill + row.get(i)).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
