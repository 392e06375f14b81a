package hgn.dynamics;

import java.util.Arrays;
import java.util.List;

/**
 * The methods of the paper (§A.6) by name, and symplectic ones of higher order: explicit ones for
 * separable energies, implicit ones for any.
 */
public final class Integrators {
  /** The paper's time step, of the data and of the models (§A.1). */
  public static final double PAPER_DT = 0.125;

  private static final double SUM_TOLERANCE = 1e-14;

  /** Explicit Euler. Order 1. Its energy grows without bound; eqs. 16–17. */
  public static final Integrator EULER =
      new RungeKutta("euler", 1, new double[][] {{}}, new double[] {1});

  /** The classical four-stage Runge–Kutta method. Order 4, not symplectic; eqs. 18–22. */
  public static final Integrator RK4 =
      new RungeKutta(
          "rk4",
          4,
          new double[][] {{}, {0.5}, {0, 0.5}, {0, 0, 1}},
          new double[] {1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0});

  /**
   * Störmer–Verlet, kick–drift–kick. Order 2, symplectic, reversible; eqs. 24–25.
   *
   * <p>"Leapfrog" also names the drift–kick–drift form and the staggered scheme that never brings q
   * and p to the same time; here it is always this one.
   */
  public static final Integrator LEAPFROG = Composition.leapfrogs("leapfrog", 2, 1);

  /**
   * Three leapfrogs, the middle one backward. Order 4, symplectic, reversible. Yoshida (1990),
   * Physics Letters A 150, 262–268, doi:10.1016/0375-9601(90)90092-3.
   */
  public static final Integrator YOSHIDA4 = yoshida4();

  /**
   * Fifteen leapfrogs. Order 8, symplectic, reversible. Suzuki and Umeno (1993), in Hairer, Lubich
   * and Wanner, Geometric Numerical Integration, V.3.2, eq. 3.11.
   */
  public static final Integrator SUZUKI_UMENO8 = suzukiUmeno8();

  /** The implicit midpoint rule. Order 2, symplectic and reversible for every energy. */
  public static final Integrator MIDPOINT = gauss("midpoint", 1);

  /**
   * Gauss–Legendre collocation of two stages. Order 4, symplectic and reversible for any energy.
   */
  public static final Integrator GAUSS4 = gauss("gauss4", 2);

  /** Gauss–Legendre collocation of four stages. Order 8, symplectic and reversible likewise. */
  public static final Integrator GAUSS8 = gauss("gauss8", 4);

  private Integrators() {}

  /** The explicit methods that the paper's are compared with in notebook 1. */
  public static List<Integrator> explicit() {
    return List.of(EULER, RK4, LEAPFROG, YOSHIDA4);
  }

  /** All of them, in the order of their introduction. */
  public static List<Integrator> all() {
    return List.of(EULER, RK4, LEAPFROG, YOSHIDA4, SUZUKI_UMENO8, MIDPOINT, GAUSS4, GAUSS8);
  }

  /**
   * The symplectic method of eighth order that suits an energy: explicit where it is separable,
   * implicit where it is not. Explicit kicks and drifts of an energy that is not separable are of
   * first order only, whatever their coefficients.
   *
   * @param h the energy
   */
  public static Integrator eighthOrder(Hamiltonian h) {
    return h instanceof Separable ? SUZUKI_UMENO8 : GAUSS8;
  }

  /**
   * The integrator of that name.
   *
   * @param name for example "leapfrog"
   * @return the integrator
   * @throws IllegalArgumentException naming the known ones if there is none
   */
  public static Integrator named(String name) {
    return all().stream()
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown integrator '%s', expected one of %s"
                        .formatted(name, all().stream().map(Integrator::name).toList())));
  }

  static void requireSumOne(String name, String what, double[] fractions) {
    double sum = Arrays.stream(fractions).sum();
    if (!(Math.abs(sum - 1) < SUM_TOLERANCE)) {
      throw new IllegalArgumentException(
          "%s: the %s %s sum to %s, expected 1"
              .formatted(name, what, Arrays.toString(fractions), sum));
    }
  }

  private static Integrator yoshida4() {
    double cubeRoot = Math.cbrt(2);
    double outer = 1 / (2 - cubeRoot);
    return Composition.leapfrogs("yoshida4", 4, outer, -cubeRoot * outer, outer);
  }

  private static Integrator suzukiUmeno8() {
    double[] half = {
      0.741670364350613,
      -0.4091008258000316,
      0.1907547102962384,
      -0.5738624711160822,
      0.2990641813036559,
      0.33462491824529816,
      0.3152930923967666,
      -0.7968879393529164
    };
    double[] all = new double[2 * half.length - 1];
    Arrays.setAll(all, i -> half[Math.min(i, all.length - 1 - i)]);
    return Composition.leapfrogs("suzuki-umeno8", 8, all);
  }

  /**
   * Collocation at the zeros c of the Legendre polynomial: aᵢⱼ is the integral of the j-th Lagrange
   * polynomial from 0 to cᵢ, which the rule's own quadrature gives exactly. Hairer, Lubich and
   * Wanner, II.1.3.
   */
  private static Integrator gauss(String name, int stages) {
    double[] c = new double[stages];
    double[] b = new double[stages];
    for (int i = 0; i < stages; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (stages + 0.5)); // close to the zero
      for (int k = 0; k < 8; k++) {
        x -= legendre(stages, x) / slope(stages, x);
      }
      c[stages - 1 - i] = (1 + x) / 2;
      b[stages - 1 - i] = 1 / ((1 - x * x) * Math.pow(slope(stages, x), 2));
    }
    double[][] a = new double[stages][stages];
    for (int i = 0; i < stages; i++) {
      for (int j = 0; j < stages; j++) {
        for (int k = 0; k < stages; k++) {
          a[i][j] += c[i] * b[k] * lagrange(c, j, c[i] * c[k]);
        }
      }
    }
    return new RungeKutta(name, 2 * stages, a, b);
  }

  private static double legendre(int n, double x) {
    return n == 0
        ? 1
        : n == 1 ? x : ((2 * n - 1) * x * legendre(n - 1, x) - (n - 1) * legendre(n - 2, x)) / n;
  }

  private static double slope(int n, double x) {
    return n * (legendre(n - 1, x) - x * legendre(n, x)) / (1 - x * x);
  }

  private static double lagrange(double[] nodes, int j, double x) {
    double product = 1;
    for (int m = 0; m < nodes.length; m++) {
      product *= m == j ? 1 : (x - nodes[m]) / (nodes[j] - nodes[m]);
    }
    return product;
  }
}
