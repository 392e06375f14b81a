package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
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
  private static final int MOST_DIRECTIONS = 64;
  private static final int CHUNK = 16;
  private static final double HELD_OUT = 0.125;
  private static final int TRIES = 20;

  /**
   * What is fitted, and to what.
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
   * How much is spent.
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
  private final double[] centre;
  private final double[][] axes;

  private FlowPrior(Fitted fitted, float[] weights, double[] centre, double[][] axes) {
    this.fitted = fitted;
    this.weights = weights;
    this.centre = centre;
    this.axes = axes;
  }

  /** How many directions of z are not dead. */
  public int dimension() {
    return axes.length;
  }

  /** Mean logarithm of the density of held-out posterior samples, in nats, of the scaled z. */
  public double logDensity() {
    return fitted.logDensity();
  }

  @Override
  public NDArray draw(NDManager manager, int count, SplittableRandom random) {
    double[][] points = points(count, random, manager);
    float[] flat = new float[count * axes.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) points[i / axes.length][i % axes.length];
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
      float[] ends = new float[2 * axes.length];
      for (int i = 0; i < ends.length; i++) {
        float[] z = (i < axes.length ? from : to).toFloatArray();
        double[] axis = axes[i % axes.length];
        double sum = 0;
        double square = 0;
        for (int j = 0; j < axis.length; j++) {
          sum += axis[j] * (z[j] - centre[j]);
          square += axis[j] * axis[j];
        }
        ends[i] = (float) (sum / square);
      }
      float[] base =
          flow.flow().inverse(scope.create(ends, new Shape(2, axes.length))).value().toFloatArray();
      float[] way = new float[count * axes.length];
      for (int i = 0; i < way.length; i++) {
        int row = i / axes.length;
        float share = row / (count - 1f);
        int j = i % axes.length;
        way[i] = (1 - share) * base[j] + share * base[axes.length + j];
      }
      NDArray points = flow.generate(scope.create(way, new Shape(count, axes.length)));
      return unscaled(points.toFloatArray(), manager);
    }
  }

  /** z = centre + Σ xᵢ axisᵢ of each point. */
  private NDArray unscaled(float[] points, NDManager manager) {
    int count = points.length / axes.length;
    float[] z = new float[count * centre.length];
    for (int i = 0; i < z.length; i++) {
      int row = i / centre.length;
      int j = i % centre.length;
      double sum = centre[j];
      for (int k = 0; k < axes.length; k++) {
        sum += points[row * axes.length + k] * axes[k][j];
      }
      z[i] = (float) sum;
    }
    return manager.create(z, new Shape(count).addAll(new Shape(fitted.shape())));
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
    for (int from = 0; from < n; from += CHUNK) {
      int[] chunk = IntStream.range(from, Math.min(n, from + CHUNK)).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray seen =
            films.frames(scope, chunk).get(new NDIndex(":,0:{}", model.spec().contextFrames()));
        Posterior posterior = model.encode(seen);
        float[] mean = posterior.mean().toFloatArray();
        float[] log = posterior.logVariance().toFloatArray();
        int d = mean.length / chunk.length;
        for (int i = 0; i < chunk.length; i++) {
          double[] m = new double[d];
          double[] s = new double[d];
          for (int j = 0; j < d; j++) {
            m[j] = mean[i * d + j];
            s[j] = model.spec().variational() ? Math.exp(log[i * d + j] / 2) : 0;
          }
          means[from + i] = m;
          deviations[from + i] = s;
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
    double[] centre = columns(means, StatUtils::mean);
    double[] noise = columns(deviations, StatUtils::sumSq);
    Axes axes = axes(means, centre, Arrays.stream(noise).map(v -> v / n).toArray());
    int learned = n - Math.max(1, (int) (n * HELD_OUT));
    FlowSpec spec =
        FlowSpec.rnvp(axes.vectors().length, effort.couplings()).withHidden(effort.hidden());
    FlowBlueprint blueprint = new FlowBlueprint(spec);
    FlowObjective objective =
        new FlowObjective(
            blueprint,
            (random, count) -> {
              float[] x = new float[count * axes.vectors().length];
              for (int i = 0; i < count; i++) {
                int film = random.nextInt(learned);
                axes.scaled(means[film], deviations[film], random, x, i);
              }
              return x;
            },
            BATCH,
            1);
    float[] weights = NativeThreads.single(() -> trained(objective, effort.iterations()));
    SplittableRandom random = new SplittableRandom(1);
    double[][] held = new double[n - learned][axes.vectors().length];
    for (int i = 0; i < held.length; i++) {
      float[] x = new float[held[i].length];
      axes.scaled(means[learned + i], deviations[learned + i], random, x, 0);
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
              hgn.results.StudyResult.quantile(REJECTED, log));
      return new FlowPrior(fitted, weights, centre, axes.unscaling());
    }
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

  private static double[] columns(
      double[][] rows, java.util.function.ToDoubleFunction<double[]> of) {
    return IntStream.range(0, rows[0].length)
        .mapToDouble(j -> of.applyAsDouble(Arrays.stream(rows).mapToDouble(r -> r[j]).toArray()))
        .toArray();
  }

  /**
   * Principal axes of posterior samples.
   *
   * @param centre their mean
   * @param vectors orthonormal, [k][d]
   * @param deviations along them
   */
  private record Axes(double[] centre, double[][] vectors, double[] deviations) {

    /** A sample of a posterior in units of the deviations, into row i of x. */
    void scaled(double[] mean, double[] deviation, RandomGenerator random, float[] x, int i) {
      double[] z = new double[mean.length];
      Arrays.setAll(z, j -> mean[j] + deviation[j] * random.nextGaussian() - centre[j]);
      for (int k = 0; k < vectors.length; k++) {
        double sum = 0;
        for (int j = 0; j < z.length; j++) {
          sum += vectors[k][j] * z[j];
        }
        x[i * vectors.length + k] = (float) (sum / deviations[k]);
      }
    }

    double[][] unscaling() {
      return IntStream.range(0, vectors.length)
          .mapToObj(k -> Arrays.stream(vectors[k]).map(v -> v * deviations[k]).toArray())
          .toArray(double[][]::new);
    }
  }

  /** Those along which films differ by more than the noise of one, two at least. */
  private static Axes axes(double[][] means, double[] centre, double... noise) {
    int d = centre.length;
    double[][] covariance = new double[d][d];
    for (double[] mean : means) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          double product = (mean[i] - centre[i]) * (mean[j] - centre[j]) / means.length;
          covariance[i][j] += product;
          covariance[j][i] += i == j ? 0 : product;
        }
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance));
    List<double[]> vectors = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int k = 0; k < Math.min(d, MOST_DIRECTIONS); k++) {
      double[] v = eigen.getEigenvector(k).toArray();
      double own = IntStream.range(0, d).mapToDouble(j -> v[j] * v[j] * noise[j]).sum();
      double between = Math.max(0, eigen.getRealEigenvalue(k));
      if (between > own || k < FlowSpec.LEAST_COUPLED) {
        vectors.add(v);
        deviations.add(Math.sqrt(Math.max(1e-12, between + own)));
      }
    }
    return new Axes(
        centre,
        vectors.toArray(double[][]::new),
        deviations.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Writes it beside the weights. */
  void write(Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("spec", Tensor.ofText(Json.compact(fitted)));
    arrays.put("weights", new Tensor(weights, weights.length));
    arrays.put("centre", new Tensor(centre, centre.length));
    double[] flat = Arrays.stream(axes).flatMapToDouble(Arrays::stream).toArray();
    arrays.put("axes", new Tensor(flat, axes.length, centre.length));
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
    byte[] text = Npz.require(arrays, "spec", byte[].class, file);
    Fitted fitted =
        Json.parse(new String(text, java.nio.charset.StandardCharsets.UTF_8), Fitted.class);
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
    return new FlowPrior(fitted, Npz.require(arrays, "weights", float[].class, file), centre, axes);
  }
}
