package hgn.paper;

import hgn.data.DatasetSpec;
import hgn.models.StateSpec;
import hgn.systems.Systems;
import hgn.training.Schedule;
import hgn.training.TrainingSpec;

/**
 * Spec of everything that determines a training on states (§2.1). The paper gives no numbers for
 * it; those of Greydanus et al. (2019) are named where they are taken.
 *
 * @param model the HNN or its plain twin
 * @param dataset whose noisy states it learns from
 * @param training how long and how fast
 * @param seed of weights and batches
 * @param evaluationSequences how many test trajectories are rolled out
 * @param evaluationSteps how far
 */
public record StateExperimentSpec(
    StateSpec model,
    DatasetSpec dataset,
    TrainingSpec training,
    long seed,
    int evaluationSequences,
    int evaluationSteps) {
  /** Greydanus et al.: 1e-3, constant; no clip. */
  private static final Schedule RATE = Schedule.constant(1e-3);

  private static final double NO_CLIP = 1e6;

  /** Greydanus et al. roll out to t = 20; training trajectories end at 3.75. */
  private static final int STEPS = 160;

  static StateExperimentSpec of(boolean hamiltonian, String system, Budget budget, long seed) {
    StateSpec model = new StateSpec(hamiltonian, Systems.named(system).dimension());
    return switch (budget) {
      case SMOKE ->
          new StateExperimentSpec(
              model,
              DatasetSpec.of(system, 64, 64, DatasetSpec.SEED),
              new TrainingSpec(20, 32, RATE, NO_CLIP, 5),
              seed,
              8,
              30);
      case QUICK ->
          new StateExperimentSpec(
              model,
              DatasetSpec.of(system, 2000, 200, DatasetSpec.SEED),
              // Half a cosine: the noise on the states would keep the weights moving to the end.
              new TrainingSpec(4000, 256, new Schedule(1e-3, 0, 0.01), NO_CLIP, 40),
              seed,
              100,
              STEPS);
      case PAPER ->
          new StateExperimentSpec(
              model,
              DatasetSpec.of(
                  system, DatasetSpec.PAPER_TRAIN, DatasetSpec.PAPER_TEST, DatasetSpec.SEED),
              new TrainingSpec(15_000, 256, new Schedule(1e-3, 0, 0.01), NO_CLIP, 50),
              seed,
              1000,
              STEPS);
    };
  }
}
