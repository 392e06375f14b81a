package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;

/**
 * Tables as HTML, Markdown, CSV, LaTeX and plain text.
 *
 * <p>Floating-point columns show four significant digits unless the column has a print formatter of
 * its own ({@link #decimals}); CSV always has every digit. The table's name is its title.
 */
public final class Tables {
  private static final int DIGITS = 4;
  private static final String MISSING = "–";
  private static final String PROBE = "0.015625"; // exact in binary, so printed as it is

  private Tables() {}

  /**
   * Fixes how many decimals the named columns show.
   *
   * @param table whose columns
   * @param decimals digits after the point
   * @param columns their names; none means every floating-point column
   * @return the same table
   */
  public static Table decimals(Table table, int decimals, String... columns) {
    List<String> names =
        columns.length > 0
            ? List.of(columns)
            : table.columns().stream().filter(Tables::floating).map(Column::name).toList();
    for (String name : names) {
      String pattern = decimals == 0 ? "0" : "0." + "0".repeat(decimals);
      table
          .numberColumn(name)
          .setPrintFormatter(
              new NumberColumnFormatter(
                  new java.text.DecimalFormat(
                      pattern, java.text.DecimalFormatSymbols.getInstance(Locale.ROOT)),
                  MISSING));
    }
    return table;
  }

  /** The table as an HTML fragment that carries its own style. */
  public static String html(Table table) {
    StringBuilder out = new StringBuilder("<table style=\"border-collapse:collapse\">\n");
    if (titled(table)) {
      out.append("<caption style=\"text-align:left;font-weight:bold;padding:4px 0\">")
          .append(escapeHtml(table.name()))
          .append("</caption>\n");
    }
    out.append("<thead><tr>");
    for (Column<?> c : table.columns()) {
      out.append("<th style=\"border-bottom:1px solid #222;padding:3px 10px;text-align:")
          .append(align(c))
          .append("\">")
          .append(escapeHtml(c.name()))
          .append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < table.rowCount(); row++) {
      out.append("<tr>");
      for (Column<?> c : table.columns()) {
        out.append("<td style=\"padding:3px 10px;text-align:")
            .append(align(c))
            .append("\">")
            .append(escapeHtml(cell(c, row)))
            .append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody></table>\n").toString();
  }

  /** The table as GitHub's Markdown, its columns aligned in the source too. */
  public static String markdown(Table table) {
    List<List<String>> columns = cells(table, s -> s.replace("|", "\\|"));
    StringBuilder out = new StringBuilder(titled(table) ? "**" + table.name() + "**\n\n" : "");
    for (int row = 0; row <= table.rowCount(); row++) {
      out.append(line(table, columns, row, "| ", " | ", " |")).append('\n');
      if (row == 0) {
        out.append('|');
        for (int c = 0; c < columns.size(); c++) {
          int width = width(columns.get(c));
          boolean right = numeric(table.column(c));
          out.append(right ? "-".repeat(width + 1) + ":|" : "-".repeat(width + 2) + "|");
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  /** The table as plain text. */
  public static String text(Table table) {
    List<List<String>> columns = cells(table, UnaryOperator.identity());
    StringBuilder out = new StringBuilder(titled(table) ? table.name() + "\n" : "");
    for (int row = 0; row <= table.rowCount(); row++) {
      out.append(line(table, columns, row, "", "  ", "").stripTrailing()).append('\n');
      if (row == 0) {
        out.append(
                columns.stream().map(c -> "-".repeat(width(c))).collect(Collectors.joining("  ")))
            .append('\n');
      }
    }
    return out.toString();
  }

  /** The table as comma-separated values, every digit kept, missing numbers empty. */
  public static String csv(Table table) {
    StringBuilder out =
        new StringBuilder(
            table.columnNames().stream().map(Tables::quoteCsv).collect(Collectors.joining(",")));
    for (int row = 0; row < table.rowCount(); row++) {
      out.append('\n');
      for (int c = 0; c < table.columnCount(); c++) {
        Column<?> column = table.column(c);
        out.append(c == 0 ? "" : ",")
            .append(column.isMissing(row) ? "" : quoteCsv(String.valueOf(column.get(row))));
      }
    }
    return out.append('\n').toString();
  }

  /**
   * The table as LaTeX for the packages array, booktabs and graphicx: a float with its title as
   * caption, at most as wide as the text.
   *
   * @param table the table
   * @param name after {@code tab:} in its label
   */
  public static String latex(Table table, String name) {
    return Latex.of(table, name);
  }

  /**
   * Writes {@code data/tables/<name>.csv}, {@code .md}, {@code .tex} and {@code .html}.
   *
   * @param table the table
   * @param name the files' stem
   * @param workspace whose tables
   * @return the same table, so that a cell can go on to show it
   * @throws hgn.io.UserError if they cannot be written
   */
  public static Table save(Table table, String name, Workspace workspace) {
    Path folder = workspace.tables();
    AtomicFiles.writeText(folder.resolve(Workspace.fileName(name, ".csv")), csv(table));
    AtomicFiles.writeText(folder.resolve(Workspace.fileName(name, ".md")), markdown(table));
    AtomicFiles.writeText(folder.resolve(Workspace.fileName(name, ".tex")), latex(table, name));
    AtomicFiles.writeText(folder.resolve(Workspace.fileName(name, ".html")), html(table));
    return table;
  }

  private static List<List<String>> cells(Table table, UnaryOperator<String> escape) {
    List<List<String>> columns = new ArrayList<>();
    for (Column<?> c : table.columns()) {
      List<String> texts = new ArrayList<>();
      texts.add(escape.apply(c.name()));
      for (int row = 0; row < table.rowCount(); row++) {
        texts.add(escape.apply(cell(c, row)));
      }
      columns.add(texts);
    }
    return columns;
  }

  private static String line(
      Table table, List<List<String>> columns, int row, String begin, String between, String end) {
    List<String> padded = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      String text = columns.get(c).get(row);
      String air = " ".repeat(width(columns.get(c)) - text.length());
      padded.add(numeric(table.column(c)) ? air + text : text + air);
    }
    return begin + String.join(between, padded) + end;
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(String::length).max().orElse(0);
  }

  static String cell(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return MISSING;
    }
    if (floating(column) && !hasFormat(column)) {
      return Numbers.significant(((Number) column.get(row)).doubleValue(), DIGITS);
    }
    return column.getString(row);
  }

  /** A column does not say whether it was given a print formatter; only what it prints does. */
  private static boolean hasFormat(Column<?> column) {
    Column<?> probe = column.emptyCopy();
    probe.appendCell(PROBE);
    return !probe.getString(0).equals(PROBE);
  }

  static boolean titled(Table table) {
    return table.name() != null && !table.name().isBlank();
  }

  static boolean numeric(Column<?> column) {
    return column instanceof NumericColumn<?>;
  }

  private static boolean floating(Column<?> column) {
    return column instanceof tech.tablesaw.api.DoubleColumn
        || column instanceof tech.tablesaw.api.FloatColumn;
  }

  private static String align(Column<?> column) {
    return numeric(column) ? "right" : "left";
  }

  private static String quoteCsv(String value) {
    return value.matches("(?s).*[\",\n\r].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  static String escapeHtml(String s) {
    return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
