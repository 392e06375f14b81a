package hgn.paper;

import ai.djl.ndarray.NDManager;
import hgn.data.NativeThreads;
import hgn.evaluation.FlowEvaluation;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.training.Compute;
import hgn.training.TrainingLog;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** A trained density with what was measured of it. Holds no native memory. */
public final class FlowRun {
  private final FlowExperiment experiment;
  private final RunResult result;
  private final FlowBlueprint blueprint;
  private final float[] weights;
  private final TrainingLog log;

  FlowRun(
      FlowExperiment experiment,
      RunResult result,
      FlowBlueprint blueprint,
      float[] weights,
      TrainingLog log) {
    this.experiment = experiment;
    this.result = result;
    this.blueprint = blueprint;
    this.weights = weights;
    this.log = log;
  }

  /** What was trained. */
  public FlowExperiment experiment() {
    return experiment;
  }

  /** What was measured. */
  public RunResult result() {
    return result;
  }

  /**
   * What the training batches scored over the iterations, in nats: the importance-weighted bound
   * with the training's momenta, the likelihood for RNVP.
   */
  public Series boundCurve() {
    double[] loss = log.column("loss");
    return new Series(
        experiment.model().id(),
        log.column("iteration"),
        Arrays.stream(loss).map(v -> -v).toArray());
  }

  FlowBlueprint blueprint() {
    return blueprint;
  }

  float[] weights() {
    return weights.clone();
  }

  /** The same run with other weights. */
  FlowRun with(float[] others) {
    return new FlowRun(experiment, result, blueprint, others, log);
  }

  /**
   * Uses the model with its weights on the device.
   *
   * @param use what to compute; everything it makes is freed when it returns
   * @return what it returns
   * @param <T> its type: nothing native
   */
  public <T> T with(BiFunction<DensityModel, NDManager, T> use) {
    return NativeThreads.single(
        () -> {
          try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
            DensityModel model = blueprint.bind(blueprint.layout().bind(manager.create(weights)));
            return use.apply(model, manager);
          }
        });
  }

  /**
   * Samples: momenta drawn and dropped.
   *
   * @param count how many
   * @param seed the same seed gives the same samples
   * @return one a row
   */
  public double[][] samples(int count, long seed) {
    return with(
        (model, manager) ->
            FlowEvaluation.samples(model, count, new SplittableRandom(seed), manager));
  }

  /**
   * ELBO and importance-weighted bound of points.
   *
   * @param points one a row
   * @param draws momenta a point
   * @param seed of the momenta
   */
  public FlowEvaluation.Scores scores(double[][] points, int draws, long seed) {
    return with(
        (model, manager) ->
            FlowEvaluation.score(model, points, draws, new SplittableRandom(seed), manager));
  }
}
