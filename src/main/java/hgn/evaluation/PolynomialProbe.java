package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.PhaseState;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Polynomial regression of some targets on the principal components of some features, by ridge in
 * float64. The order, 1 to {@value #LARGEST_ORDER}, is the one that reads best what was left out;
 * of the components, as many of the leading ones are taken as keep the terms below {@value
 * #MOST_TERMS}. The terms are products of Chebyshev polynomials: powers of a high order are too
 * much alike.
 */
public final class PolynomialProbe {
  private static final int LARGEST_ORDER = 8;
  private static final int MOST_TERMS = 500;

  private static final double RIDGE = 1e-10;

  /** Share of the rows, the last ones, that order is chosen by. */
  private static final double LEFT_OUT = 0.2;

  /** Share of the first component's variance below which a component is rounding. */
  private static final double NEGLIGIBLE = 1e-8;

  private final double[] means;
  private final double[][] directions;
  private final Polynomial polynomial;
  private LinearProbe linear;

  private PolynomialProbe(double[] means, double[][] directions, int order) {
    this.means = means;
    this.directions = directions;
    polynomial = Polynomial.of(directions.length, order);
  }

  /**
   * The best map.
   *
   * @param features [n, d]; rows of one film beside each other, so that films are left out whole
   * @param targets [n, k]
   */
  public static PolynomialProbe fit(NDArray features, NDArray targets) {
    double[][] x = PhaseState.rows(features);
    double[] means = Rows.means(x);
    double[][] components = components(Rows.less(x, means));
    int known = (int) ((1 - LEFT_OUT) * x.length);
    String first = ":" + known;
    String rest = known + ":";
    PolynomialProbe best = null;
    NDArray bestTerms = null;
    double least = Double.POSITIVE_INFINITY;
    for (int order = 1; order <= LARGEST_ORDER; order++) {
      int used = components.length;
      while (used > 1 && Polynomial.count(used, order) > MOST_TERMS) {
        used--;
      }
      PolynomialProbe probe = new PolynomialProbe(means, Arrays.copyOf(components, used), order);
      NDArray terms = probe.terms(features);
      probe.linear = LinearProbe.fit(terms.get(first), targets.get(first), RIDGE);
      double error =
          Arrays.stream(probe.linear.determination(terms.get(rest), targets.get(rest)))
              .map(share -> 1 - share)
              .sum();
      if (best == null || error < least) {
        best = probe;
        bestTerms = terms;
        least = error;
      }
    }
    best.linear = LinearProbe.fit(bestTerms, targets, RIDGE);
    return best;
  }

  /** Order of the polynomial. */
  public int order() {
    return polynomial.powers().get(polynomial.powers().size() - 1).length;
  }

  /**
   * The targets that the map reads off features; beyond those it was fitted to, at their edge.
   *
   * @param features [n, d]
   * @return [n, k], float64
   */
  public NDArray read(NDArray features) {
    return linear.read(terms(features));
  }

  private NDArray terms(NDArray features) {
    NDManager manager = features.getManager();
    double[][] x = Rows.projected(Rows.less(PhaseState.rows(features), means), directions);
    double[] flat = Arrays.stream(x).flatMapToDouble(r -> Arrays.stream(chebyshev(r))).toArray();
    return manager.create(flat, new Shape(x.length, flat.length / x.length));
  }

  private double[] chebyshev(double... x) {
    int order = order();
    double[][] values = new double[x.length][order + 1];
    for (int i = 0; i < x.length; i++) {
      double angle = Math.acos(Math.max(-1, Math.min(1, x[i])));
      for (int n = 0; n <= order; n++) {
        values[i][n] = Math.cos(n * angle);
      }
    }
    return polynomial.powers().stream().mapToDouble(p -> term(p, values)).toArray();
  }

  /** Product over a monomial's variables, which are sorted: a factor for each one's exponent. */
  private static double term(int[] variables, double[]... values) {
    double product = 1;
    for (int i = 0, next; i < variables.length; i = next) {
      for (next = i; next < variables.length && variables[next] == variables[i]; ) {
        next++;
      }
      product *= values[variables[i]][next - i];
    }
    return product;
  }

  /** Principal directions, each divided by the farthest that its component reaches. */
  private static double[][] components(double[]... centred) {
    EigenDecomposition eigen =
        new EigenDecomposition(new Array2DRowRealMatrix(Rows.moments(centred, centred)));
    double[] variances = eigen.getRealEigenvalues();
    double[][] directions =
        IntStream.range(0, variances.length)
            .filter(i -> variances[i] > NEGLIGIBLE * variances[0])
            .mapToObj(i -> eigen.getEigenvector(i).toArray())
            .toArray(double[][]::new);
    double[][] all = Rows.projected(centred, directions);
    return IntStream.range(0, directions.length)
        .mapToObj(
            i -> {
              double farthest = Arrays.stream(Rows.column(all, i)).map(Math::abs).max().orElse(1);
              return Arrays.stream(directions[i]).map(v -> v / farthest).toArray();
            })
        .toArray(double[][]::new);
  }
}
