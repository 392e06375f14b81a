package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Mixture;
import hgn.data.NativeThreads;
import hgn.data.Target;
import hgn.evaluation.FlowEvaluation;
import hgn.evaluation.Statistics;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.FlowObjective;
import hgn.training.Objective;
import hgn.training.TrainingLoop;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apache.commons.math3.stat.StatUtils;

/** Recipe of a density model. */
final class FlowRecipe extends Recipe<FlowRecipe.Points, DensityModel> {
  /** The same test points for every model and seed. */
  private static final long TEST_SEED = 2020;

  /** Seed of momenta: from the points' stream a fresh point would get its own numbers. */
  private static final long MOMENTA_SEED = 4712;

  private static final int MASS_SAMPLES = 50_000;

  /**
   * Points to be scored.
   *
   * @param rows one a row
   * @param momenta seed of the momenta
   */
  record Points(double[][] rows, long momenta) {}

  private final FlowExperimentSpec flow;
  private final FlowBlueprint model;
  private final Target target;

  FlowRecipe(FlowExperiment experiment) {
    this(experiment, experiment.spec(), new FlowBlueprint(experiment.spec().model()));
  }

  private FlowRecipe(FlowExperiment experiment, FlowExperimentSpec spec, FlowBlueprint model) {
    super(
        experiment,
        spec,
        spec.training(),
        model.layout(),
        model,
        new RunResult.Heading(
            RunResult.Kind.DENSITY,
            experiment.model().id(),
            experiment.target().id(),
            "density",
            spec.model().words()));
    flow = spec;
    this.model = model;
    target = experiment.target();
  }

  @Override
  Points data(TrainingWatch watch) {
    return points(TEST_SEED, experiment.seed());
  }

  private Points points(long seed, long momenta) {
    return new Points(target.tests(new SplittableRandom(seed), flow.testPoints()), momenta);
  }

  @Override
  Objective objective(Points data, Device device) {
    return new FlowObjective(
        model,
        (random, count) -> flat(target.samples(random, count)),
        training.batch(),
        flow.momenta());
  }

  private static float[] flat(double[][] points) {
    float[] out = new float[points.length * points[0].length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) points[i / points[0].length][i % points[0].length];
    }
    return out;
  }

  @Override
  TrainingLoop.Observer observer(Points data, TrainingWatch watch) {
    return loss("−bound (nats)", watch);
  }

  /** The matrices are small: threads beneath them wait for one another longer than they work. */
  @Override
  <T> T compute(Supplier<T> work) {
    return NativeThreads.single(work);
  }

  private FlowEvaluation.Scores scores(DensityModel trained, Points points, NDManager manager) {
    return FlowEvaluation.score(
        trained, points.rows(), flow.draws(), new SplittableRandom(points.momenta()), manager);
  }

  @Override
  RunResult.Pixels measure(
      DensityModel trained, Points data, NDManager manager, Map<String, Object> metrics) {
    FlowEvaluation.Scores scores = scores(trained, data, manager);
    Metric.ELBO.put(metrics, StatUtils.mean(scores.elbo()));
    Metric.BOUND.put(metrics, StatUtils.mean(scores.bound()));
    Metric.BOUND_ERROR.put(metrics, Statistics.standardError(scores.bound()));
    if (target.exact()) {
      double[] difference = new double[data.rows().length];
      Arrays.setAll(difference, i -> target.logDensity(data.rows()[i]) - scores.bound()[i]);
      Metric.KL.put(metrics, StatUtils.mean(difference));
      Metric.KL_ERROR.put(metrics, Statistics.standardError(difference));
    }
    if (target instanceof Mixture mixture) {
      double[][] samples =
          FlowEvaluation.samples(
              trained, MASS_SAMPLES, new SplittableRandom(experiment.seed()), manager);
      double[] masses = mixture.masses(samples);
      Metric.MASSES.put(metrics, masses);
      Metric.WORST_MASS.put(
          metrics,
          Arrays.stream(masses).map(m -> Math.abs(m * masses.length - 1)).max().orElseThrow());
    }
    Metric.PARAMETERS.put(metrics, (long) layout.size());
    return RunResult.Pixels.NONE;
  }

  @Override
  Claim<Points, DensityModel> claim() {
    return new Claim<>(
        "bound in nats",
        1,
        Metric.PACKED_BOUND,
        run -> {
          Map<String, Object> metrics = run.result().metrics();
          return new Mean(
              Metric.BOUND.in(metrics).orElse(Double.NaN),
              Metric.BOUND_ERROR.in(metrics).orElse(Double.NaN),
              run.data().rows().length);
        },
        (run, points) -> {
          double[] bound = run.with((m, manager) -> scores(m, points, manager)).bound();
          return new Mean(
              StatUtils.mean(bound), Statistics.standardError(bound), points.rows().length);
        },
        points -> points(Shipping.FRESH_SEED, MOMENTA_SEED));
  }
}
