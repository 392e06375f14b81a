package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.dynamics.Composition;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.results.Convergence;
import hgn.results.Polygon;
import hgn.results.Series;
import hgn.results.Substep;
import hgn.results.Transport;
import hgn.systems.Systems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What §A.6 says of its integrators, measured on one trajectory of a system with one degree of
 * freedom: order, reversibility, energy over long times, area in phase space.
 *
 * @param energy the Hamiltonian
 * @param q position at time 0
 * @param p momentum at time 0
 */
public record IntegratorStudy(Hamiltonian energy, double q, double p) {

  /** The time step of the data and of the model (§A.1). */
  public static final double DT = 0.125;

  // Not stated: "long" is ten thousand steps, three hundred times the paper's rollout.
  private static final int LONG = 10_000;
  private static final int LONG_AT_SMOKE = 1_000;
  // Fig 13 is a sketch without numbers: these show what it shows.
  private static final double SQUARE = 0.3;
  private static final int NEARLY_A_PERIOD = 24;
  private static final double VISIBLE_STEP = 0.5;

  private static final double HORIZON = 2;
  private static final double COARSEST = 0.25;
  private static final int HALVINGS = 7;
  private static final int REFERENCE_STEPS = 4096;
  private static final int FITTED = 4;
  // Below this the sums of round-off over some hundred steps show.
  private static final double ROUND_OFF = 2e-13;
  private static final int ENVELOPE = 40;

  /** Checks that there is an energy. */
  public IntegratorStudy {
    Objects.requireNonNull(energy, "energy");
  }

  /**
   * The study of one of the paper's systems from a state of middling energy.
   *
   * @param system "mass-spring" or "pendulum"
   * @return the study
   * @throws IllegalArgumentException if the system has more than one degree of freedom
   */
  public static IntegratorStudy of(String system) {
    var physics = Systems.named(system);
    if (physics.dimension() != 1) {
      throw new IllegalArgumentException(
          "%s has %d coordinates, expected a system with one"
              .formatted(system, physics.dimension()));
    }
    return new IntegratorStudy(physics.hamiltonian(), 0.8, 0.3);
  }

  /** Steps of a long run: ten thousand, at {@link Budget#SMOKE} one thousand. */
  public static int longRun(Budget budget) {
    return budget == Budget.SMOKE ? LONG_AT_SMOKE : LONG;
  }

  /** The same energy from another state. */
  public IntegratorStudy from(double otherQ, double otherP) {
    return new IntegratorStudy(energy, otherQ, otherP);
  }

  /** The measured order of every integrator. */
  public List<Convergence> orders() {
    double[] exact = end(Integrators.RK4, HORIZON / REFERENCE_STEPS, REFERENCE_STEPS);
    return Integrators.explicit().parallelStream().map(m -> order(m, exact)).toList();
  }

  private Convergence order(Integrator method, double[] exact) {
    double[] dt = new double[HALVINGS];
    double[] error = new double[HALVINGS];
    for (int i = 0; i < HALVINGS; i++) {
      dt[i] = COARSEST / (1 << i);
      error[i] = distance(end(method, dt[i], (int) Math.round(HORIZON / dt[i])), exact);
    }
    boolean[] fitted = finestAboveRoundOff(error);
    return new Convergence(
        method.name(), method.order(), slope(dt, error, fitted), dt, error, fitted);
  }

