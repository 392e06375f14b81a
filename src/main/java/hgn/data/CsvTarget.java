package hgn.data;

import ai.djl.basicdataset.tabular.CsvDataset;
import hgn.io.Hashes;
import hgn.io.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * The user's own points: every column of a CSV file with a header, read by DJL's {@link
 * CsvDataset}. A fifth of the points, drawn once, is held back to test with; a sample is one of the
 * other rows, drawn with equal chances. Rows that say the same are one point.
 */
public final class CsvTarget implements Target {
  /** What stands before the path in the name of such a target. */
  public static final String FILE = "file:";

  private static final int HELD = 5;

  /** One alone has no standard error. */
  private static final int FEWEST_HELD = 2;

  private static final long SEED = 5;

  private final String id;
  private final double[][] points;
  private final double[][] held;
  private final String fingerprint;

  private CsvTarget(String id, String fingerprint, Collection<List<double[]>> points) {
    this.id = id;
    this.fingerprint = fingerprint;
    List<List<double[]>> shuffled = new ArrayList<>(points);
    Collections.shuffle(shuffled, new Random(SEED));
    int tests = Math.max(FEWEST_HELD, shuffled.size() / HELD);
    held = rows(shuffled.subList(0, tests));
    this.points = rows(shuffled.subList(tests, shuffled.size()));
  }

  /** Each point with all rows that say it, in the order of the rows. */
  private static Collection<List<double[]>> different(double[][] rows) {
    Map<String, List<double[]>> equal = new LinkedHashMap<>();
    for (double[] row : rows) {
      equal.computeIfAbsent(Arrays.toString(row), key -> new ArrayList<>()).add(row);
    }
    return equal.values();
  }

  private static double[][] rows(List<List<double[]>> groups) {
    return groups.stream().flatMap(List::stream).toArray(double[][]::new);
  }

  /** A dataset whose columns' names are known only once it is read. */
  private static final class Rows extends CsvDataset {
    private Rows(CsvBuilder<?> builder) {
      super(builder);
    }

    private int count() {
      return csvRecords.size();
    }

    private String cell(int row, String column) {
      return csvRecords.get(row).isSet(column) ? getCell(row, column) : "";
    }

    private static Rows read(Path file) throws IOException {
      CSVFormat format =
          CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
      CsvBuilder<?> builder = CsvDataset.builder().optCsvFile(file);
      builder.setCsvFormat(format);
      builder.setSampling(1, false);
      // DJL wants its columns named before it has read them.
      try (CSVParser header = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
        header.getHeaderNames().forEach(builder::addNumericFeature);
      }
      builder.noLabels();
      Rows rows = new Rows(builder);
      rows.prepare(null);
      return rows;
    }
  }

  /**
   * Reads a file.
   *
   * @param file with a header line; every cell a number
   * @throws UserError naming line and column of the first cell that is missing or no number
   */
  public static CsvTarget read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(UserError.Kind.USAGE, "there is no file %s".formatted(file));
    }
    try {
      Rows rows = Rows.read(file);
      List<String> columns = rows.getColumnNames();
      double[][] points = new double[rows.count()][columns.size()];
      for (int row = 0; row < points.length; row++) {
        for (int c = 0; c < columns.size(); c++) {
          points[row][c] = number(file, rows.cell(row, columns.get(c)), row + 2, columns.get(c));
        }
      }
      Collection<List<double[]>> different = different(points);
      if (different.size() <= FEWEST_HELD || columns.isEmpty()) {
        throw new UserError(
            UserError.Kind.DATA,
            "%s has %d different points, expected at least %d below a header"
                .formatted(file, different.size(), FEWEST_HELD + 1));
      }
      String id = FILE + file.normalize().toString().replace('\\', '/');
      return new CsvTarget(id, Hashes.key(points), different);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.DATA, "%s cannot be read as CSV (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static double number(Path file, String cell, int line, String column) {
    if (!cell.isBlank()) {
      try {
        double value = Double.parseDouble(cell);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Said below, as for a missing one.
      }
    }
    throw new UserError(
        UserError.Kind.DATA,
        "%s, line %d, column '%s': %s, expected a finite number"
            .formatted(file, line, column, cell.isBlank() ? "nothing" : "'" + cell + "'"));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return points[0].length;
  }

  /** How many points there are. */
  public int size() {
    return points.length + held.length;
  }

  @Override
  public double[][] tests(RandomGenerator random, int count) {
    return Arrays.stream(held).limit(count).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public double[] sample(RandomGenerator random) {
    return points[random.nextInt(points.length)].clone();
  }

  @Override
  public String fingerprint() {
    return fingerprint + ", a fifth held back";
  }
}
