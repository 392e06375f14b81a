package hgn.systems;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.DoublePendulum;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Separable;
import hgn.io.UserError;
import hgn.systems.PhysicalSystem.Sampler;
import org.junit.jupiter.api.Test;

/** Systems of the reader's own: what is checked before anything is simulated. */
class OwnSystemTest {
  private static final Sampler NEAR =
      random -> InitialState.of(random.nextDouble(-1, 1), random.nextDouble(-1, 1));

  private static NDArray along(NDArray q) {
    return q.concat(q.zerosLike(), 1).reshape(-1, 1, 2);
  }

  private static PhysicalSystem quartic(String id, double slope, Sampler sampler, View view) {
    Hamiltonian h =
        new Separable(
            ScalarField.quadratic(0.5),
            ScalarField.of(q -> q.pow(4).div(4).sum(new int[] {1}), q -> q.pow(3).mul(slope)));
    return PhysicalSystem.of(id, h, sampler, view);
  }

  private static PhysicalSystem quartic(String id) {
    return quartic(id, 1, NEAR, View.of(2, 1, 0.5, OwnSystemTest::along));
  }

  @Test
  void aSystemIsFoundByItsNameAndHasAFingerprint() {
    PhysicalSystem system = Systems.add(quartic("own-quartic"));
    assertSame(system, Systems.named("own-quartic"));
    assertEquals("Own-quartic", system.title());
    assertEquals(1, system.dimension());
    String key = Systems.fingerprint("own-quartic");
    assertNotNull(key);
    Systems.add(quartic("own-quartic"));
    assertEquals(key, Systems.fingerprint("own-quartic"), "a cell may be run twice");
    assertNull(Systems.fingerprint("pendulum"), "the paper's are known by their names");
    Systems.add(new DoublePendulum());
    assertEquals(2, Systems.named("double-pendulum").dimension());
  }

  @Test
  void anotherSystemOfTheSameNameIsRefused() {
    Systems.add(quartic("own-twice"));
    PhysicalSystem smaller =
        quartic("own-twice", 1, NEAR, View.of(2, 1, 0.4, OwnSystemTest::along));
    assertTold("there is another system 'own-twice' already", smaller);
    assertTold("there is another system 'pendulum' already", quartic("pendulum"));
    assertTold("system id 'Own one': expected lower-case", quartic("Own one"));
  }

  @Test
  void aGradientOfAnotherEnergyIsToldWithTheWorstDeviation() {
    PhysicalSystem wrong = quartic("own-wrong", 2, NEAR, View.of(2, 1, 0.5, OwnSystemTest::along));
    assertTold("'own-wrong': ∂H/∂q1 is given as ", wrong);
    Hamiltonian friction =
        Hamiltonian.of(
            s -> s.q().square().add(s.p().square()).div(2).sum(new int[] {1}),
            s -> new PhaseState(s.q().add(s.p().div(10)), s.p()));
    assertTold(
        "a motion with friction has no energy that it belongs to",
        PhysicalSystem.of("own-damped", friction, NEAR, View.of(2, 1, 0.5, OwnSystemTest::along)));
  }

  @Test
  void shapesAndPicturesThatDoNotFitAreTold() {
    View view = View.of(2, 1, 0.5, OwnSystemTest::along);
    assertTold(
        "its sampler gives q [",
        quartic(
            "own-sampler",
            1,
            random -> InitialState.of(new double[random.nextInt(2) == 0 ? 2 : 4]),
            view));
    assertTold(
        "the picture of 32 states with 1 coordinates has shape (32, 2), expected (32, 1, 2)",
        quartic("own-flat", 1, NEAR, View.of(2, 1, 0.5, q -> q.concat(q, 1))));
    assertTold(
        "outside the picture of half-width 0.6: show a wider world or start closer",
        quartic("own-narrow", 1, NEAR, View.of(0.6, 1, 0.5, OwnSystemTest::along)));
    assertTold(
        "the energy of 32 states with 1 coordinates has shape (), expected (32)",
        PhysicalSystem.of(
            "own-sum",
            Hamiltonian.of(s -> s.q().square().sum(), s -> new PhaseState(s.q().add(s.q()), s.p())),
            NEAR,
            view));
  }

  private static void assertTold(String part, PhysicalSystem system) {
    UserError error = assertThrows(UserError.class, () -> Systems.add(system));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
