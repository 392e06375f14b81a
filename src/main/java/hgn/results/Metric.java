package hgn.results;

import hgn.io.Text;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Key of a number, a row of numbers or a text among what was measured of a run: declared here with
 * its type, written and read through it.
 *
 * @param name the name in {@code result.json}
 * @param type the type of its values
 * @param <T> the same
 */
public record Metric<T>(String name, Class<T> type) {
  /** Standard deviation of the training sequences' errors. */
  public static final Metric<Double> TRAIN_MSE_DEVIATION = number("trainMseDeviation");

  /** Standard deviation of the test sequences' errors. */
  public static final Metric<Double> TEST_MSE_DEVIATION = number("testMseDeviation");

  /** Variance of the learned energy along training rollouts. */
  public static final Metric<Double> TRAIN_ENERGY_VARIANCE = number("trainEnergyVariance");

  /** Variance of the learned energy along test rollouts over that of H(0) across films. */
  public static final Metric<Double> NORMALISED_ENERGY_VARIANCE =
      number("testEnergyVarianceOverStarts");

  /** The same over that of the rollouts' means, as results from before the other have it. */
  public static final Metric<Double> ENERGY_VARIANCE_OVER_MEANS =
      number("testNormalisedEnergyVariance");

  /** Error of each training frame. */
  public static final Metric<double[]> TRAIN_FRAME_MSE = row("trainFrameMse");

  /** Error of each test frame. */
  public static final Metric<double[]> TEST_FRAME_MSE = row("testFrameMse");

  /** Whether the model is no better than the mean image. */
  public static final Metric<Boolean> COLLAPSED = new Metric<>("collapsed", Boolean.class);

  /** Iteration whose weights were best on the held-out films, and were kept. */
  public static final Metric<Double> BEST_ITERATION = number("bestIteration");

  /** SHA-256 of the file of weights. */
  public static final Metric<String> WEIGHTS_SHA256 = new Metric<>("weightsSha256", String.class);

  /** Error that noise on frames leaves to a perfect prediction. */
  public static final Metric<Double> NOISE_FLOOR = number("noiseFloor");

  /** Test error against the frames as they are without noise, inferred from noisy ones. */
  public static final Metric<Double> CLEAN_TEST_MSE = number("cleanTestMse");

  /** Test error against frames without noise that the best prediction of noisy ones would have. */
  public static final Metric<Double> CLEAN_FLOOR = number("cleanFloor");

  /** Test error of the weights rounded to float16. */
  public static final Metric<Double> PACKED_TEST_MSE = number("packedTestMse");

  /** A PixelHNN's error where each frame is encoded from its own pair. */
  public static final Metric<Double> AUTOENCODING_MSE = number("autoencodingMse");

  /** Variance over time of the states that a PixelHNN's encoder sees. */
  public static final Metric<Double> ENCODED_MOTION = number("encodedMotion");

  /** Variance of a PixelHNN's latent states across films. */
  public static final Metric<Double> LATENT_SPREAD = number("latentSpread");

  /** Variance over time of the states that a PixelHNN's energy makes of the first. */
  public static final Metric<Double> ROLLED_MOTION = number("rolledMotion");

  /** Variance of the learned energy across films. */
  public static final Metric<Double> ENERGY_SPREAD = number("energySpread");

  /** Whether a PixelHNN's energy says nothing. */
  public static final Metric<Boolean> HAMILTONIAN_CONSTANT =
      new Metric<>("hamiltonianConstant", Boolean.class);

  /** A collapse in words; empty where there is none. */
  public static final Metric<String> FINDING = new Metric<>("finding", String.class);

  /** Training steps without an update. */
  public static final Metric<Long> SKIPPED_STEPS = new Metric<>("skippedSteps", Long.class);

  /** Evidence lower bound of the test points, in nats. */
  public static final Metric<Double> ELBO = number("elbo");

  /** Importance-weighted bound of the test points, in nats. */
  public static final Metric<Double> BOUND = number("bound");

  /** Standard error of {@link #BOUND}. */
  public static final Metric<Double> BOUND_ERROR = number("boundError");

  /** KL divergence of the model from the target, in nats. */
  public static final Metric<Double> KL = number("kl");

  /** Standard error of {@link #KL}. */
  public static final Metric<Double> KL_ERROR = number("klError");

  /** Share of the samples that each mode of a mixture gets. */
  public static final Metric<double[]> MASSES = row("masses");

  /** Largest relative error among {@link #MASSES}. */
  public static final Metric<Double> WORST_MASS = number("worstMass");

  /** Number of a flow's weights. */
  public static final Metric<Long> PARAMETERS = new Metric<>("parameters", Long.class);

  /** {@link #BOUND} of the weights rounded to float16. */
  public static final Metric<Double> PACKED_BOUND = number("packedBound");

  /** Error of velocities on training states. */
  public static final Metric<Double> TRAIN_VELOCITY_MSE = number("trainVelocityMse");

  /** Error of velocities on test states. */
  public static final Metric<Double> TEST_VELOCITY_MSE = number("testVelocityMse");

  /** Error of states along rollouts. */
  public static final Metric<Double> ROLLOUT_STATE_MSE = number("rolloutStateMse");

  /** Error of the true energy along rollouts. */
  public static final Metric<Double> ROLLOUT_ENERGY_MSE = number("rolloutEnergyMse");

  /** {@link #ROLLOUT_ENERGY_MSE} of the weights rounded to float16. */
  public static final Metric<Double> PACKED_ROLLOUT_ENERGY_MSE = number("packedRolloutEnergyMse");

  /** Length of the rollouts in time. */
  public static final Metric<Double> ROLLOUT_TIME = number("rolloutTime");

  private static Metric<Double> number(String name) {
    return new Metric<>(name, Double.class);
  }

  private static Metric<double[]> row(String name) {
    return new Metric<>(name, double[].class);
  }

  /** Writes a value; what is no finite number was not measured, in memory as in a file. */
  public void put(Map<String, Object> metrics, T value) {
    if (!(value instanceof Double number) || Double.isFinite(number)) {
      metrics.put(name, type.cast(value));
    }
  }

  /**
   * The value, as it was measured or as it was read from a file.
   *
   * @return empty where it was not measured
   */
  public Optional<T> in(Map<String, Object> metrics) {
    Object found = metrics.get(name);
    if (found instanceof List<?> read && type == double[].class) {
      found = read.stream().mapToDouble(Metric::number).toArray();
    } else if (found instanceof Number number) {
      // JSON knows one kind of number.
      found = type == Long.class ? (Number) number.longValue() : (Number) number.doubleValue();
    }
    return type.isInstance(found) ? Optional.of(type.cast(found)) : Optional.empty();
  }

  /** Metrics that are not of their type, in words; null stands for one that was not measured. */
  static List<String> misread(Map<String, Object> metrics) {
    List<String> wrong = new ArrayList<>();
    for (Field field : Metric.class.getFields()) {
      try {
        Metric<?> metric = (Metric<?>) field.get(null);
        Object found = metrics.get(metric.name);
        boolean right = found == null || metric.in(metrics).isPresent();
        if (metric.type == double[].class && found instanceof List<?> row) {
          right = row.stream().allMatch(n -> n == null || n instanceof Number);
        }
        if (!right) {
          wrong.add(Text.of("%s of %.40s", metric.name, found));
        }
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("every metric is public", e);
      }
    }
    return wrong;
  }

  /** The number that was read; NaN for null, as which a file has what is not finite. */
  private static double number(Object read) {
    return read instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
