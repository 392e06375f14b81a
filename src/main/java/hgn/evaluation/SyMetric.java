package hgn.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.stat.StatUtils;

/**
 * SyMetric (Higgins et al., 2021, arXiv:2111.05986): whether a model's latent state is the true one
 * up to a symplectic map and a factor.
 *
 * <p>The true state y = (q, p) is regressed on the latent state x by polynomials of order 1, 2, …
 * with a Lasso, up to the first whose R² on films left out is above {@value #R_SQUARED}. Of its
 * Jacobian J the product P = (J Ω Jᵀ)(J Ωᵀ Jᵀ) is the identity times a constant where the map is
 * symplectic up to a factor; the deviation is the mean of (P/c − I)², c the mean over all points of
 * P's largest entry.
 *
 * <p>Not stated there: what to do where the latent state has so many variables that the monomials
 * are more than {@value #MOST_FEATURES}. Here the leading pairs stand for all, those with a
 * ten-thousandth of the variance or more, after a unitary rotation of q + ip that sorts them by
 * variance: such a rotation is symplectic.
 *
 * @param pairs how many (qᵢ, pᵢ) of the latent state say anything of a film
 * @param used how many of them, or of their leading combinations, the polynomial has
 * @param order of the polynomial
 * @param rSquared share of the true state's variance that it explains on films left out, mean over
 *     the coordinates
 * @param deviation from a symplectic map, 0 where it is one up to a factor
 */
public record SyMetric(int pairs, int used, int order, double rSquared, double deviation) {
  /** R² above which {@link #verdict} may be 1. */
  public static final double R_SQUARED = 0.9;

  /** Deviation from a symplectic map below which {@link #verdict} may be 1. */
  public static final double DEVIATION = 0.05;

  /** A latent variable whose posterior has more of its variance than this says nothing. */
  private static final double UNINFORMATIVE = 0.5;

  private static final int LARGEST_ORDER = 5;
  private static final int SWEEPS = 1000;
  private static final double NEGLIGIBLE = 1e-3;
  private static final double NEGLIGIBLE_VARIANCE = 1e-4;
  private static final int POINTS = 10;

  /** Ours: what a minute of one core can do. */
  private static final int MOST_FEATURES = 500;

  /** 10⁻⁴ to 10^−½, the largest first. */
  private static final double[] ALPHAS =
      IntStream.range(0, 10).mapToDouble(i -> Math.pow(10, -0.5 - 3.5 * i / 9)).toArray();

  /** 1 where R² and deviation are both within their bounds, else 0. */
  public int verdict() {
    return rSquared > R_SQUARED && deviation < DEVIATION ? 1 : 0;
  }

  /**
   * Measures.
   *
   * @param latent states of films, one frame after the other, [films · frames][2k], q before p
   * @param truth the true states of the same frames, [films · frames][2d], q before p
   * @param films how many, at least 2
   * @param uncertain the posterior's share of each latent variable's variance, [2k]; a pair is left
   *     out where both have more than half
   */
  public static SyMetric of(double[][] latent, double[][] truth, int films, double... uncertain) {
    int k = uncertain.length / 2;
    int[] pairs =
        IntStream.range(0, k)
            .filter(i -> Math.min(uncertain[i], uncertain[k + i]) < UNINFORMATIVE)
            .toArray();
    if (pairs.length == 0 || !finite(latent)) {
      return new SyMetric(pairs.length, 0, 0, 0, Double.NaN);
    }
    double[][] x = Arrays.stream(latent).map(row -> chosen(row, pairs)).toArray(double[][]::new);
    double[][] rotation = rotation(x);
    int varying = varying(Rows.projected(x, rotation));
    Fit best = null;
    for (int order = 1; order <= LARGEST_ORDER; order++) {
      int used = pairs.length;
      if (Polynomial.count(2 * used, order) > MOST_FEATURES) {
        used = varying;
        while (used > 1 && Polynomial.count(2 * used, order) > MOST_FEATURES) {
          used--;
        }
      }
      Fit fit = new Fit(x, truth, films, leading(rotation, used, pairs.length), order);
      best = best == null || fit.rSquared > best.rSquared ? fit : best;
      if (best.rSquared > R_SQUARED) {
        break;
      }
    }
    return new SyMetric(
        pairs.length, best.map.length / 2, best.order, best.rSquared, best.deviation(films));
  }

  private static boolean finite(double[]... rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }

  private static double[] chosen(double[] row, int... pairs) {
    return IntStream.range(0, 2 * pairs.length)
        .mapToDouble(i -> row[pairs[i % pairs.length] + i / pairs.length * (row.length / 2)])
        .toArray();
  }

