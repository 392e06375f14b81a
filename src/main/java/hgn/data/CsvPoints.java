package hgn.data;

import hgn.io.Json;
import hgn.io.Text;
import hgn.io.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of numbers in a text file: a line of column names, then a point a line. Cells stand
 * between commas, semicolons, tabs, bars or blanks; where it is not commas, numbers may have
 * decimal commas. Blank lines are passed over, and lines are counted as an editor does.
 */
final class CsvPoints {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][+-]?\\d+)?");

  /** Column names that may be numbers in another way of writing, or mark missing ones. */
  private static final Pattern NO_NAME =
      Pattern.compile("(?iu)[^\\p{L}_]*(\\p{N}.*)?|[+-]?(nan|inf|infinity|na|n/a|null|none)");

  /** Line that spreadsheets put in front to name the separator. */
  private static final Pattern SEPARATOR =
      Pattern.compile("(?i)(\"?)sep=([^\"\\w.+-])\\1(?:\\R|$)");

  private static final int SHOWN = 40;

  private static final String SEPARATORS = ";\t,|";
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Path file;
  private char separator;

  /** Whether the line of names ends with a separator, as all lines then do. */
  private boolean trailing;

  private final List<Row> rows = new ArrayList<>();

  /** The first decimal comma and the first decimal point, as "line 3, '1,5'". */
  private final Map<Character, String> marks = new HashMap<>();

  private record Row(long line, List<String> cells) {}

  private CsvPoints(Path file) {
    this.file = file;
  }

  /**
   * Reads all points.
   *
   * @return one a row, each of as many numbers as the first line has names
   * @throws UserError naming the line that cannot be read, or whose cells are none of a point
   */
  static double[][] read(Path file) {
    CsvPoints points = new CsvPoints(file);
    points.split(points.text());
    return points.numbers();
  }

  private String text() {
    if (!Files.isRegularFile(file)) {
      throw UserError.usage(
          "%s %s: expected a CSV file with a line of column names and a point a line",
          file.toAbsolutePath(), Files.isDirectory(file) ? "is a folder" : "is no file");
    }
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw UserError.environment("%s cannot be read (%s): check its permissions", file, e)
          .because(e);
    }
    try {
      String text = charset(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
      }
    } catch (CharacterCodingException e) {
      // Said below, as for what is no text at all.
    }
    throw UserError.data(
        "%s is no text in UTF-8, expected a CSV file: save it as 'CSV UTF-8', or convert it with"
            + " iconv",
        file);
  }

  private static Charset charset(byte... bytes) {
    boolean wide =
        bytes.length > 1
            && ((bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff)
                || (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe));
    return wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }

  private void split(String text) {
    String body = text;
    Matcher said = SEPARATOR.matcher(text);
    if (said.lookingAt()) {
      separator = said.group(2).charAt(0);
      // Its end stays, an empty line: those below keep their numbers.
      body = "\n" + text.substring(said.end());
    } else {
      List<String> lines = body.lines().filter(line -> !line.isBlank()).limit(2).toList();
      String header = lines.isEmpty() ? "" : lines.get(0);
      separator = separator(header);
      if (separator == 0 && lines.size() > 1 && lines.get(1).strip().matches(".*\\s.*")) {
        body =
            body.lines()
                .map(line -> line.strip().replaceFirst("^#\\s*", "").replaceAll("\\s+", "\t"))
                .collect(Collectors.joining("\n"));
        separator = '\t';
      }
    }
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(separator == 0 ? ',' : separator)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    try (CSVParser parser = CSVParser.parse(body, format)) {
      for (CSVRecord record : parser) {
        List<String> cells = record.toList();
        if (cells.size() > 1 || !cells.get(0).isBlank()) {
          long within = cells.stream().mapToLong(cell -> cell.lines().count() - 1).sum();
          rows.add(new Row(parser.getCurrentLineNumber() - Math.max(0, within), cells));
        }
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw UserError.data(
              "%s cannot be read as CSV (%s): expected every quotation mark to be closed, and"
                  + " nothing behind it but a separator",
              file, Json.reason(e))
          .because(e);
    }
  }

  /** Separator of the header line, outside quotation marks; 0 where there is none. */
  private static char separator(String header) {
    String bare = header.replaceAll("\"[^\"]*\"", "");
    for (int at = 0; at < SEPARATORS.length(); at++) {
      char c = SEPARATORS.charAt(at);
      if (bare.indexOf(c) >= 0) {
        return c;
      }
    }
    return 0;
  }

  private double[][] numbers() {
    List<String> names = rows.isEmpty() ? List.of() : names(rows.get(0));
    double[][] points = new double[Math.max(0, rows.size() - 1)][names.size()];
    for (int i = 0; i < points.length; i++) {
      Row row = rows.get(i + 1);
      List<String> cells = cells(row, names.size());
      for (int c = 0; c < names.size(); c++) {
        points[i][c] = number(row.line(), names.get(c), cells.get(c));
      }
    }
    if (marks.size() > 1) {
      throw UserError.data(
          "%s has decimal commas (%s) and decimal points (%s): expected one of them all through",
          file, marks.get(','), marks.get('.'));
    }
    return points;
  }

  private List<String> names(Row header) {
    List<String> cells = header.cells();
    trailing = cells.size() > 1 && cells.get(cells.size() - 1).isBlank();
    List<String> names = trailing ? cells.subList(0, cells.size() - 1) : cells;
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isBlank()) {
        throw UserError.data(
            "%s, line %d: column %d has no name: name it, or leave it out where it only counts the"
                + " rows (pandas: to_csv(file, index=False))",
            file, header.line(), i + 1);
      }
      if (NO_NAME.matcher(name).matches()) {
        throw UserError.data(
            "%s, line %d begins with the numbers of a point or has a number for a name ('%s'),"
                + " expected names of columns: put a line such as '%s' in front where it is a"
                + " point, else write such names in its place",
            file, header.line(), name, example(names.size()));
      }
      Integer other = first.putIfAbsent(name, i);
      if (other != null) {
        throw UserError.data(
            "%s, line %d: columns %d and %d are both called '%s', expected a name of its own for"
                + " each: rename one",
            file, header.line(), other + 1, i + 1, name);
      }
    }
    return names;
  }

  private static String example(int columns) {
    return columns <= 3 ? "x,y,z".substring(0, 2 * columns - 1) : Text.of("x1,…,x%d", columns);
  }

  private List<String> cells(Row row, int columns) {
    List<String> cells = row.cells();
    // Some programs end every line with a separator.
    boolean ends = cells.size() == columns + 1 && cells.get(columns).isBlank();
    if (!ends && (trailing || cells.size() != columns)) {
      throw UserError.data(
          "%s, line %d has %d cells, the line of names has %d: expected as many%s",
          file,
          row.line(),
          cells.size(),
          columns + (trailing ? 1 : 0),
          rows.get(0).cells().get(0).startsWith("#") || cells.get(0).startsWith("#")
              ? "; leave out lines of comment"
              : cells.size() == 2 * columns
                  ? "; decimal commas need semicolons between the cells, also of the names"
                  : "; add what is missing or leave out what is too much");
    }
    return cells;
  }

  private double number(long line, String column, String cell) {
    String shown = cell.isBlank() ? "nothing" : "'" + shortened(cell) + "'";
    if (NUMBER.matcher(cell).matches()) {
      if ((separator == ',' || separator == 0) && cell.indexOf(',') >= 0) {
        throw UserError.data(
            "%s, line %d, column '%s': %s, where commas stand between the cells: expected a"
                + " decimal point and no mark at the thousands; write it so",
            file, line, column, shown);
      }
      double value = Double.parseDouble(cell.replace(',', '.'));
      if (Math.abs(value) <= Float.MAX_VALUE) {
        for (char mark : new char[] {',', '.'}) {
          if (cell.indexOf(mark) >= 0) {
            marks.putIfAbsent(mark, Text.of("line %d, %s", line, shown));
          }
        }
        return value;
      }
    }
    throw UserError.data(
        "%s, line %d, column '%s': %s, expected a finite number: mend it or leave out the line%s",
        file,
        line,
        column,
        shown,
        separator == 0
            ? "; what stands between two cells is a comma, semicolon, tab, bar or blank"
            : "");
  }

  private static String shortened(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
