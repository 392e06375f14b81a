package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The long rollouts of a model that knows the physics, and of one that does not move. */
class LongRolloutsTest {
  private static final int STEPS = 40;
  private static final DatasetSpec SPEC = DatasetSpec.of("mass-spring", 1, 6, 3).withSteps(5);

  @TempDir private Path root;
  private Split films;

  @BeforeEach
  void simulate() {
    films =
        Dataset.open(SPEC, new Workspace(root), Progress.NONE).test().extended(STEPS, STEPS + 5);
  }

  private Physicist physicist(Integrator integrator, double clock, int seen) {
    return new Physicist(SPEC, films, integrator, clock, STEPS, seen);
  }

  private LongRollouts damped(double friction) {
    Physicist physicist = physicist(Integrators.LEAPFROG, 1, 0);
    try (NDManager manager = NDManager.newBaseManager()) {
      return LongRollouts.of(physicist.withFriction(friction), films, 0, STEPS, manager);
    }
  }

  private LongRollouts rollouts(double clock) {
    return rollouts(clock, 0);
  }

  /**
   * As those of a model whose inferred state belongs to that one of the frames that it is shown.
   */
  private LongRollouts rollouts(double clock, int seen) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Physicist physicist = physicist(Integrators.LEAPFROG, clock, seen);
      return LongRollouts.of(physicist, films, seen, STEPS, manager);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void whoKnowsThePhysicsIsRightBothWaysToTheEnd(int seen) {
    LongRollouts rollouts = rollouts(1, seen);
    for (double[][] errors : List.of(rollouts.forward(), rollouts.backward())) {
      double worst = Arrays.stream(errors).flatMapToDouble(Arrays::stream).max().orElseThrow();
      assertTrue(worst < 1e-6, "worst frame " + worst);
    }
    int[] end = new int[films.size()];
    Arrays.fill(end, STEPS);
    assertArrayEquals(end, rollouts.valid(false));
    assertArrayEquals(end, rollouts.valid(true));
    for (double[] energy : rollouts.energies()) {
      assertEquals(energy[0], energy[STEPS], 1e-4 * energy[0]);
    }
  }

  @Test
  void whatIsSeenMayBeNoisyTheTruthIsNot() {
    DatasetSpec noisy = SPEC.withNoise(SPEC.noise().onFrames(0, 0.1));
    Split seen =
        Dataset.open(noisy, new Workspace(root), Progress.NONE).test().extended(STEPS, STEPS + 5);
    Physicist physicist = physicist(Integrators.LEAPFROG, 1, 0).withNoise(1);
    try (NDManager manager = NDManager.newBaseManager()) {
      double[][] errors = LongRollouts.of(physicist, seen, 0, STEPS, manager).forward();
      double worst = Arrays.stream(errors).flatMapToDouble(Arrays::stream).max().orElseThrow();
      assertTrue(worst < 1e-6, "worst frame " + worst);
    }
  }

  @Test
  void aModelThatStandsStillIsSoonWrongBothWays() {
    LongRollouts rollouts = rollouts(1e-9);
    for (boolean backwards : new boolean[] {false, true}) {
      int[] valid = rollouts.valid(backwards);
      assertTrue(Arrays.stream(valid).sum() < films.size() * STEPS / 2, Arrays.toString(valid));
      assertTrue(Arrays.stream(valid).allMatch(t -> t > 0), "right at the start");
    }
  }

  /** A clock that is a tenth off, and friction: right at first, not to the end. */
  @Test
  void whoIsMistimedOrDampedIsNotRightToTheEnd() {
    for (LongRollouts wrong : List.of(rollouts(1.1), damped(0.3))) {
      for (boolean backwards : new boolean[] {false, true}) {
        int[] valid = wrong.valid(backwards);
        assertTrue(Arrays.stream(valid).anyMatch(t -> t < STEPS), Arrays.toString(valid));
      }
    }
    for (boolean backwards : new boolean[] {false, true}) {
      assertTrue(Arrays.stream(rollouts(1).valid(backwards)).allMatch(t -> t == STEPS));
    }
  }

  /** "Greater than the threshold" is false of what is no number. */
  @Test
  void aRolloutThatIsNoNumberIsNotValid() {
    int[] first = new int[films.size()];
    Arrays.fill(first, 1);
    assertArrayEquals(first, rollouts(Double.NaN).valid(false));
    assertArrayEquals(first, rollouts(Double.NaN).valid(true));
  }

  @Test
  void theLeapfrogReturnsAndEulerDoesNot() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState start =
          physicist(Integrators.LEAPFROG, 1, STEPS).infer(films.frames(manager, 0, 1, 2));
      Hamiltonian h = SPEC.physics().hamiltonian();
      double[] leapfrog =
          LongRollouts.returnErrors(
              (s, dt, n) -> Integrators.LEAPFROG.rollout(h, s, dt, n), start, 0.125, 30);
      double[] euler =
          LongRollouts.returnErrors(
              (s, dt, n) -> Integrators.EULER.rollout(h, s, dt, n), start, 0.125, 30);
      assertTrue(Arrays.stream(leapfrog).max().orElseThrow() < 1e-12);
      assertTrue(Arrays.stream(euler).min().orElseThrow() > 0.1);
    }
  }
}
