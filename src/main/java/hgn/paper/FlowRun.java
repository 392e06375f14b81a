package hgn.paper;

import ai.djl.ndarray.NDManager;
import hgn.evaluation.FlowEvaluation;
import hgn.flows.DensityModel;
import hgn.flows.FlowSpec;
import hgn.flows.Prior;
import hgn.io.UserError;
import hgn.results.FlowField;
import hgn.results.LatentModel;
import hgn.results.RunResult;
import hgn.results.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** A trained density with what was measured of it. Holds no native memory. */
public final class FlowRun implements FlowField.Source {
  private static final int SHOWN = 1500;

  private final FlowExperiment experiment;
  private final Trained<FlowRecipe.Points, DensityModel> trained;

  FlowRun(FlowExperiment experiment, Trained<FlowRecipe.Points, DensityModel> trained) {
    this.experiment = experiment;
    this.trained = trained;
  }

  /** The experiment that was trained. */
  public FlowExperiment experiment() {
    return experiment;
  }

  /** The result: numbers that were measured. */
  public RunResult result() {
    return trained.result();
  }

  /** The points whose bounds are claimed, one a row. */
  double[][] testPoints() {
    return trained.data().rows();
  }

  /**
   * Bound of the training batches over the iterations, in nats: the importance-weighted bound with
   * the training's momenta, the likelihood for RNVP.
   */
  public Series boundCurve() {
    Series loss = trained.curve("loss", experiment.model().id());
    return new Series(loss.label(), loss.x(), Arrays.stream(loss.y()).map(v -> -v).toArray());
  }

  /**
   * Uses the model with its weights on the device.
   *
   * @param use what to compute; everything it makes is freed when it returns
   * @return what it returns
   * @param <T> its type: nothing native
   */
  public <T> T with(BiFunction<DensityModel, NDManager, T> use) {
    return trained.with(use);
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

  @Override
  public FlowField flowField() {
    FlowSpec spec = experiment.spec().model();
    if (spec.kind() != FlowSpec.Kind.NHF || spec.dimension() != 2 || spec.fixedKinetic()) {
      throw UserError.usage(
          "%s is no flow of the plane with two networks a step: the explorer runs an NHF such as"
              + " nhf-2.mixture-4",
          experiment.name());
    }
    List<LatentModel.Slot> slots = new ArrayList<>();
    short[] bits =
        LatentModels.halves(
            trained.recipe().layout, trained.needed(), "(kinetic|potential)\\..*|dt", slots);
    return new FlowField(
        experiment.name(),
        result().caption(),
        spec.layers(),
        spec.prior().kind() == Prior.Kind.SOFT_UNIFORM,
        Prior.SOFT_UNIFORM.width(),
        Prior.SOFT_UNIFORM.sharpness(),
        slots,
        bits,
        Arrays.stream(testPoints()).limit(SHOWN).toList());
  }
}
