package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.Films;
import hgn.data.NativeThreads;
import hgn.evaluation.FlowEvaluation;
import hgn.evaluation.Latents;
import hgn.flows.DensityModel;
import hgn.flows.FlowBlueprint;
import hgn.flows.FlowSpec;
import hgn.io.Json;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.UserError;
import hgn.models.Hgn;
import hgn.models.Posterior;
import hgn.results.StudyResult;
import hgn.training.Compute;
import hgn.training.FlowObjective;
import hgn.training.PhaseClock;
import hgn.training.Schedule;
import hgn.training.TrainingSteps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A learned prior of a trained HGN: a flow (RNVP, §3.3's rival and its NHF's) fitted after training
 * to what the encoder makes of the training films, in place of N(0, I).
 *
 * <p>The KL term draws each film's posterior towards N(0, I), but not their sum to it: films lie on
 * a thin set in z, of as many dimensions as the system has, and a draw of N(0, I) misses it. Here
 * samples of the posteriors are centred, rotated to their principal axes and scaled; axes along
 * which the films differ less than one film's posterior is wide are dropped; the flow learns what
 * is left by maximum likelihood. Draws less likely than all but {@value #REJECTED} of held-out
 * samples are drawn again: between modes a flow of N(0, I) has bridges, thin as its density is
 * there.
 */
public final class FlowPrior implements Latents {
  /** Beside the run's weights. */
  static final String FILE_NAME = "prior.npz";

  private static final double REJECTED = 0.05;
  private static final double HELD_OUT = 0.125;
  private static final int TRIES = 20;

  /**
   * Description of a fitted prior.
   *
   * @param run hash of the weights whose posterior it is
   * @param shape of z, without the batch
   * @param flow which
   * @param iterations of its training
   * @param logDensity mean over held-out samples of the posteriors, in nats, of the scaled z
   * @param floor the least logarithm of a density that a draw may have
   */
  record Fitted(
      String run, long[] shape, FlowSpec flow, int iterations, double logDensity, double floor) {}

  /**
   * Effort of a fit.
   *
   * @param films encoded
   * @param couplings of the flow
   * @param hidden units of its networks
   * @param iterations of batches of 256
   */
  record Effort(int films, int couplings, int hidden, int iterations) {
    static final Effort USUAL = new Effort(4096, 8, 64, 2000);
    static final Effort SMOKE = new Effort(64, 2, 16, 30);
  }

  private static final int BATCH = 256;
  private static final Schedule RATE = new Schedule(2e-3, 50, 0.01);

  private final Fitted fitted;
  private final float[] weights;
  private final PrincipalAxes axes;

  private FlowPrior(Fitted fitted, float[] weights, PrincipalAxes axes) {
    this.fitted = fitted;
    this.weights = weights;
    this.axes = axes;
  }

  /** Number of directions of z that are not dead. */
  public int dimension() {
    return axes.count();
  }

  @Override
  public NDArray draw(NDManager manager, int count, SplittableRandom random) {
    double[][] points = points(count, random, manager);
    float[] flat = new float[count * axes.count()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) points[i / axes.count()][i % axes.count()];
    }
    return unscaled(flat, manager);
  }

  /**
   * Points between two, on the way that is straight in the space of the flow's normal numbers: it
   * leads past what films are, where the straight line in z leads through what none is.
   *
   * @param from z of one film, any shape of so many numbers
   * @param to z of another
   * @param count how many, both ends included, at least 2
   * @param manager owner of the result
   * @return z, [count, …]
   */
  public NDArray between(NDArray from, NDArray to, int count, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      DensityModel flow = bind(fitted.flow(), weights, scope);
      NDArray ends =
          NDArrays.stack(
              new NDList(
                  scope.create(axes.coordinates(doubles(from))),
                  scope.create(axes.coordinates(doubles(to)))));
      float[] base = flow.flow().inverse(ends).value().toFloatArray();
      float[] way = new float[count * axes.count()];
      for (int i = 0; i < way.length; i++) {
        int end = i / axes.count();
        float share = end / (count - 1f);
        int j = i % axes.count();
        way[i] = (1 - share) * base[j] + share * base[axes.count() + j];
      }
      NDArray points = flow.generate(scope.create(way, new Shape(count, axes.count())));
      return unscaled(points.toFloatArray(), manager);
    }
  }

  private static double[] doubles(NDArray x) {
    return x.toType(DataType.FLOAT64, false).toDoubleArray();
  }

  private NDArray unscaled(float[] points, NDManager manager) {
    Shape shape = new Shape(points.length / axes.count()).addAll(new Shape(fitted.shape()));
    return manager.create(axes.points(points), shape);
  }

  private double[][] points(int count, SplittableRandom random, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      DensityModel flow = bind(fitted.flow(), weights, scope);
      List<double[]> kept = new ArrayList<>();
      double[][] drawn = new double[0][];
      for (int i = 0; i < TRIES && kept.size() < count; i++) {
        drawn = FlowEvaluation.samples(flow, count, random, scope);
        double[] log = FlowEvaluation.score(flow, drawn, 1, random, scope).bound();
        for (int j = 0; j < count; j++) {
          if (log[j] >= fitted.floor()) {
            kept.add(drawn[j]);
          }
        }
      }
      // A flow that has learned nothing has few likely draws: then it shows what it has.
      kept.addAll(Arrays.asList(drawn));
      return kept.subList(0, count).toArray(double[][]::new);
    }
  }

  /**
   * Fits one.
   *
   * @param run hash of the weights
   * @param model with them
   * @param films that it was trained on
   * @param effort how much is spent
   * @param manager owner of what is computed meanwhile
   */
  static FlowPrior fit(String run, Hgn model, Films films, Effort effort, NDManager manager) {
    int n = Math.min(effort.films(), films.size());
    double[][] means = new double[n][];
    double[][] deviations = new double[n][];
    for (int from = 0; from < n; from += Probing.CHUNK) {
      int[] chunk = IntStream.range(from, Math.min(n, from + Probing.CHUNK)).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray seen =
            films.frames(scope, chunk).get(new NDIndex(":,0:{}", model.spec().contextFrames()));
        Posterior posterior = model.encode(seen);
        double[] mean = doubles(posterior.mean());
        double[] log = doubles(posterior.logVariance());
        int d = mean.length / chunk.length;
        for (int i = 0; i < chunk.length; i++) {
          int own = i * d;
          means[from + i] = Arrays.copyOfRange(mean, own, own + d);
          deviations[from + i] =
              model.spec().variational()
                  ? Arrays.stream(log, own, own + d).map(v -> Math.exp(v / 2)).toArray()
                  : new double[d];
        }
      }
    }
    Shape shape = model.latentShape();
    return fit(run, shape.getShape(), means, deviations, effort, manager);
  }

  /**
   * Fits one to Gaussians.
   *
   * @param run hash of the weights
   * @param shape of z, without the batch
   * @param means of the films' posteriors, [films][d]
   * @param deviations of them
   */
  static FlowPrior fit(
      String run,
      long[] shape,
      double[][] means,
      double[][] deviations,
      Effort effort,
      NDManager manager) {
    int n = means.length;
    PrincipalAxes axes = PrincipalAxes.of(means, deviations, FlowSpec.LEAST_COUPLED);
    int learned = n - Math.max(1, (int) (n * HELD_OUT));
    FlowSpec spec = FlowSpec.rnvp(axes.count(), effort.couplings()).withHidden(effort.hidden());
    FlowObjective objective =
        new FlowObjective(
            new FlowBlueprint(spec),
            (random, count) -> {
              float[] x = new float[count * axes.count()];
              for (int i = 0; i < count; i++) {
                int film = random.nextInt(learned);
                float[] one = axes.coordinates(drawn(means[film], deviations[film], random));
                System.arraycopy(one, 0, x, i * one.length, one.length);
              }
              return x;
            },
            BATCH,
            1);
    float[] weights = NativeThreads.single(() -> trained(objective, effort.iterations()));
    SplittableRandom random = new SplittableRandom(1);
    double[][] held = new double[n - learned][axes.count()];
    for (int i = 0; i < held.length; i++) {
      float[] x = axes.coordinates(drawn(means[learned + i], deviations[learned + i], random));
      Arrays.setAll(held[i], j -> x[j]);
    }
    try (NDManager scope = manager.newSubManager()) {
      double[] log =
          FlowEvaluation.score(bind(spec, weights, scope), held, 1, random, scope).bound();
      Fitted fitted =
          new Fitted(
              run,
              shape,
              spec,
              effort.iterations(),
              StatUtils.mean(log),
              StudyResult.quantile(REJECTED, log));
      return new FlowPrior(fitted, weights, axes);
    }
  }

  /** A draw of a film's posterior. */
  private static double[] drawn(double[] mean, double[] deviation, RandomGenerator random) {
    double[] z = new double[mean.length];
    Arrays.setAll(z, j -> mean[j] + deviation[j] * random.nextGaussian());
    return z;
  }

  private static float[] trained(FlowObjective objective, int iterations) {
    try (TrainingSteps steps =
        TrainingSteps.fresh(objective, 5, 1, Compute.device(), PhaseClock.NONE)) {
      for (int i = 0; i < iterations; i++) {
        steps.take(i, RATE.at(i, iterations));
      }
      return steps.weights();
    }
  }

  private static DensityModel bind(FlowSpec spec, float[] weights, NDManager manager) {
    FlowBlueprint blueprint = new FlowBlueprint(spec);
    return blueprint.bind(blueprint.layout().bind(manager.create(weights)));
  }

  /** Writes it beside the weights. */
  void write(Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("spec", Tensor.ofText(Json.compact(fitted)));
    arrays.put("weights", new Tensor(weights, weights.length));
    int d = axes.centre().length;
    arrays.put("centre", new Tensor(axes.centre(), d));
    double[] flat = Arrays.stream(axes.axes()).flatMapToDouble(Arrays::stream).toArray();
    arrays.put("axes", new Tensor(flat, axes.count(), d));
    Npz.write(file, arrays);
  }

  /**
   * Reads one.
   *
   * @param file as {@link #write} wrote it
   * @param run hash of the weights whose posterior it has to be of
   * @param remedy the command that fits it anew
   * @throws UserError if it is damaged, or of other weights
   */
  static FlowPrior read(Path file, String run, String remedy) {
    Map<String, Tensor> arrays = Npz.read(file);
    Npz.require(arrays, "spec", byte[].class, file);
    Fitted fitted = Json.parse(file, arrays.get("spec").text(), Fitted.class);
    if (!run.equals(fitted.run())) {
      throw UserError.data(
          "%s is fitted to the posterior of other weights than lie beside it: delete it, and '%s'"
              + " fits one to these",
          file, remedy);
    }
    double[] centre = Npz.require(arrays, "centre", double[].class, file);
    double[] flat = Npz.require(arrays, "axes", double[].class, file);
    int d = centre.length;
    double[][] axes =
        IntStream.range(0, flat.length / d)
            .mapToObj(i -> Arrays.copyOfRange(flat, i * d, (i + 1) * d))
            .toArray(double[][]::new);
    float[] weights = Npz.require(arrays, "weights", float[].class, file);
    return new FlowPrior(fitted, weights, new PrincipalAxes(centre, axes));
  }
}
