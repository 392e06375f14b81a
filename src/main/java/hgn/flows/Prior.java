package hgn.flows;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Scalars;
import hgn.nn.Activation;
import java.util.random.RandomGenerator;

/**
 * The simple density that a flow transforms, the same in every coordinate.
 *
 * @param kind which
 * @param width σ of the soft-uniform density, the length of its plateau; unused by the normal one
 * @param sharpness β of the soft-uniform density
 */
public record Prior(Kind kind, double width, double sharpness) {

  /** The normal density of mean 0 and deviation 1. */
  public static final Prior NORMAL = new Prior(Kind.NORMAL, 1, 1);

  /**
   * §4: σ and β are not stated. As wide as a normal density (σ²/12 is about 1), with soft edges.
   */
  public static final Prior SOFT_UNIFORM = new Prior(Kind.SOFT_UNIFORM, 3.5, 5);

  private static final double LN_2_PI = Math.log(2 * Math.PI);

  /** Kinds of prior density. */
  public enum Kind {
    /** exp(−s²/2) / √(2π). */
    NORMAL,
    /**
     * f(β(s+σ/2))·f(−β(s−σ/2)) · (1 − e^(−βσ))/σ with the logistic f (§4, "soft-uniform"). Because
     * f(a)·f(−b) = (f(a) − f(b)) / (1 − e^(b−a)), it is the density of a uniform number on (−σ/2,
     * σ/2) plus a logistic one of scale 1/β: that is its exact normaliser and its exact sampler.
     */
    SOFT_UNIFORM
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if width or sharpness is not positive
   */
  public Prior {
    if (!(width > 0) || !(sharpness > 0)) {
      throw new IllegalArgumentException(
          "prior of width %s and sharpness %s, expected both positive".formatted(width, sharpness));
    }
  }

  /** "normal" or "soft-uniform". */
  public String id() {
    return kind == Kind.NORMAL ? "normal" : "soft-uniform";
  }

  /**
   * The logarithm of the density, normalised.
   *
   * @param s points, [batch, d]
   * @return [batch]
   */
  public NDArray logDensity(NDArray s) {
    double d = (double) s.getShape().get(1);
    if (kind == Kind.NORMAL) {
      return Scalars.plus(Scalars.times(s.square().sum(new int[] {1}), -0.5), -0.5 * d * LN_2_PI);
    }
    NDArray left =
        Activation.SOFTPLUS.forward(Scalars.times(Scalars.plus(s, width / 2), -sharpness));
    NDArray right =
        Activation.SOFTPLUS.forward(Scalars.times(Scalars.plus(s, -width / 2), sharpness));
    double logNormaliser = Math.log(width) - Math.log1p(-Math.exp(-sharpness * width));
    return Scalars.plus(left.add(right).sum(new int[] {1}).neg(), -d * logNormaliser);
  }

  /**
   * Independent numbers of this density.
   *
   * @param random whence
   * @param count how many
   */
  public float[] sample(RandomGenerator random, int count) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = (float) (kind == Kind.NORMAL ? random.nextGaussian() : softUniform(random));
    }
    return out;
  }

  private double softUniform(RandomGenerator random) {
    // Kept off 0 and 1, which the logistic's quantile would send to infinity.
    double u = Math.max(0x1p-54, random.nextDouble());
    return (random.nextDouble() - 0.5) * width + Math.log(u / (1 - u)) / sharpness;
  }
}
