package hgn.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * Principal axes of a mixture of Gaussians, z = centre + Σ xᵢ axisᵢ.
 *
 * @param centre mean of the mixture, d
 * @param axes orthogonal, each as long as the mixture's standard deviation along it, [k][d]
 */
record PrincipalAxes(double[] centre, double[][] axes) {
  private static final int MOST = 64;

  /**
   * The axes along which the means differ by more than one Gaussian is wide.
   *
   * @param means of the Gaussians, [n][d]
   * @param deviations of them, [n][d]
   * @param least how many axes there are at least
   */
  static PrincipalAxes of(double[][] means, double[][] deviations, int least) {
    double[] centre = columns(means, StatUtils::mean);
    RealVector noise =
        new ArrayRealVector(columns(deviations, s -> StatUtils.sumSq(s) / s.length), false);
    EigenDecomposition eigen =
        new EigenDecomposition(new Covariance(means, false).getCovarianceMatrix());
    List<double[]> axes = new ArrayList<>();
    for (int k = 0; k < Math.min(centre.length, MOST); k++) {
      RealVector v = eigen.getEigenvector(k);
      double own = v.ebeMultiply(v).dotProduct(noise);
      double between = Math.max(0, eigen.getRealEigenvalue(k));
      if (between > own || k < least) {
        axes.add(v.mapMultiply(Math.sqrt(Math.max(1e-12, between + own))).toArray());
      }
    }
    return new PrincipalAxes(centre, axes.toArray(double[][]::new));
  }

  private static double[] columns(double[][] rows, ToDoubleFunction<double[]> of) {
    return IntStream.range(0, rows[0].length)
        .mapToDouble(j -> of.applyAsDouble(Arrays.stream(rows).mapToDouble(r -> r[j]).toArray()))
        .toArray();
  }

  int count() {
    return axes.length;
  }

  /** x of a z. */
  float[] coordinates(double... z) {
    float[] x = new float[axes.length];
    for (int k = 0; k < x.length; k++) {
      double sum = 0;
      double square = 0;
      for (int j = 0; j < z.length; j++) {
        sum += axes[k][j] * (z[j] - centre[j]);
        square += axes[k][j] * axes[k][j];
      }
      x[k] = (float) (sum / square);
    }
    return x;
  }

  /** z of every x, one after the other. */
  float[] points(float... x) {
    float[] z = new float[x.length / axes.length * centre.length];
    for (int i = 0; i < z.length; i++) {
      int row = i / centre.length;
      int j = i % centre.length;
      double sum = centre[j];
      for (int k = 0; k < axes.length; k++) {
        sum += x[row * axes.length + k] * axes[k][j];
      }
      z[i] = (float) sum;
    }
    return z;
  }
}
