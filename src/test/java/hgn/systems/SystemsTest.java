package hgn.systems;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import hgn.dynamics.Analytic;
import hgn.dynamics.DoublePendulum;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SystemsTest {
  @Test
  void theOrbitsNoiseIsCalledByItsLaw() {
    assertEquals("σ = 0.05", NBody.TWO.orbitLaw(0.05));
    assertEquals("± 0.2", NBody.THREE.orbitLaw(0.2));
    assertEquals("none", NBody.THREE.orbitLaw(0));
    assertEquals("none", Oscillator.PENDULUM.orbitLaw(0));
  }

  private static final int DRAWS = 4000;
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<PhysicalSystem> all() {
    return Stream.concat(Systems.paper().stream(), Stream.of(new DoublePendulum()));
  }

  static Stream<NBody> orbits() {
    return Stream.of(NBody.TWO, NBody.THREE);
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreThoseOfTheEnergyByFiniteDifferences(PhysicalSystem system) {
    Hamiltonian h = system.hamiltonian();
    InitialState s = system.draw(new SplittableRandom(2), 0.1);
    PhaseState gradient = h.gradient(Analytic.state(manager, s.q(), s.p()));
    double[] dq = gradient.q().toDoubleArray();
    double[] dp = gradient.p().toDoubleArray();
    double step = 1e-5;
    for (int i = 0; i < system.dimension(); i++) {
      double byQ = (energy(h, s, i, step, 0) - energy(h, s, i, -step, 0)) / (2 * step);
      double byP = (energy(h, s, i, 0, step) - energy(h, s, i, 0, -step)) / (2 * step);
      assertEquals(byQ, dq[i], 1e-8, "∂H/∂q" + i);
      assertEquals(byP, dp[i], 1e-8, "∂H/∂p" + i);
    }
  }

  private double energy(Hamiltonian h, InitialState s, int i, double dq, double dp) {
    double[] q = s.q();
    double[] p = s.p();
    q[i] += dq;
    p[i] += dp;
    return h.energy(Analytic.state(manager, q, p)).getDouble(0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreThoseOfTheEngine(PhysicalSystem system) {
    Hamiltonian h = system.hamiltonian();
    PhaseState s = system.sample(manager, 8, new SplittableRandom(3), 0.1);
    s.q().setRequiresGradient(true);
    s.p().setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(h.energy(s).sum());
    }
    assertTrue(Analytic.distance(s.q().getGradient(), h.dHdq(s)) < 1e-12);
    assertTrue(Analytic.distance(s.p().getGradient(), h.dHdp(s)) < 1e-12);
  }

  @ParameterizedTest
  @MethodSource("all")
  void singlePrecisionWorksAndKeepsItsType(PhysicalSystem system) {
    PhaseState s = system.sample(manager, 8, new SplittableRandom(3), 0.1);
    PhaseState f =
        new PhaseState(s.q().toType(DataType.FLOAT32, true), s.p().toType(DataType.FLOAT32, true));
    Hamiltonian h = system.hamiltonian();
    for (NDArray a : List.of(h.energy(f), h.dHdq(f), h.dHdp(f), system.positions(f.q()))) {
      assertEquals(DataType.FLOAT32, a.getDataType());
    }
    NDArray wide = h.energy(f).toType(DataType.FLOAT64, true);
    assertTrue(Analytic.distance(wide, h.energy(s)) < 1e-5);
    assertEquals(1, h.energy(f).getShape().dimension());
  }

  @Test
  void energiesAreThePapers() {
    assertEquals(
        0.09 + 0.49, value(Oscillator.MASS_SPRING, new double[] {0.3}, new double[] {-0.7}), 1e-15);
    assertEquals(
        3 * (1 - Math.cos(1.1)) + 0.25,
        value(Oscillator.PENDULUM, new double[] {1.1}, new double[] {0.5}),
        1e-14);
    assertEquals(
        0.5 * (0.04 + 0.09) - 1 / 5.0,
        value(NBody.TWO, new double[] {0, 0, 3, 4}, new double[] {0.2, 0, 0, 0.3}),
        1e-14);
    assertEquals(
        -1 / 3.0 - 1 / 4.0 - 1 / 5.0,
        value(NBody.THREE, new double[] {0, 0, 3, 0, 0, 4}, new double[6]),
        1e-14);
  }

  private double value(PhysicalSystem system, double[] q, double[] p) {
    return system.hamiltonian().energy(Analytic.state(manager, q, p)).getDouble(0);
  }

  @ParameterizedTest
  @MethodSource("orbits")
  void unperturbedOrbitsAreCircles(NBody system) {
    PhaseState start = system.sample(manager, 16, new SplittableRandom(4), 0);
    NDArray radius = radii(system, start);
    PhaseState state = start;
    double turned = 0;
    for (int frame = 1; frame <= 30; frame++) {
      PhaseState before = state;
      for (int i = 0; i < 32; i++) {
        state = Integrators.YOSHIDA4.step(system.hamiltonian(), state, 0.125 / 32);
      }
      double off = Analytic.distance(radii(system, state), radius);
      assertTrue(off < 1e-8, "radius off by " + off + " at frame " + frame);
      turned += Analytic.distance(state.q(), before.q());
    }
    assertTrue(turned > 1, "they have to move for this to mean anything");
  }

  /** Distance of each body from the origin, [batch, bodies]. */
  private static NDArray radii(PhysicalSystem system, PhaseState s) {
    return system.positions(s.q()).square().sum(new int[] {2}).sqrt();
  }

  @ParameterizedTest
  @MethodSource("orbits")
  void orbitsStartOnARegularPolygonTurningEitherWay(NBody system) {
    double[] range = system.bodies() == 2 ? new double[] {0.5, 1.5} : new double[] {0.9, 1.2};
    double constant = system.bodies() == 2 ? 0.5 : Math.pow(3, -0.25);
    SplittableRandom random = new SplittableRandom(6);
    double[] radii = new double[DRAWS];
    double[] angles = new double[DRAWS];
    int counterClockwise = 0;
    for (int k = 0; k < DRAWS; k++) {
      InitialState s = system.draw(random, 0);
      double[] q = s.q();
      double[] p = s.p();
      radii[k] = Math.hypot(q[0], q[1]);
      angles[k] = Math.atan2(q[1], q[0]) / (2 * Math.PI) + 0.5;
      double momentum = q[0] * p[1] - q[1] * p[0];
      counterClockwise += momentum > 0 ? 1 : 0;
      for (int i = 0; i < q.length; i += 2) {
        assertEquals(radii[k], Math.hypot(q[i], q[i + 1]), 1e-14);
        assertEquals(constant / Math.sqrt(radii[k]), Math.hypot(p[i], p[i + 1]), 1e-14);
        assertEquals(0, q[i] * p[i] + q[i + 1] * p[i + 1], 1e-14, "tangential");
        assertEquals(momentum, q[i] * p[i + 1] - q[i + 1] * p[i], 1e-14, "all the same way");
      }
      for (int axis = 0; axis < 2; axis++) {
        int from = axis;
        IntStream bodies = IntStream.range(0, system.bodies());
        assertEquals(0, bodies.mapToDouble(i -> p[2 * i + from]).sum(), 1e-14, "total momentum");
      }
    }
    assertUniform(radii, range[0], range[1]);
    assertUniform(angles, 0, 1);
    assertEquals(0.5, counterClockwise / (double) DRAWS, 0.03, "a fair coin");
  }

  @ParameterizedTest
  @MethodSource("orbits")
  void orbitNoiseScalesVelocitiesAndNothingElse(NBody system) {
    double sigma = system.paperNoise();
    double sum = 0;
    int count = 0;
    for (int seed = 0; seed < DRAWS; seed++) {
      InitialState clean = system.draw(new SplittableRandom(seed), 0);
      InitialState noisy = system.draw(new SplittableRandom(seed), sigma);
      assertArrayEquals(clean.q(), noisy.q());
      for (int i = 0; i < clean.p().length; i++) {
        double relative = (noisy.p()[i] / clean.p()[i] - 1) / sigma;
        sum += relative * relative;
        count++;
      }
      if (system.bodies() == 2) {
        assertEquals(0, noisy.p()[0] + noisy.p()[2], 1e-14, "the centre of mass rests");
      }
    }
    // A standard normal factor for two bodies; one uniform in (−1, 1) for three.
    assertEquals(system.bodies() == 2 ? 1 : 1 / 3.0, sum / count, 0.08);
  }

  @Test
  void oneBodySystemsStartOnCirclesOfThePhasePlane() {
    for (PhysicalSystem system : List.of(Oscillator.MASS_SPRING, Oscillator.PENDULUM)) {
      double[] range =
          system == Oscillator.PENDULUM ? new double[] {1.3, 2.3} : new double[] {0.1, 1};
      SplittableRandom random = new SplittableRandom(8);
      double[] radii = new double[DRAWS];
      double[] angles = new double[DRAWS];
      for (int k = 0; k < DRAWS; k++) {
        InitialState s = system.draw(random, 0);
        radii[k] = Math.hypot(s.q()[0], s.p()[0]);
        angles[k] = Math.atan2(s.p()[0], s.q()[0]) / (2 * Math.PI) + 0.5;
      }
      assertUniform(radii, range[0], range[1]);
      assertUniform(angles, 0, 1);
    }
  }

  /** Kolmogorov and Smirnov: the largest gap to the uniform law, at the 0.1 % level. */
  private static void assertUniform(double[] values, double min, double max) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    double gap = 0;
    for (int i = 0; i < sorted.length; i++) {
      double expected = (sorted[i] - min) / (max - min);
      gap = Math.max(gap, Math.abs(expected - (i + 0.5) / sorted.length));
    }
    assertTrue(sorted[0] >= min && sorted[sorted.length - 1] <= max, "outside the range");
    assertTrue(gap < 1.95 / Math.sqrt(values.length), "not uniform: gap " + gap);
  }

  @Test
  void thePendulumNeverSwingsOverTheTop() {
    Oscillator pendulum = Oscillator.PENDULUM;
    PhaseState s = pendulum.sample(manager, 20_000, new SplittableRandom(9), 0);
    double top = value(pendulum, new double[] {Math.PI}, new double[] {0});
    assertEquals(6, top, 1e-14);
    double highest = pendulum.hamiltonian().energy(s).max().getDouble();
    assertTrue(highest < 5.84 && highest > 5.7, "highest energy " + highest);
  }

  @Test
  void bodiesAreDrawnWhereTheyAre() {
    NDArray q = manager.create(new double[][] {{0.4}, {-1.2}});
    assertArrayEquals(
        new double[] {0.4, 0, -1.2, 0}, Oscillator.MASS_SPRING.positions(q).toDoubleArray());
    assertArrayEquals(
        new double[] {Math.sin(0.4), -Math.cos(0.4), Math.sin(-1.2), -Math.cos(-1.2)},
        Oscillator.PENDULUM.positions(q).toDoubleArray(),
        1e-15);
    NDArray orbit = manager.create(new double[][] {{1, 2, 3, 4, 5, 6}});
    assertEquals(new ai.djl.ndarray.types.Shape(1, 3, 2), NBody.THREE.positions(orbit).getShape());
    assertArrayEquals(
        new double[] {1, 2, 3, 4, 5, 6}, NBody.THREE.positions(orbit).toDoubleArray());
  }

  @ParameterizedTest
  @MethodSource("all")
  void seedsDecideTheStates(PhysicalSystem system) {
    InitialState one = system.draw(new SplittableRandom(1), 0.1);
    assertEquals(one, system.draw(new SplittableRandom(1), 0.1));
    assertNotEquals(one, system.draw(new SplittableRandom(2), 0.1));
  }

  @Test
  void namesFindSystemsAndUnknownOnesAreTold() {
    for (PhysicalSystem system : Systems.paper()) {
      assertEquals(system, Systems.named(system.id()));
    }
    assertEquals(List.of(1, 1, 4, 6, 2), all().map(PhysicalSystem::dimension).toList());
    UserError error = assertThrows(UserError.class, () -> Systems.named("four-body"));
    assertTrue(
        error
            .getMessage()
            .startsWith(
                "unknown system 'four-body', expected one of: mass-spring, pendulum, two-body,"
                    + " three-body"),
        error.getMessage());
  }
}
