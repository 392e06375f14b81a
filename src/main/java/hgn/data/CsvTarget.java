package hgn.data;

import hgn.io.Hashes;
import hgn.io.UserError;
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

/**
 * The user's own points: every column of a CSV file with a header. A fifth of the points, drawn
 * once, is held back to test with; a sample is one of the other rows, drawn with equal chances.
 * Rows that say the same are one point.
 */
public final class CsvTarget implements Target {
  /** Prefix of the names of targets that are read from a file of points. */
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

  /**
   * Reads a file.
   *
   * @param file a line of column names, then a point a line, see {@link CsvPoints}
   * @throws UserError naming the line that does not fit, what was expected and what to do
   */
  public static CsvTarget read(Path file) {
    double[][] points = CsvPoints.read(file);
    Collection<List<double[]>> different = different(points);
    if (different.size() <= FEWEST_HELD) {
      throw UserError.data(
          "%s has %d different points, expected at least %d below a line of column names",
          file, different.size(), FEWEST_HELD + 1);
    }
    String id = FILE + file.normalize().toString().replace('\\', '/');
    return new CsvTarget(id, Hashes.key(points), different);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return points[0].length;
  }

  /** Number of points. */
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
