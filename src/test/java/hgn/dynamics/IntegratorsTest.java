package hgn.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.systems.InitialState;
import hgn.systems.NBody;
import hgn.systems.Oscillator;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntegratorsTest {
  private static final double ROUND_OFF = 4e-13;
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<Arguments> everyMethodOnEverySystem() {
    return Integrators.all().stream()
        .flatMap(
            i ->
                Stream.concat(Systems.paper().stream(), Stream.of(new DoublePendulum()))
                    .map(s -> Arguments.of(i, s)));
  }

  /** Kicks and drifts are shears of a separable energy only; a tableau does not look. */
  private static boolean suits(Integrator method, PhysicalSystem system) {
    return system.hamiltonian() instanceof Separable || !(method instanceof Composition);
  }

  @ParameterizedTest
  @MethodSource("everyMethodOnEverySystem")
  void errorFallsWithTheDeclaredOrder(Integrator method, PhysicalSystem system) {
    InitialState start = system.draw(new SplittableRandom(5), 0.05);
    int order = suits(method, system) ? method.order() : 1;
    double time = order == 8 ? 2 : 0.5;
    double[] truth = Analytic.reference(system, start.q(), start.p(), time);
    // Short enough to be asymptotic, long enough to stay above round-off.
    int steps = order == 1 ? 400 : order == 8 ? 4 : 40;
    double coarse = error(method, system, start, time, steps, truth);
    double fine = error(method, system, start, time, 2 * steps, truth);
    while (order == 8 && fine / 256 > 5 * ROUND_OFF) {
      steps *= 2;
      coarse = fine;
      fine = error(method, system, start, time, 2 * steps, truth);
    }
    double measured = Math.log(coarse / fine) / Math.log(2);
    assertTrue(fine > ROUND_OFF, "the measurement is round-off: " + fine);
    // Of order 8 three doublings fit between steps that are too long and round-off: beside the
    // first ones the error may still fall faster.
    double above = order == 8 ? 0.8 : 0.1;
    assertTrue(
        measured > order - Math.min(above, 0.4) && measured < order + above,
        "%s on %s has order %.3f".formatted(method, system.id(), measured));
  }

  private double error(
      Integrator method,
      PhysicalSystem system,
      InitialState start,
      double time,
      int n,
      double[] truth) {
    PhaseState end =
        walk(
            method,
            system.hamiltonian(),
            Analytic.state(manager, start.q(), start.p()),
            time / n,
            n);
    double[] q = end.q().toDoubleArray();
    double[] p = end.p().toDoubleArray();
    double sum = 0;
    for (int i = 0; i < q.length; i++) {
      sum += Math.pow(q[i] - truth[i], 2) + Math.pow(p[i] - truth[q.length + i], 2);
    }
    return Math.sqrt(sum);
  }

  /** A rollout that frees what it leaves behind. */
  private PhaseState walk(
      Integrator method, Hamiltonian h, PhaseState start, double dt, int steps) {
    PhaseState state = start;
    for (int i = 0; i < steps; i++) {
      try (NDManager scratch = manager.newSubManager()) {
        NDArray q = state.q().duplicate();
        NDArray p = state.p().duplicate();
        q.attach(scratch);
        p.attach(scratch);
        PhaseState next = method.step(h, new PhaseState(q, p), dt);
        next.q().attach(manager);
        next.p().attach(manager);
        if (i > 0) {
          state.q().close();
          state.p().close();
        }
        state = next;
      }
    }
    return state;
  }

  @Test
  void theReferenceAgreesWithTheClosedForm() {
    double[] closed = Analytic.massSpring(0.3, -0.7, 2.9);
    double[] reference =
        Analytic.reference(Oscillator.MASS_SPRING, new double[] {0.3}, new double[] {-0.7}, 2.9);
    assertArrayEquals(closed, reference, 1e-11);
  }

  @ParameterizedTest
  @MethodSource("everyMethodOnEverySystem")
  void reversibleMethodsReturnAndTheOthersDoNot(Integrator method, PhysicalSystem system) {
    InitialState start = system.draw(new SplittableRandom(7), 0);
    PhaseState there = Analytic.state(manager, start.q(), start.p());
    Hamiltonian h = system.hamiltonian();
    PhaseState end = there;
    for (int i = 0; i < 10; i++) {
      end = method.step(h, end, 0.1);
    }
    for (int i = 0; i < 10; i++) {
      end = method.step(h, end, -0.1);
    }
    double gap =
        Math.max(Analytic.distance(end.q(), there.q()), Analytic.distance(end.p(), there.p()));
    if (method.reversible() && suits(method, system)) {
      assertTrue(gap < 1e-12, method + " misses its start by " + gap);
    } else {
      assertTrue(gap > 1e-10, method + " should not return, yet does to " + gap);
    }
  }

  @ParameterizedTest
  @MethodSource("everyMethodOnEverySystem")
  void symplecticStepsKeepTheAreasAndTheOthersDoNot(Integrator method, PhysicalSystem system) {
    InitialState start = system.draw(new SplittableRandom(3), 0.05);
    double change = symplecticDefect(jacobian(method, system, start, 0.2));
    if (method.symplectic() && suits(method, system)) {
      assertTrue(change < 1e-9, method + ": JᵀΩJ − Ω = " + change);
    } else {
      assertTrue(change > 1e-7, method + " should change areas, JᵀΩJ − Ω = " + change);
    }
  }

  /** Largest entry of JᵀΩJ − Ω; where it is 0, |det J| is 1. */
  private static double symplecticDefect(double[][] j) {
    int d = j.length / 2;
    double worst = 0;
    for (int a = 0; a < 2 * d; a++) {
      for (int b = 0; b < 2 * d; b++) {
        double sum = b == a + d ? -1 : b == a - d ? 1 : 0;
        for (int i = 0; i < d; i++) {
          sum += j[i][a] * j[d + i][b] - j[d + i][a] * j[i][b];
        }
        worst = Math.max(worst, Math.abs(sum));
      }
    }
    return worst;
  }

  /** Sixth-order central differences of one step, all columns in one batch. */
  private double[][] jacobian(
      Integrator method, PhysicalSystem system, InitialState start, double dt) {
    int d = start.q().length;
    int n = 2 * d;
    double h = 2e-3;
    double[] offsets = {-3, -2, -1, 1, 2, 3};
    double[] weights = {-1 / 60.0, 9 / 60.0, -45 / 60.0, 45 / 60.0, -9 / 60.0, 1 / 60.0};
    double[] q = new double[n * offsets.length * d];
    double[] p = new double[q.length];
    for (int column = 0; column < n; column++) {
      for (int k = 0; k < offsets.length; k++) {
        int at = (column * offsets.length + k) * d;
        System.arraycopy(start.q(), 0, q, at, d);
        System.arraycopy(start.p(), 0, p, at, d);
        (column < d ? q : p)[at + column % d] += offsets[k] * h;
      }
    }
    Shape shape = new Shape((long) n * offsets.length, d);
    PhaseState next =
        method.step(
            system.hamiltonian(),
            new PhaseState(manager.create(q, shape), manager.create(p, shape)),
            dt);
    double[] nq = next.q().toDoubleArray();
    double[] np = next.p().toDoubleArray();
    double[][] jacobian = new double[n][n];
    for (int column = 0; column < n; column++) {
      for (int k = 0; k < offsets.length; k++) {
        int at = (column * offsets.length + k) * d;
        for (int i = 0; i < d; i++) {
          jacobian[i][column] += weights[k] * nq[at + i] / h;
          jacobian[d + i][column] += weights[k] * np[at + i] / h;
        }
      }
    }
    return jacobian;
  }

  @Test
  void energyStaysBoundedOnlyForSymplecticMethods() {
    int steps = 10_000;
    double dt = 0.2; // 4 % of a period and more: large enough for drift to show
    double[] leapfrog = energyErrors(Integrators.LEAPFROG, steps, dt);
    double[] yoshida = energyErrors(Integrators.YOSHIDA4, steps, dt);
    double[] rk4 = energyErrors(Integrators.RK4, steps, dt);
    double[] euler = energyErrors(Integrators.EULER, 200, dt);
    for (double[] errors : new double[][] {leapfrog, yoshida}) {
      double early = largest(errors, 0, steps / 10);
      double late = largest(errors, steps - steps / 10, steps);
      assertTrue(early > 1e-6 && early < 0.2, "early " + early);
      assertEquals(early, late, 0.05 * early, "no drift");
    }
    double rkEarly = largest(rk4, 0, steps / 10);
    assertTrue(largest(rk4, steps - steps / 10, steps) > 5 * rkEarly, "RK4 drifts");
    assertTrue(euler[199] > 10 * euler[9] && euler[9] > 0.1, "Euler's energy grows");
  }

  @Test
  void theEnergyOfADoublePendulumStaysBoundedForImplicitMethods() {
    for (Integrator method : List.of(Integrators.MIDPOINT, Integrators.GAUSS4)) {
      double[] errors = energyErrors(method, new DoublePendulum(), 0.8, 200, 0.2);
      assertTrue(errors[0] > 1e-8, method + " is not exact");
      assertEquals(
          largest(errors, 0, 100), largest(errors, 100, 200), 0.05 * largest(errors, 0, 100));
    }
    double[] rk4 = energyErrors(Integrators.RK4, new DoublePendulum(), 0.8, 200, 0.2);
    assertTrue(largest(rk4, 100, 200) > 1.5 * largest(rk4, 0, 100), "RK4 drifts");
  }

  private double[] energyErrors(Integrator method, int steps, double dt) {
    return energyErrors(method, Oscillator.PENDULUM, 1.5, steps, dt);
  }

  /** |H − H₀| after each step from a state at rest, all angles the same. */
  private double[] energyErrors(
      Integrator method, PhysicalSystem system, double angle, int steps, double dt) {
    Hamiltonian h = system.hamiltonian();
    double[] angles = new double[system.dimension()];
    Arrays.fill(angles, angle);
    PhaseState state = Analytic.state(manager, angles, new double[angles.length]);
    double first = h.energy(state).getDouble(0);
    double[] errors = new double[steps];
    for (int i = 0; i < steps; i++) {
      try (NDManager scratch = manager.newSubManager()) {
        PhaseState here =
            Analytic.state(scratch, state.q().toDoubleArray(), state.p().toDoubleArray());
        PhaseState next = method.step(h, here, dt);
        errors[i] = Math.abs(h.energy(next).getDouble(0) - first);
        state.q().close();
        state.p().close();
        next.q().attach(manager);
        next.p().attach(manager);
        state = next;
      }
    }
    return errors;
  }

  private static double largest(double[] values, int from, int to) {
    return Arrays.stream(values, from, to).max().orElseThrow();
  }

  @Test
  void coefficientsThatDoNotFitAreNamed() {
    assertMessage(
        "odd has 1 kicks and 1 drifts, expected one kick more than drifts",
        () -> new Composition("odd", 1, new double[] {1}, new double[] {1}));
    assertMessage(
        "odd: the kicks [0.5, 0.4] sum to 0.9, expected 1",
        () -> new Composition("odd", 1, new double[] {0.5, 0.4}, new double[] {1}));
    assertMessage(
        "odd: the drifts [NaN] sum to NaN, expected 1",
        () -> new Composition("odd", 1, new double[] {0.5, 0.5}, new double[] {Double.NaN}));
    assertMessage(
        "odd: row 1 of a has 2 entries, an explicit method has 1 and an implicit one 2 in every"
            + " row",
        () -> new RungeKutta("odd", 2, new double[][] {{}, {0, 1}}, new double[] {0.5, 0.5}));
    assertMessage(
        "odd: the weights [0.5] sum to 0.5, expected 1",
        () -> new RungeKutta("odd", 1, new double[][] {{}}, new double[] {0.5}));
    assertMessage(
        "odd: 1 stages in a and 2 weights in b must match",
        () -> new RungeKutta("odd", 1, new double[][] {{}}, new double[] {0.5, 0.5}));
    assertMessage(
        "unknown integrator 'frog', expected one of [euler, rk4, leapfrog, yoshida4, suzuki-umeno8,"
            + " midpoint, gauss4, gauss8]",
        () -> Integrators.named("frog"));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  @Test
  void statesWhoseHalvesDifferAreRefused() {
    NDArray q = manager.zeros(new Shape(16, 2));
    NDArray p = manager.zeros(new Shape(16, 3));
    assertMessage("q (16, 2) and p (16, 3) must match", () -> new PhaseState(q, p));
  }

  @Test
  void leapfrogAsksForOneGradientOfEachKindPerStep() {
    Separable h = (Separable) Oscillator.PENDULUM.hamiltonian();
    Counting kinetic = new Counting(h.kinetic());
    Counting potential = new Counting(h.potential());
    PhaseState start = Analytic.state(manager, new double[] {1}, new double[] {0});
    int states =
        Integrators.LEAPFROG.rollout(new Separable(kinetic, potential), start, 0.1, 30).size();
    assertEquals(31, states);
    assertEquals(31, potential.gradients, "∂V/∂q: one a step and one to begin");
    assertEquals(30, kinetic.gradients, "∂T/∂p");
    assertEquals(0, kinetic.values + potential.values, "energies are not needed");
  }

  @ParameterizedTest
  @MethodSource("everyMethodOnEverySystem")
  void rolloutIsRepeatedSteps(Integrator method, PhysicalSystem system) {
    InitialState drawn = system.draw(new SplittableRandom(11), 0.05);
    PhaseState state = Analytic.state(manager, drawn.q(), drawn.p());
    var path = method.rollout(system.hamiltonian(), state, 0.125, 5);
    for (PhaseState reached : path) {
      assertEquals(0, Analytic.distance(state.q(), reached.q()));
      assertEquals(0, Analytic.distance(state.p(), reached.p()));
      state = method.step(system.hamiltonian(), state, 0.125);
    }
  }

  @Test
  void aJointEnergyIsNotGivenAStaleSlope() {
    // H = q²p²/2: a leapfrog that kept ∂H/∂q over a change of p would differ from single steps.
    Joint h = new Joint(new Product());
    PhaseState start = Analytic.state(manager, new double[] {0.7}, new double[] {0.4});
    PhaseState single = start;
    for (int i = 0; i < 4; i++) {
      single = Integrators.LEAPFROG.step(h, single, 0.1);
    }
    PhaseState rolled = Integrators.LEAPFROG.rollout(h, start, 0.1, 4).get(4);
    assertEquals(0, Analytic.distance(single.q(), rolled.q()));
    assertEquals(0, Analytic.distance(single.p(), rolled.p()));
  }

  @Test
  void batchesDoNotMix() {
    PhaseState both = NBody.THREE.sample(manager, 2, new SplittableRandom(1), 0.2);
    InitialState alone = NBody.THREE.draw(new SplittableRandom(1), 0.2);
    Hamiltonian h = NBody.THREE.hamiltonian();
    PhaseState one = Analytic.state(manager, alone.q(), alone.p());
    NDArray expected = Integrators.RK4.step(h, one, 0.1).q();
    NDArray actual = Integrators.RK4.step(h, both, 0.1).q().get("0:1");
    assertEquals(0, Analytic.distance(expected, actual), 1e-15);
  }

  /** q²p²/2 of the pair (q, p). */
  private static final class Product implements ScalarField {
    @Override
    public NDArray value(NDArray x) {
      return x.get(":, 0").square().mul(x.get(":, 1").square()).div(2);
    }

    @Override
    public NDArray gradient(NDArray x) {
      NDArray q = x.get(":, 0:1");
      NDArray p = x.get(":, 1:2");
      return q.mul(p.square()).concat(q.square().mul(p), 1);
    }
  }

  private static final class Counting implements ScalarField {
    private final ScalarField field;
    private int values;
    private int gradients;

    Counting(ScalarField field) {
      this.field = field;
    }

    @Override
    public NDArray value(NDArray x) {
      values++;
      return field.value(x);
    }

    @Override
    public NDArray gradient(NDArray x) {
      gradients++;
      return field.gradient(x);
    }
  }
}
