package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.flows.Bounds;
import hgn.flows.DensityModel;
import hgn.flows.Prior;
import java.util.random.RandomGenerator;

/** Evaluation of a density model: bounds of its likelihood, and its samples. */
public final class FlowEvaluation {
  private static final int CHUNK = 8192;

  private FlowEvaluation() {}

  /**
   * Bounds of the log-likelihood of some points.
   *
   * @param elbo of each point: the mean of its log-weights
   * @param bound of each point: the logarithm of the mean of its weights, which lies above the ELBO
   *     and, on average, below the true value
   */
  public record Scores(double[] elbo, double[] bound) {}

  /**
   * Scores points.
   *
   * @param model the density
   * @param points one a row
   * @param draws momenta a point; 1 suffices where the density is exact
   * @param random of the momenta
   * @param manager parent of what is made
   */
  public static Scores score(
      DensityModel model, double[][] points, int draws, RandomGenerator random, NDManager manager) {
    int k = model.noiseDimension() == 0 ? 1 : draws;
    double[] elbo = new double[points.length];
    double[] bound = new double[points.length];
    int rows = Math.max(1, CHUNK / k);
    for (int from = 0; from < points.length; from += rows) {
      int to = Math.min(points.length, from + rows);
      try (NDManager scope = manager.newSubManager()) {
        NDArray weights = logWeights(model, points, from, to, k, random, scope);
        double[] below = Bounds.elbo(weights, k).toDoubleArray();
        System.arraycopy(below, 0, elbo, from, to - from);
        double[] above = Bounds.importanceWeighted(weights, k).toDoubleArray();
        System.arraycopy(above, 0, bound, from, to - from);
      }
    }
    return new Scores(elbo, bound);
  }

  private static NDArray logWeights(
      DensityModel model,
      double[][] points,
      int from,
      int to,
      int k,
      RandomGenerator random,
      NDManager scope) {
    int d = model.dimension();
    float[] x = new float[(to - from) * d];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) points[from + i / d][i % d];
    }
    float[] normal = Prior.NORMAL.sample(random, (to - from) * k * model.noiseDimension());
    NDArray at = scope.create(x, new Shape(to - from, d));
    NDArray noise =
        normal.length == 0 ? at : scope.create(normal, new Shape((long) (to - from) * k, d));
    NDArray weights = model.logWeight(at, noise).toType(DataType.FLOAT64, false);
    weights.attach(scope);
    return weights;
  }

  /**
   * Samples: the prior's draws carried forward, their momenta dropped.
   *
   * @param model the density
   * @param count how many
   * @param random of the prior
   * @param manager parent of what is made
   * @return one a row
   */
  public static double[][] samples(
      DensityModel model, int count, RandomGenerator random, NDManager manager) {
    double[][] out = new double[count][model.dimension()];
    for (int from = 0; from < count; from += CHUNK) {
      int n = Math.min(CHUNK, count - from);
      try (NDManager scope = manager.newSubManager()) {
        float[] base = model.prior().sample(random, n * model.priorDimension());
        NDArray x = model.generate(scope.create(base, new Shape(n, model.priorDimension())));
        x.attach(scope);
        float[] values = x.toFloatArray();
        for (int i = 0; i < values.length; i++) {
          out[from + i / model.dimension()][i % model.dimension()] = values[i];
        }
      }
    }
    return out;
  }
}
