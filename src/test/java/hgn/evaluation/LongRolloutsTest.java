package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.render.Renderer;
import hgn.systems.PhysicalSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  /** Its energy is the true one; it is told the true state, four sequences and then two. */
  private final class Physicist implements FilmModel {
    private final Integrator integrator;
    private final double clock;
    private int told;

    Physicist(Integrator integrator, double clock) {
      this.integrator = integrator;
      this.clock = clock;
    }

    @Override
    public Hamiltonian hamiltonian() {
      return SPEC.physics().hamiltonian();
    }

    @Override
    public double dt() {
      return SPEC.dt() * clock;
    }

    @Override
    public PhaseState infer(NDArray frames) {
      int n = (int) frames.getShape().get(0);
      int[] indices = IntStream.range(told, told + n).toArray();
      told += n;
      PhaseState all = films.states(frames.getManager(), DataType.FLOAT64, indices);
      NDIndex present = new NDIndex(":,{}", STEPS);
      return new PhaseState(all.q().get(present), all.p().get(present));
    }

    /** Ten small steps for one. */
    @Override
    public List<PhaseState> rollout(PhaseState start, double dt, int steps) {
      List<PhaseState> fine = integrator.rollout(hamiltonian(), start, dt / 10, 10 * steps);
      List<PhaseState> states = new ArrayList<>();
      IntStream.rangeClosed(0, steps).forEach(t -> states.add(fine.get(10 * t)));
      return states;
    }

    @Override
    public NDArray frame(PhaseState s) {
      PhysicalSystem system = SPEC.physics();
      return new Renderer(SPEC.rendering())
          .render(system.positions(s.q().toType(DataType.FLOAT32, false)));
    }
  }

  private LongRollouts rollouts(double clock) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return LongRollouts.of(new Physicist(Integrators.LEAPFROG, clock), films, 0, STEPS, manager);
    }
  }

  @Test
  void whoKnowsThePhysicsIsRightBothWaysToTheEnd() {
    LongRollouts rollouts = rollouts(1);
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
  void aModelThatStandsStillIsSoonWrongBothWays() {
    LongRollouts rollouts = rollouts(1e-9);
    for (boolean backwards : new boolean[] {false, true}) {
      int[] valid = rollouts.valid(backwards);
      assertTrue(Arrays.stream(valid).sum() < films.size() * STEPS / 2, Arrays.toString(valid));
      assertTrue(Arrays.stream(valid).allMatch(t -> t > 0), "right at the start");
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
          new Physicist(Integrators.LEAPFROG, 1).infer(films.frames(manager, 0, 1, 2));
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
