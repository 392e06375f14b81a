package hgn.data;

import java.util.random.RandomGenerator;

/**
 * Equally likely isotropic Gaussians.
 *
 * @param id its name
 * @param centres one a row
 * @param deviation of each
 */
public record Mixture(String id, double[][] centres, double deviation) implements Target {

  @Override
  public int dimension() {
    return centres[0].length;
  }

  @Override
  public double[] sample(RandomGenerator random) {
    double[] x = centres[random.nextInt(centres.length)].clone();
    for (int i = 0; i < x.length; i++) {
      x[i] += deviation * random.nextGaussian();
    }
    return x;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public double logDensity(double[] x) {
    double best = Double.NEGATIVE_INFINITY;
    double[] exponents = new double[centres.length];
    for (int m = 0; m < centres.length; m++) {
      exponents[m] = -squaredDistance(x, centres[m]) / (2 * deviation * deviation);
      best = Math.max(best, exponents[m]);
    }
    double sum = 0;
    for (double e : exponents) {
      sum += Math.exp(e - best);
    }
    double logNormaliser = x.length * Math.log(deviation * Math.sqrt(2 * Math.PI));
    return best + Math.log(sum / centres.length) - logNormaliser;
  }

  /**
   * The share of points that lie nearest to each centre.
   *
   * @param points one a row
   */
  public double[] masses(double[][] points) {
    double[] masses = new double[centres.length];
    for (double[] x : points) {
      int nearest = 0;
      for (int m = 1; m < centres.length; m++) {
        if (squaredDistance(x, centres[m]) < squaredDistance(x, centres[nearest])) {
          nearest = m;
        }
      }
      masses[nearest] += 1.0 / points.length;
    }
    return masses;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
