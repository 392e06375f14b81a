package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.data.NativeThreads;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.flows.Prior;
import hgn.results.FlowCost;
import hgn.training.Compute;
import hgn.training.FlowObjective;
import hgn.training.PhaseClock;
import hgn.training.TrainingSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One flow in one number of dimensions, timed whenever it is its turn. */
final class FlowTrial implements AutoCloseable {
  private static final int BATCH = 256;

  // Turns of every flow, and calls of each kind in one.
  private static final int ROUNDS = 7;
  private static final int REPEATS = 4;

  private final FlowModel model;
  private final FlowBlueprint blueprint;
  private final int dimension;
  private final float[] points;
  private final float[] weights;
  private final TrainingSteps steps;
  private double train = Double.POSITIVE_INFINITY;
  private double density = Double.POSITIVE_INFINITY;
  private double sample = Double.POSITIVE_INFINITY;
  private long iteration;

  private FlowTrial(FlowModel model, int dimension) {
    this.model = model;
    this.dimension = dimension;
    blueprint = new FlowBlueprint(model.spec(dimension));
    points = Prior.NORMAL.sample(new SplittableRandom(1), BATCH * dimension);
    weights = blueprint.layout().initial(1);
    FlowObjective objective = new FlowObjective(blueprint, (r, n) -> points, BATCH, 1);
    steps = TrainingSteps.fresh(objective, 1, 1, Compute.device(), PhaseClock.NONE);
  }

  /** Measures some calls of each kind. */
  void round() {
    train = Math.min(train, fastest(() -> steps.take(iteration++, 1e-4)));
    // What a call makes is freed with the round.
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      DensityModel flow = blueprint.bind(blueprint.layout().bind(manager.create(weights)));
      NDArray x = manager.create(points, new Shape(BATCH, dimension));
      int wide = flow.priorDimension();
      float[] base = flow.prior().sample(new SplittableRandom(2), BATCH * wide);
      NDArray s = manager.create(base, new Shape(BATCH, wide));
      density = Math.min(density, fastest(() -> read(flow.logWeight(x, x))));
      sample = Math.min(sample, fastest(() -> read(flow.generate(s))));
    }
  }

  private static double fastest(Runnable work) {
    double seconds = Double.POSITIVE_INFINITY;
    for (int i = 0; i < REPEATS; i++) {
      long began = System.nanoTime();
      work.run();
      seconds = Math.min(seconds, (System.nanoTime() - began) / 1e9);
    }
    return seconds;
  }

  FlowCost cost() {
    int parameters = blueprint.layout().size();
    return new FlowCost(model.id(), dimension, parameters, train, density, sample);
  }

  @Override
  public void close() {
    steps.close();
  }

  /** Waits for the result, as a device may still be at work. */
  private static void read(NDArray result) {
    result.toFloatArray();
  }

  /**
   * Times of the five models of Fig 10 with fresh weights, on one native thread.
   *
   * <p>All models in all dimensions take turns, several times over, and the fastest call of each
   * counts: earlier ones compile, and on a busy machine even the median has waited for other
   * processes, the longer a call the more often.
   *
   * @param budget smoke measures two dimensions a few times, the others d = 2 … 64
   * @return a model after the other in each dimension
   */
  static List<FlowCost> costs(Budget budget) {
    boolean smoke = budget == Budget.SMOKE;
    int[] dimensions = smoke ? new int[] {2, 8} : new int[] {2, 4, 8, 16, 32, 64};
    int rounds = smoke ? 2 : ROUNDS;
    return NativeThreads.single(
        () -> {
          List<FlowTrial> trials = new ArrayList<>();
          try {
            for (int d : dimensions) {
              FlowModel.figure10().forEach(model -> trials.add(new FlowTrial(model, d)));
            }
            for (int round = 0; round < rounds; round++) {
              trials.forEach(FlowTrial::round);
            }
            return trials.stream().map(FlowTrial::cost).toList();
          } finally {
            trials.forEach(FlowTrial::close);
          }
        });
  }
}
