package hgn.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All monomials of some variables up to an order, the constant left out, with their derivatives.
 *
 * @param powers the variables that each monomial multiplies, in ascending order, repeated where
 *     they are squared
 */
record Polynomial(List<int[]> powers) {

  /**
   * The monomials.
   *
   * @param variables how many variables
   * @param order the largest sum of exponents, at least 1
   */
  static Polynomial of(int variables, int order) {
    List<int[]> all = new ArrayList<>();
    List<int[]> last = List.of(new int[0]);
    for (int o = 1; o <= order; o++) {
      List<int[]> next = new ArrayList<>();
      for (int[] shorter : last) {
        for (int v = o == 1 ? 0 : shorter[o - 2]; v < variables; v++) {
          int[] longer = Arrays.copyOf(shorter, o);
          longer[o - 1] = v;
          next.add(longer);
        }
      }
      all.addAll(next);
      last = next;
    }
    return new Polynomial(all);
  }

  /** Number of monomials of so many variables: C(variables + order, order) − 1. */
  static double count(int variables, int order) {
    double count = 1;
    for (int o = 1; o <= order; o++) {
      count = count * (variables + o) / o;
    }
    return count - 1;
  }

  /** The monomials of a point. */
  double[] values(double... x) {
    return powers.stream().mapToDouble(p -> product(x, p, -1)).toArray();
  }

  /**
   * The gradient of a polynomial.
   *
   * @param weights of the monomials
   * @param x the point
   */
  double[] gradient(double[] weights, double... x) {
    double[] gradient = new double[x.length];
    for (int m = 0; m < weights.length; m++) {
      int[] p = powers.get(m);
      for (int i = 0; weights[m] != 0 && i < p.length; i++) {
        gradient[p[i]] += weights[m] * product(x, p, i);
      }
    }
    return gradient;
  }

  private static double product(double[] x, int[] power, int without) {
    double product = 1;
    for (int i = 0; i < power.length; i++) {
      product *= i == without ? 1 : x[power[i]];
    }
    return product;
  }
}
