package hgn.dynamics;

import java.util.List;
import java.util.stream.Collectors;

/** The methods of the paper (§A.6), and one of fourth order that shares the leapfrog's virtues. */
public final class Integrators {

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
  public static final Integrator LEAPFROG =
      new Composition("leapfrog", 2, new double[] {0.5, 0.5}, new double[] {1});

  /**
   * Three leapfrogs, the middle one backward. Order 4, symplectic, reversible. Yoshida (1990),
   * Physics Letters A 150, 262–268, doi:10.1016/0375-9601(90)90092-3.
   */
  public static final Integrator YOSHIDA4 = yoshida4();

  private Integrators() {}

  /** All of them, in the order of their introduction. */
  public static List<Integrator> all() {
    return List.of(EULER, RK4, LEAPFROG, YOSHIDA4);
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
                        .formatted(
                            name,
                            all().stream().map(Integrator::name).collect(Collectors.toList()))));
  }

  private static Integrator yoshida4() {
    double cubeRoot = Math.cbrt(2);
    double outer = 1 / (2 - cubeRoot);
    double inner = -cubeRoot * outer;
    double joint = (outer + inner) / 2;
    return new Composition(
        "yoshida4",
        4,
        new double[] {outer / 2, joint, joint, outer / 2},
        new double[] {outer, inner, outer});
  }
}
