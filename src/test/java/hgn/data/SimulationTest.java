package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Analytic;
import hgn.dynamics.DoublePendulum;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.systems.InitialState;
import hgn.systems.NBody;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {

  static Stream<PhysicalSystem> all() {
    return Systems.paper().stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void endsWhereTheReferenceDoes(PhysicalSystem system) {
    int n = 200;
    double noise = system.hasOrbit() ? system.paperNoise() : 0;
    SplittableRandom random = new SplittableRandom(1);
    InitialState[] starts = new InitialState[n];
    Arrays.setAll(starts, i -> system.draw(random, noise));
    double[] errors = new double[n];
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState paths = Simulation.trajectories(system, system.batch(manager, starts), 0.125, 30);
      int d = system.dimension();
      assertEquals(new Shape(n, 31, d), paths.q().getShape());
      double[] q = paths.q().toDoubleArray();
      for (int i = 0; i < n; i++) {
        assertEquals(starts[i].q()[0], q[i * 31 * d], "frame 0 is the start");
        double[] truth = Analytic.reference(system, starts[i].q(), starts[i].p(), 3.75);
        for (int j = 0; j < d; j++) {
          errors[i] = Math.max(errors[i], Math.abs(truth[j] - q[(i * 31 + 30) * d + j]));
        }
      }
    }
    Arrays.sort(errors);
    assertTrue(errors[n / 2] < 2e-9, "median error " + errors[n / 2]);
    assertTrue(errors[n - 1] < 1e-6, "largest error " + errors[n - 1]);
  }

  @Test
  void anEnergyThatIsNotSeparableIsFollowedInEighthOrderToo() {
    double[] q = {1.2, -0.4};
    double[] p = {0.3, 0.5};
    DoublePendulum system = new DoublePendulum();
    double[] truth = Analytic.reference(system, q, p, 3.75);
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState path = Simulation.trajectories(system, Analytic.state(manager, q, p), 0.125, 30);
      NDArray end = path.q().get("0, 30");
      assertArrayEquals(Arrays.copyOf(truth, 2), end.toDoubleArray(), 1e-9);
      double[] energies =
          system
              .hamiltonian()
              .energy(new PhaseState(path.q().get("0"), path.p().get("0")))
              .toDoubleArray();
      for (double energy : energies) {
        assertEquals(energies[0], energy, 1e-9);
      }
    }
  }

  @Test
  void closeEncountersAreRefinedInPlace() {
    // Dropped almost at rest, two bodies fall past each other; the other one circles.
    try (NDManager manager = NDManager.newBaseManager()) {
      InitialState circle = NBody.TWO.draw(new SplittableRandom(3), 0);
      InitialState fall =
          new InitialState(new double[] {0.5, 0, -0.5, 0}, new double[] {0, 0.1, 0, -0.1});
      PhaseState start = NBody.TWO.batch(manager, circle, fall);
      boolean[] first =
          Simulation.resolved(NBody.TWO, Simulation.attempt(NBody.TWO, start, 0.125, 30, 0));
      assertArrayEquals(new boolean[] {true, false}, first);
      PhaseState paths = Simulation.trajectories(NBody.TWO, start, 0.125, 30);
      double[] truth = Analytic.reference(NBody.TWO, fall.q(), fall.p(), 3.75);
      double[] end = paths.q().get("1, 30").toDoubleArray();
      assertArrayEquals(Arrays.copyOf(truth, 4), end, 1e-5);
    }
  }

  @Test
  void collisionsAreToldAndNotSimulated() {
    try (NDManager manager = NDManager.newBaseManager()) {
      InitialState still = new InitialState(new double[] {0.01, 0, -0.01, 0}, new double[4]);
      PhaseState start = NBody.TWO.batch(manager, still);
      UserError error =
          assertThrows(UserError.class, () -> Simulation.trajectories(NBody.TWO, start, 0.125, 1));
      assertTrue(error.getMessage().contains("lower the orbit noise"), error.getMessage());
    }
  }
}
