package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;

/**
 * y = W x + b.
 *
 * @param weight W, [out, in]
 * @param bias b, [out]
 */
public record Dense(NDArray weight, NDArray bias) implements Layer {

  @Override
  public NDArray forward(NDArray x) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  @Override
  public NDArray pullback(NDArray x, NDArray dy) {
    return dy.matMul(weight);
  }

  @Override
  public boolean affine() {
    return true;
  }
}
