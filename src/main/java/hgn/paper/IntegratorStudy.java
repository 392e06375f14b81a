package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.dynamics.Composition;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.results.Convergence;
import hgn.results.Polygon;
import hgn.results.Series;
import hgn.results.Substep;
import hgn.results.Transport;
import hgn.systems.InitialState;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * The claims of §A.6 on integrators, measured on one trajectory of a system: order, reversibility,
 * energy over long times, area in phase space. Each can be measured of any methods, a reader's own
 * among them, beside the four of notebook 1.
 *
 * @param energy the Hamiltonian
 * @param start the state at time 0
 */
public record IntegratorStudy(Hamiltonian energy, InitialState start) {

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
  private static final int REFERENCE_STEPS = 512;
  private static final int ENVELOPE = 40;
  private static final double AREA_TOLERANCE = 1e-8;

  /** Checks that there is an energy. */
  public IntegratorStudy {
    Objects.requireNonNull(energy, "energy");
    Objects.requireNonNull(start, "start");
  }

  /** One degree of freedom, from position q and momentum p. */
  public IntegratorStudy(Hamiltonian energy, double q, double p) {
    this(energy, InitialState.of(q, p));
  }

  /**
   * The study of a known system: with one degree of freedom from a state of middling energy of the
   * paper's, else from the first state that it draws.
   *
   * @param system its name, for example "pendulum"
   */
  public static IntegratorStudy of(String system) {
    PhysicalSystem known = Systems.named(system);
    return Systems.paper().contains(known) && known.dimension() == 1
        ? new IntegratorStudy(known.hamiltonian(), 0.8, 0.3)
        : of(known);
  }

  /** The study of a system, which need not have been added, from the first state that it draws. */
  public static IntegratorStudy of(PhysicalSystem system) {
    return new IntegratorStudy(system.hamiltonian(), system.draw(new SplittableRandom(1), 0));
  }

  /** Steps of a long run: ten thousand, at {@link Budget#SMOKE} one thousand. */
  public static int longRun(Budget budget) {
    return budget == Budget.SMOKE ? LONG_AT_SMOKE : LONG;
  }

  /** The same energy from another state, all positions before all momenta. */
  public IntegratorStudy from(double... qThenP) {
    return new IntegratorStudy(energy, InitialState.of(qThenP));
  }

  /** The measured order of the four. */
  public List<Convergence> orders() {
    return orders(Integrators.explicit());
  }

  /**
   * The measured order of methods: slope of log error over log dt.
   *
   * @param methods for example {@code List.of(Integrators.LEAPFROG, mine)}
   * @throws UserError if one gives NaN, or a state of another shape
   */
  public List<Convergence> orders(List<Integrator> methods) {
    requireSteps(methods, COARSEST / (1 << (HALVINGS - 1)));
    double[] exact =
        end(Integrators.eighthOrder(energy), HORIZON / REFERENCE_STEPS, REFERENCE_STEPS);
    return methods.parallelStream().map(m -> order(m, exact)).toList();
  }