  /** Number of leading pairs that have more than a ten-thousandth of all variance. */
  private static int varying(double[]... rotated) {
    int k = rotated[0].length / 2;
    double[] squares =
        IntStream.range(0, 2 * k)
            .mapToDouble(j -> StatUtils.populationVariance(Rows.column(rotated, j)))
            .toArray();
    double least = NEGLIGIBLE_VARIANCE * StatUtils.sum(squares);
    return (int)
        Math.max(1, IntStream.range(0, k).filter(i -> squares[i] + squares[k + i] > least).count());
  }

  /**
   * The unitary eigenvectors of the covariance of q + ip as real rows, the largest variance first:
   * [2k, 2k], all of q before those of p.
   */
  private static double[][] rotation(double[]... x) {
    int n = x[0].length;
    int k = n / 2;
    double[][] c = Rows.moments(Rows.centred(x), Rows.centred(x));
    double[][] hermitian = new double[n][n];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        double real = c[i][j] + c[k + i][k + j];
        double imaginary = c[k + i][j] - c[i][k + j];
        hermitian[i][j] = real;
        hermitian[k + i][k + j] = real;
        hermitian[k + i][j] = imaginary;
        hermitian[i][k + j] = -imaginary;
      }
    }
    RealMatrix rounded = new Array2DRowRealMatrix(hermitian);
    EigenDecomposition eigen =
        new EigenDecomposition(rounded.add(rounded.transpose()).scalarMultiply(0.5));
    // Each complex eigenvector u is there twice, as u and as iu: the second one is dropped.
    List<double[]> chosen = new ArrayList<>();
    for (int e = 0; e < n && chosen.size() < k; e++) {
      double[] u = eigen.getEigenvector(e).toArray();
      for (double[] known : chosen) {
        remove(u, known);
        remove(u, turned(known));
      }
      double norm = Math.sqrt(Rows.dot(u, u));
      if (norm > 1e-6) {
        chosen.add(Arrays.stream(u).map(v -> v / norm).toArray());
      }
    }
    double[][] rows = new double[n][];
    for (int i = 0; i < k; i++) {
      rows[i] = chosen.get(i);
      rows[k + i] = turned(chosen.get(i));
    }
    return rows;
  }

  /** i·u of u = (real, imaginary). */
  private static double[] turned(double... u) {
    int k = u.length / 2;
    return IntStream.range(0, u.length).mapToDouble(i -> i < k ? -u[k + i] : u[i - k]).toArray();
  }

  private static void remove(double[] u, double... known) {
    double share = Rows.dot(u, known);
    for (int i = 0; i < u.length; i++) {
      u[i] -= share * known[i];
    }
  }

  /** All pairs as they are, or the leading rotated ones. */
  private static double[][] leading(double[][] rotation, int used, int pairs) {
    double[][] map = new double[2 * used][2 * pairs];
    for (int i = 0; i < 2 * used; i++) {
      if (used == pairs) {
        map[i][i] = 1;
      } else {
        map[i] = rotation[i < used ? i : pairs + i - used];
      }
    }
    return map;
  }

  private static RealMatrix omega(int d) {
    RealMatrix omega = new Array2DRowRealMatrix(2 * d, 2 * d);
    for (int i = 0; i < d; i++) {
      omega.setEntry(i, d + i, 1);
      omega.setEntry(d + i, i, -1);
    }
    return omega;
  }

  /** One order's polynomial. */
  private static final class Fit {
    private final int order;
    private final Polynomial polynomial;

    /** From the latent state to the standardised variables of the polynomial. */
    private final double[][] map;

    private final double[][] inputs;
    private final double[] outputScales;
    private final double[][] weights;
    private final double rSquared;

    Fit(double[][] x, double[][] y, int films, double[][] rotation, int order) {
      this.order = order;
      double[][] rotated = Rows.projected(Rows.centred(x), rotation);
      double[] scales = Rows.scales(rotated);
      map = rotation.clone();
      for (int i = 0; i < map.length; i++) {
        double scale = scales[i];
        map[i] = Arrays.stream(rotation[i]).map(v -> v * scale).toArray();
      }
      inputs = scaled(rotated, scales);
      outputScales = Rows.scales(y);
      polynomial = Polynomial.of(map.length, order);
      double[][] features = Arrays.stream(inputs).map(polynomial::values).toArray(double[][]::new);
      double[][] targets = scaled(Rows.centred(y), outputScales);
      int half = films / 2 * (x.length / films);
      double[] r2 = new double[ALPHAS.length];
      for (int fold = 0; fold < 2; fold++) {
        int from = fold == 0 ? 0 : half;
        int to = fold == 0 ? half : x.length;
        Part fit = new Part(without(features, from, to), without(targets, from, to));
        double[][] leftOut = Arrays.copyOfRange(features, from, to);
        double[][] known = Arrays.copyOfRange(targets, from, to);
        for (int a = 0; a < ALPHAS.length; a++) {
          r2[a] += fit.determination(fit.path(a), leftOut, known) / 2;
        }
      }
      int best = IntStream.range(0, r2.length).reduce(0, (a, b) -> r2[b] > r2[a] ? b : a);
      rSquared = r2[best];
      weights = new Part(features, targets).path(best);
    }

    private static double[][] scaled(double[][] rows, double... scales) {
      return Arrays.stream(rows)
          .map(r -> IntStream.range(0, r.length).mapToDouble(j -> r[j] * scales[j]).toArray())
          .toArray(double[][]::new);
    }

    private static double[][] without(double[][] rows, int from, int to) {
      return IntStream.range(0, rows.length)
          .filter(i -> i < from || i >= to)
          .mapToObj(i -> rows[i])
          .toArray(double[][]::new);
    }

    /** The mean deviation from a symplectic map over ten frames of each film. */
    double deviation(int films) {
      int frames = inputs.length / films;
      int points = Math.min(POINTS, frames);
      RealMatrix inner = omega(map[0].length / 2);
      RealMatrix chain = new Array2DRowRealMatrix(map);
      List<RealMatrix> products = new ArrayList<>();
      for (int i = 0; i < films * points; i++) {
        double[] at = inputs[i / points * frames + i % points * frames / points];
        double[][] rows = new double[weights.length][];
        for (int j = 0; j < rows.length; j++) {
          double scale = outputScales[j];
          rows[j] =
              Arrays.stream(polynomial.gradient(weights[j], at)).map(v -> v / scale).toArray();
        }
        RealMatrix jacobian = new Array2DRowRealMatrix(rows).multiply(chain);
        RealMatrix bracket = jacobian.multiply(inner).multiply(jacobian.transpose());
        products.add(bracket.multiply(bracket.transpose()));
      }
      double c = products.stream().mapToDouble(Fit::largest).average().orElseThrow();
      return products.stream().mapToDouble(p -> distance(p, c)).average().orElseThrow();
    }

    private static double largest(RealMatrix p) {
      return Arrays.stream(p.getData())
          .flatMapToDouble(Arrays::stream)
          .map(Math::abs)
          .max()
          .orElseThrow();
    }

    private static double distance(RealMatrix p, double c) {
      int n = p.getRowDimension();
      double sum = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double off = (c == 0 ? 0 : p.getEntry(i, j) / c) - (i == j ? 1 : 0);
          sum += off * off;
        }
      }
      return sum / (n * n);
    }
  }

  /** The films that weights are fitted to. */
  private static final class Part {
    private final double[] featureMeans;
    private final double[] targetMeans;
    private final Lasso lasso;
    private final double[][] products;
    private final List<double[][]> path = new ArrayList<>();

    Part(double[][] features, double[]... targets) {
      featureMeans = Rows.means(features);
      targetMeans = Rows.means(targets);
      double[][] x = Rows.less(features, featureMeans);
      lasso = new Lasso(Rows.moments(x, x), SWEEPS);
      products = Rows.moments(Rows.less(targets, targetMeans), x);
    }

    /** The weights of every target for the a-th α, each from those of the one before. */
    double[][] path(int a) {
      while (path.size() <= a) {
        double[][] start =
            path.isEmpty()
                ? new double[products.length][featureMeans.length]
                : path.get(path.size() - 1);
        double alpha = ALPHAS[path.size()];
        path.add(
            IntStream.range(0, products.length)
                .mapToObj(t -> lasso.fit(products[t], alpha, start[t]))
                .toArray(double[][]::new));
      }
      return Arrays.stream(path.get(a))
          .map(row -> Arrays.stream(row).map(w -> Math.abs(w) < NEGLIGIBLE ? 0 : w).toArray())
          .toArray(double[][]::new);
    }

    /** R², mean over the targets. */
    double determination(double[][] weights, double[][] features, double[][] targets) {
      double sum = 0;
      for (int t = 0; t < weights.length; t++) {
        double[] known = Rows.column(targets, t);
        double rest = 0;
        for (int i = 0; i < known.length; i++) {
          double read = targetMeans[t];
          for (int f = 0; f < featureMeans.length; f++) {
            read += weights[t][f] * (features[i][f] - featureMeans[f]);
          }
          rest += (known[i] - read) * (known[i] - read);
        }
        sum += 1 - rest / (StatUtils.populationVariance(known) * known.length);
      }
      return sum / weights.length;
    }
  }
}
