package hgn.nn;

import java.util.random.RandomGenerator;

/**
 * The law of a weight's initial values: normal.
 *
 * @param mean mean
 * @param deviation standard deviation; 0 gives constants
 */
public record Init(double mean, double deviation) {

  /** Zeros, for biases. */
  public static final Init ZERO = new Init(0, 0);

  /**
   * Keeps the variance of the activations: gain / √fanIn. He et al. (2015) for gain √2.
   *
   * @param fanIn inputs that each output sums over
   * @param gain √2 before a ReLU, 1 where nothing follows
   */
  public static Init scaled(long fanIn, double gain) {
    return new Init(0, gain / Math.sqrt((double) fanIn));
  }

  void fill(float[] values, int offset, int count, RandomGenerator random) {
    for (int i = offset; i < offset + count; i++) {
      values[i] = (float) (mean + (deviation == 0 ? 0 : deviation * random.nextGaussian()));
    }
  }
}
