package hgn.training;

import hgn.io.AtomicFiles;
import hgn.io.Text;
import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of named numbers, one every so many iterations: means over the iterations since the last.
 */
public final class TrainingLog {
  private final List<String> columns;
  private final List<double[]> rows;
  private Map<String, Double> sums = new LinkedHashMap<>();
  private int count;

  /** An empty log, whose columns the first row names. */
  public TrainingLog() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  TrainingLog(List<String> columns, List<double[]> rows) {
    this.columns = new ArrayList<>(columns);
    this.rows = new ArrayList<>(rows);
  }

  void add(Map<String, Double> values) {
    values.forEach((name, value) -> sums.merge(name, value, Double::sum));
    count++;
  }

  /** Closes a row: the means since the last one, and when it was. */
  void row(long iteration, double seconds) {
    if (count == 0) {
      return;
    }
    if (columns.isEmpty()) {
      columns.add("iteration");
      columns.add("seconds");
      columns.addAll(sums.keySet());
    }
    double[] row = new double[columns.size()];
    row[0] = iteration;
    row[1] = seconds;
    for (int i = 2; i < row.length; i++) {
      row[i] = sums.getOrDefault(columns.get(i), Double.NaN) / count;
    }
    rows.add(row);
    sums = new LinkedHashMap<>();
    count = 0;
  }

  /** Sums that are not yet a row: part of a checkpoint, or the next row would differ. */
  Map<String, Double> pending() {
    return sums;
  }

  int pendingCount() {
    return count;
  }

  void restorePending(Map<String, Double> values, int n) {
    sums = new LinkedHashMap<>(values);
    count = n;
  }

  /** Names of the columns: "iteration", "seconds", then what the objective reports. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  List<double[]> rows() {
    return rows;
  }

  /**
   * One column.
   *
   * @param name of the column
   * @throws IllegalArgumentException naming the known ones if there is none
   */
  public double[] column(String name) {
    int at = columns.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "the log has no column '%s', expected one of %s".formatted(name, columns));
    }
    return rows.stream().mapToDouble(row -> row[at]).toArray();
  }

  /**
   * A log from the file that {@link #csv()} was written to.
   *
   * @param file the file
   * @throws UserError if it cannot be read
   */
  public static TrainingLog read(Path file) {
    try {
      String text = Files.readString(AtomicFiles.regular(file));
      if (!text.endsWith("\n")) {
        throw new IOException("its last line is not ended");
      }
      List<String> lines = text.lines().toList();
      List<String> columns = List.of(lines.isEmpty() ? new String[0] : lines.get(0).split(","));
      if (!columns.contains("iteration")) {
        throw new IOException("its first line names no column 'iteration'");
      }
      if (columns.stream().distinct().count() < columns.size()) {
        throw new IOException("two of its columns have the same name");
      }
      int at = columns.indexOf("iteration");
      double last = 0;
      List<double[]> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        double[] row =
            Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
        if (row.length != columns.size()) {
          throw new IOException(
              Text.of("line %d has %d cells of %d", rows.size() + 2, row.length, columns.size()));
        }
        if (!(row[at] >= last)) {
          throw new IOException(
              Text.of("line %d is of iteration %s, after %s", rows.size() + 2, row[at], last));
        }
        last = row[at];
        rows.add(row);
      }
      return new TrainingLog(columns, rows);
    } catch (IOException | RuntimeException e) {
      throw UserError.data(
              "%s is no training log, or one cut off (%s): it was left as it is; put back the one"
                  + " that was written, or move it away to see the run without its curves",
              file, e.getMessage())
          .because(e);
    }
  }

  /** The log as comma-separated values with a header. */
  public String csv() {
    return String.join(",", columns)
        + "\n"
        + rows.stream()
            .map(
                row ->
                    Arrays.stream(row)
                        .mapToObj(v -> String.format(Locale.ROOT, "%.6g", v))
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"))
        + "\n";
  }
}
