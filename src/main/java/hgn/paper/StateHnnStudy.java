package hgn.paper;

import hgn.io.Workspace;
import hgn.results.StateRollouts;
import hgn.results.TrainingWatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The HNN on true states beside its plain twin, the same network without the Hamiltonian (§2.1; "to
 * ensure that our re-implementation of HNN was correct", §4).
 *
 * @param hnn learns an energy
 * @param twin learns the velocities themselves
 */
public record StateHnnStudy(StateRun hnn, StateRun twin) {

  /**
   * Both, trained in this workspace or loaded from it.
   *
   * @param system id of the physical system
   * @param budget how much to spend
   * @param watch who is told
   */
  public static StateHnnStudy of(String system, Budget budget, TrainingWatch watch) {
    return of(system, budget, Workspace.find(), watch);
  }

  static StateHnnStudy of(String system, Budget budget, Workspace workspace, TrainingWatch watch) {
    long seed = Experiment.DEFAULT_SEED;
    return new StateHnnStudy(
        new StateExperiment(true, system, budget, seed).train(workspace, watch),
        new StateExperiment(false, system, budget, seed).train(workspace, watch));
  }

  /**
   * The truth, the HNN and its twin from the same initial states.
   *
   * @param count of how many test trajectories
   */
  public List<StateRollouts> rollouts(int count) {
    List<StateRollouts> all = new ArrayList<>(hnn.rollouts(count));
    all.add(twin.rollouts(count).get(1));
    return all;
  }
}
