package hgn.paper;

import hgn.data.Target;
import hgn.flows.FlowSpec;
import hgn.training.Schedule;
import hgn.training.TrainingSpec;

/**
 * Everything that determines a run of a flow.
 *
 * @param model which flow
 * @param target name of the density
 * @param points hash of the user's own points, else empty
 * @param training how long and how fast
 * @param seed of weights, points and noise
 * @param testPoints how many points are scored
 * @param draws momenta a scored point
 */
public record FlowExperimentSpec(
    FlowSpec model,
    String target,
    String points,
    TrainingSpec training,
    long seed,
    int testPoints,
    int draws) {

  /** Not stated. */
  private static final double CLIP_NORM = 5;

  static FlowExperimentSpec of(FlowModel model, Target target, Budget budget, long seed) {
    FlowSpec spec = model.spec(target.dimension());
    String points = target.fingerprint();
    return switch (budget) {
      case SMOKE ->
          new FlowExperimentSpec(
              spec,
              target.id(),
              points,
              new TrainingSpec(30, 64, new Schedule(3e-3, 0, 1), CLIP_NORM, 5),
              seed,
              64,
              16);
      case QUICK ->
          new FlowExperimentSpec(
              spec,
              target.id(),
              points,
              // Not the paper's: ten times its rate, falling, to be there within two minutes.
              new TrainingSpec(4000, 256, new Schedule(3e-3, 50, 0), CLIP_NORM, 50),
              seed,
              2000,
              256);
      case PAPER ->
          new FlowExperimentSpec(
              spec,
              target.id(),
              points,
              // §A.2: the rate. Batch and iterations are not stated; Fig 10 counts in fifties.
              new TrainingSpec(50_000, 512, Schedule.constant(3e-4), CLIP_NORM, 50),
              seed,
              10_000,
              512);
    };
  }
}
