package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.dynamics.VectorField;
import hgn.io.Progress;
import hgn.io.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollouts to t = 20, as long as those that are scored at the quick budget. */
class StateEvaluationTest {
  private static final int STEPS = 160;

  @TempDir private Path root;

  private StateEvaluation.Rollouts rollouts(String system, NDManager manager) {
    DatasetSpec spec = DatasetSpec.of(system, 1, 40, 1);
    return StateEvaluation.rollouts(
        VectorField.of(spec.physics().hamiltonian()),
        spec.physics(),
        Dataset.open(spec, new Workspace(root), Progress.NONE).test(),
        40,
        spec.dt(),
        STEPS,
        manager);
  }

  /** With steps of one length close encounters of three bodies change the energy by hundreds. */
  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum", "two-body", "three-body"})
  void theTruthKeepsItsEnergy(String system) {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (double[] energies : rollouts(system, manager).trueEnergy()) {
        for (double energy : energies) {
          assertEquals(energies[0], energy, 1e-4 * Math.max(1, Math.abs(energies[0])));
        }
      }
    }
  }

  @Test
  void whoKnowsThePhysicsIsNearlyRightAndLeavesNothingBehind() {
    try (NDManager manager = NDManager.newBaseManager()) {
      StateEvaluation.Rollouts rollouts = rollouts("mass-spring", manager);
      assertTrue(rollouts.stateMse() < 1e-4, "state MSE " + rollouts.stateMse());
      assertTrue(rollouts.energyMse() < 1e-6, "energy MSE " + rollouts.energyMse());
      assertEquals(0, manager.getManagedArrays().size(), "arrays are left behind");
    }
  }
}
