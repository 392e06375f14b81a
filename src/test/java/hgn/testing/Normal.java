package hgn.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** Normal numbers that are the same in every run. */
public final class Normal {
  private Normal() {}

  /** A matrix of them, float64. */
  public static NDArray matrix(NDManager manager, long seed, int rows, int columns) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return manager.create(values, new Shape(rows, columns));
  }
}
