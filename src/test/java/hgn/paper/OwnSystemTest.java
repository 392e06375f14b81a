package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.DatasetSpec;
import hgn.data.Simulate;
import hgn.dynamics.DoublePendulum;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.DatasetView;
import hgn.results.TrainingWatch;
import hgn.results.Trajectory;
import hgn.systems.InitialState;
import hgn.systems.Systems;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system of one's own has what the paper's have. */
class OwnSystemTest {
  @TempDir Path root;

  @Test
  void aDoublePendulumIsSimulatedLookedAtLearnedAndStudied() {
    Workspace workspace = new Workspace(root);
    Experiment experiment = Paper.hgn(new DoublePendulum()).within(Budget.SMOKE);
    assertEquals("hgn-leapfrog.double-pendulum", experiment.name());
    assertEquals(experiment, Paper.experiment(experiment.name()).within(Budget.SMOKE));
    DatasetView view =
        DatasetStudy.of(new DoublePendulum(), Budget.SMOKE, workspace, Progress.NONE);
    assertEquals(2, view.paths().size(), "a path a disc");
    assertTrue(Double.isNaN(view.paperMeanImageMse()));
    Run run = experiment.train(workspace, TrainingWatch.NONE);
    assertEquals(5, run.rollouts(0).size());
    assertTrue(Double.isNaN(run.paper().testMse()));
    assertEquals(2, run.study(workspace).probeQ().length);
    assertEquals("angle q₁ (rad)", Plane.phase("double-pendulum").x());
    StateExperiment states =
        new StateExperiment(true, "double-pendulum", Budget.SMOKE, Experiment.DEFAULT_SEED);
    assertEquals(
        2, states.train(workspace, TrainingWatch.NONE).rollouts(1).get(0).paths().get(0).size());
  }

  @Test
  void theKeyOfADatasetDependsOnThePhysics() {
    Systems.add(new DoublePendulum());
    DatasetSpec own = DatasetSpec.of("double-pendulum", 1, 1, 0);
    assertNotNull(own.fingerprint());
    assertTrue(Json.compact(own).contains("\"fingerprint\":\"" + own.fingerprint()));
    assertFalse(Json.compact(DatasetSpec.of("pendulum", 1, 1, 0)).contains("fingerprint"));
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                new DatasetSpec(
                    "double-pendulum", 1, 1, 30, 0.125, 32, own.noise(), 0, "of yesterday"));
    assertTrue(error.getMessage().contains("but the data are of of yesterday"), error.getMessage());
  }

  @Test
  void trajectoriesAreExactOrAMethodsOwn() {
    InitialState start = InitialState.of(1.2, -0.4, 0.3, 0.5);
    Trajectory exact = Simulate.exactly(new DoublePendulum()).rollout(start, 0.125, 10);
    Trajectory gauss =
        Simulate.by(Integrators.GAUSS8, new DoublePendulum()).rollout(start, 0.125, 10);
    assertEquals(11, exact.t().length);
    assertEquals(exact.q()[10][1], gauss.q()[10][1], 1e-6);
    Integrator lost = Integrator.of("lost", 1, (h, s, dt) -> new PhaseState(s.q().log(), s.p()));
    UserError error =
        assertThrows(
            UserError.class,
            () -> Simulate.by(lost, new DoublePendulum()).rollout(start, 0.125, 1));
    assertTrue(
        error.getMessage().startsWith("lost gives NaN for 'double-pendulum' at time 0.125"),
        error.getMessage());
  }
}