  /**
   * Distance from the start after n steps forth and n back, over n, for every integrator.
   *
   * @return one series an integrator
   */
  public List<Series> returnErrors() {
    double[] counts = {1, 2, 5, 10, 20, 50, 100, 200, 500};
    List<Series> out = new ArrayList<>();
    for (Integrator method : Integrators.explicit()) {
      double[] error = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        double[][] qs = {{q}};
        double[][] ps = {{p}};
        Walk.follow(method, energy, qs, ps, DT, (int) counts[i]);
        Walk.follow(method, energy, qs, ps, -DT, (int) counts[i]);
        // An exact return has no place on a logarithmic axis; it is shown as half of round-off.
        error[i] =
            Math.max(
                distance(new double[] {qs[0][0], ps[0][0]}, new double[] {q, p}),
                Math.ulp(1.0) / 2);
      }
      out.add(new Series(method.name(), counts, error));
    }
    return out;
  }

  /**
   * Largest relative energy error |H − H₀| / |H₀| within each forty steps, over the number of
   * steps.
   *
   * @param steps how many, see {@link #longRun}
   * @return one series an integrator
   */
  public List<Series> energyErrors(int steps) {
    return Integrators.explicit().parallelStream().map(m -> energyErrors(m, steps)).toList();
  }

  private Series energyErrors(Integrator method, int steps) {
    int blocks = steps / ENVELOPE;
    double[] at = new double[blocks];
    double[] worst = new double[blocks];
    double[] first = new double[1];
    Walk.follow(
        method,
        energy,
        new double[][] {{q}},
        new double[][] {{p}},
        DT,
        blocks * ENVELOPE,
        (from, count, states) -> {
          double[] now = energy.energy(states).toDoubleArray();
          if (from == 0) {
            first[0] = now[0];
          }
          for (int i = from == 0 ? 1 : 0; i < count; i++) {
            int block = (from + i - 1) / ENVELOPE;
            at[block] = (block + 1.0) * ENVELOPE;
            worst[block] = Math.max(worst[block], Math.abs(now[i] / first[0] - 1));
          }
        });
    return new Series(method.name(), at, worst);
  }

  /**
   * Fig 13 A as the notebook shows it: see {@link #transport(Integrator, double, int)}.
   *
   * @param method the integrator
   * @return a square over nearly one period of the mass-spring system
   */
  public Transport transport(Integrator method) {
    return transport(method, SQUARE, NEARLY_A_PERIOD);
  }

  /**
   * Fig 13 A: a square of phase space carried along by a method.
   *
   * @param method the integrator
   * @param side of the square, whose centre is this study's state
   * @param steps how many
   * @return the square at every step; exact for quadratic energies, whose steps are linear
   */
  public Transport transport(Integrator method, double side, int steps) {
    double h = side / 2;
    double[][] qs = {{q - h}, {q + h}, {q + h}, {q - h}};
    double[][] ps = {{p - h}, {p - h}, {p + h}, {p + h}};
    double[] t = new double[steps + 1];
    List<Polygon> patches = new ArrayList<>();
    Walk.follow(
        method,
        energy,
        qs,
        ps,
        DT,
        steps,
        (from, count, states) -> {
          double[] x = states.q().toDoubleArray();
          double[] y = states.p().toDoubleArray();
          for (int i = 0; i < count; i++) {
            t[from + i] = (from + i) * DT;
            patches.add(
                new Polygon(
                    Arrays.copyOfRange(x, 4 * i, 4 * i + 4),
                    Arrays.copyOfRange(y, 4 * i, 4 * i + 4)));
          }
        });
    return new Transport(method.name(), method.symplectic(), t, patches);
  }

  /**
   * Fig 13 B as the notebook shows it: two leapfrog steps over the top of an orbit, see {@link
   * #substeps}.
   */
  public List<Substep> leapfrogUpdates() {
    return from(-0.55, 0.65).substeps((Composition) Integrators.LEAPFROG, VISIBLE_STEP, 2);
  }

  /**
   * Fig 13 B: the kicks and drifts that a splitting method's steps are made of.
   *
   * @param method for example the leapfrog
   * @param dt the step, large enough to be seen
   * @param steps how many
   * @return the shears in order
   */
  public List<Substep> substeps(Composition method, double dt, int steps) {
    List<Substep> out = new ArrayList<>();
    double[] at = {q, p};
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      for (int n = 0; n < steps; n++) {
        for (int i = 0; i < method.kicks().length; i++) {
          at = shear(manager, out, at, true, method.kicks()[i], dt);
          if (i < method.drifts().length) {
            at = shear(manager, out, at, false, method.drifts()[i], dt);
          }
        }
      }
    }
    return out;
  }

  private double[] shear(
      NDManager manager,
      List<Substep> out,
      double[] from,
      boolean kick,
      double fraction,
      double dt) {
    PhaseState s =
        new PhaseState(
            manager.create(new double[][] {{from[0]}}), manager.create(new double[][] {{from[1]}}));
    NDArray slope = kick ? energy.dHdq(s).neg() : energy.dHdp(s);
    double change = fraction * dt * slope.toDoubleArray()[0];
    double[] to =
        kick ? new double[] {from[0], from[1] + change} : new double[] {from[0] + change, from[1]};
    out.add(new Substep(kick, fraction, from[0], from[1], to[0], to[1]));
    return to;
  }

  private double[] end(Integrator method, double dt, int steps) {
    double[][] qs = {{q}};
    double[][] ps = {{p}};
    Walk.follow(method, energy, qs, ps, dt, steps);
    return new double[] {qs[0][0], ps[0][0]};
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  private static boolean[] finestAboveRoundOff(double[] error) {
    boolean[] fitted = new boolean[error.length];
    int left = FITTED;
    for (int i = error.length - 1; i >= 0 && left > 0; i--) {
      if (error[i] > ROUND_OFF) {
        fitted[i] = true;
        left--;
      }
    }
    return fitted;
  }

  /** Least squares of log error over log dt. */
  private static double slope(double[] dt, double[] error, boolean[] fitted) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < dt.length; i++) {
      if (fitted[i]) {
        double u = Math.log(dt[i]);
        double v = Math.log(error[i]);
        n++;
        x += u;
        y += v;
        xx += u * u;
        xy += u * v;
      }
    }
    return (n * xy - x * y) / (n * xx - x * x);
  }
}
