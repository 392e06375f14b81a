package hgn.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** Arithmetic with points that are rows of numbers: means, moments, projections. */
final class Rows {

  private Rows() {}

  static double[][] projected(double[][] rows, double[]... directions) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(directions).mapToDouble(d -> dot(d, row)).toArray())
        .toArray(double[][]::new);
  }

  static double dot(double[] a, double... b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  /** Mean of aᵢ bⱼ over the rows. */
  static double[][] moments(double[][] a, double[]... b) {
    double[][] sum = new double[a[0].length][b[0].length];
    for (int row = 0; row < a.length; row++) {
      for (int i = 0; i < sum.length; i++) {
        double factor = a[row][i] / a.length;
        for (int j = 0; j < b[row].length; j++) {
          sum[i][j] += factor * b[row][j];
        }
      }
    }
    return sum;
  }

  static double[] column(double[][] rows, int j) {
    return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
  }

  static double[] means(double[]... rows) {
    return IntStream.range(0, rows[0].length)
        .mapToDouble(j -> StatUtils.mean(column(rows, j)))
        .toArray();
  }

  static double[][] centred(double[]... rows) {
    return less(rows, means(rows));
  }

  static double[][] less(double[][] rows, double... means) {
    return Arrays.stream(rows)
        .map(r -> IntStream.range(0, r.length).mapToDouble(j -> r[j] - means[j]).toArray())
        .toArray(double[][]::new);
  }

  /** Scales that make each column's variance 1; 1 where it does not vary. */
  static double[] scales(double[]... rows) {
    return IntStream.range(0, rows[0].length)
        .mapToDouble(j -> Math.sqrt(StatUtils.populationVariance(column(rows, j))))
        .map(s -> s > 1e-12 ? 1 / s : 1)
        .toArray();
  }
}