  private void requireSteps(List<Integrator> methods, double dt) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState s = state(manager);
      for (Integrator method : methods) {
        PhaseState next = method.step(energy, s, dt);
        if (!next.q().getShape().equals(s.q().getShape())) {
          throw UserError.usage(
              "'%s' makes a state of shape %s of one of shape %s: its step has to keep the shape"
                  + " [batch, d]",
              method.name(), next.q().getShape(), s.q().getShape());
        }
        double sum = next.q().sum().add(next.p().sum()).getDouble();
        if (Double.isNaN(sum)) {
          throw UserError.usage(
              "'%s' gives NaN after one step of %s from %s: correct its step, or study it from a"
                  + " state where the forces are finite",
              method.name(), dt, start);
        }
      }
    }
  }

  private PhaseState state(NDManager manager) {
    return new PhaseState(
        manager.create(new double[][] {start.q()}), manager.create(new double[][] {start.p()}));
  }

  private Convergence order(Integrator method, double[] exact) {
    double[] dt = new double[HALVINGS];
    double[] error = new double[HALVINGS];
    for (int i = 0; i < HALVINGS; i++) {
      dt[i] = COARSEST / (1 << i);
      error[i] = distance(end(method, dt[i], (int) Math.round(HORIZON / dt[i])), exact);
    }
    return Convergence.measured(method.name(), method.order(), dt, error);
  }

  /** {@link #returnErrors(List)} of the four. */
  public List<Series> returnErrors() {
    return returnErrors(Integrators.explicit());
  }

  /**
   * Distance from the start after n steps forth and n back, over n.
   *
   * @param methods of which
   * @return one series a method
   */
  public List<Series> returnErrors(List<Integrator> methods) {
    requireSteps(methods, Integrators.PAPER_DT);
    double[] counts = {1, 2, 5, 10, 20, 50, 100, 200, 500};
    List<Series> out = new ArrayList<>();
    for (Integrator method : methods) {
      double[] error = new double[counts.length];
      for (int i = 0; i < counts.length; i++) {
        double[][] qs = {start.q()};
        double[][] ps = {start.p()};
        Walk.follow(method, energy, qs, ps, Integrators.PAPER_DT, (int) counts[i]);
        Walk.follow(method, energy, qs, ps, -Integrators.PAPER_DT, (int) counts[i]);
        // An exact return has no place on a logarithmic axis; it is shown as half of round-off.
        error[i] =
            Math.max(
                distance(joined(qs[0], ps[0]), joined(start.q(), start.p())), Math.ulp(1.0) / 2);
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
   * @return one series for each of the four
   */
  public List<Series> energyErrors(int steps) {
    return energyErrors(steps, Integrators.explicit());
  }

  /** The same of any methods. */
  public List<Series> energyErrors(int steps, List<Integrator> methods) {
    requireSteps(methods, Integrators.PAPER_DT);
    return methods.parallelStream().map(m -> energyErrors(m, steps)).toList();
  }

  private Series energyErrors(Integrator method, int steps) {
    int blocks = steps / ENVELOPE;
    double[] at = new double[blocks];
    double[] worst = new double[blocks];
    double[] first = new double[1];
    Walk.follow(
        method,
        energy,
        new double[][] {start.q()},
        new double[][] {start.p()},
        Integrators.PAPER_DT,
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
    requireOne();
    double q = start.q()[0];
    double p = start.p()[0];
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
        Integrators.PAPER_DT,
        steps,
        (from, count, states) -> {
          double[] x = states.q().toDoubleArray();
          double[] y = states.p().toDoubleArray();
          for (int i = 0; i < count; i++) {
            t[from + i] = (from + i) * Integrators.PAPER_DT;
            patches.add(
                new Polygon(
                    Arrays.copyOfRange(x, 4 * i, 4 * i + 4),
                    Arrays.copyOfRange(y, 4 * i, 4 * i + 4)));
          }
        });
    return new Transport(method.name(), keepsArea(method), t, patches);
  }

  /** Whether |det J| of one step is 1, by fourth-order differences: own methods claim nothing. */
  private boolean keepsArea(Integrator method) {
    double h = 1e-3;
    double[][] qs = new double[8][1];
    double[][] ps = new double[8][1];
    double[] offsets = {-2 * h, -h, h, 2 * h};
    for (int i = 0; i < 8; i++) {
      qs[i][0] = start.q()[0] + (i < 4 ? offsets[i] : 0);
      ps[i][0] = start.p()[0] + (i < 4 ? 0 : offsets[i - 4]);
    }
    Walk.follow(method, energy, qs, ps, Integrators.PAPER_DT, 1);
    double det = slope(qs, 0) * slope(ps, 4) - slope(qs, 4) * slope(ps, 0);
    return Math.abs(det / (144 * h * h) - 1) < AREA_TOLERANCE;
  }

  private static double slope(double[][] x, int i) {
    return x[i][0] - x[i + 3][0] + 8 * (x[i + 2][0] - x[i + 1][0]);
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
    requireOne();
    double[] at = {start.q()[0], start.p()[0]};
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

  private void requireOne() {
    if (start.q().length != 1) {
      throw UserError.usage(
          "%d degrees of freedom, expected one: an area is kept in the plane (q, p), of several"
              + " only the sum of all",
          start.q().length);
    }
  }

  private double[] end(Integrator method, double dt, int steps) {
    double[][] qs = {start.q()};
    double[][] ps = {start.p()};
    Walk.follow(method, energy, qs, ps, dt, steps);
    return joined(qs[0], ps[0]);
  }

  private static double[] joined(double[] q, double[] p) {
    return DoubleStream.concat(Arrays.stream(q), Arrays.stream(p)).toArray();
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
