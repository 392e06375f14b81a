package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import hgn.io.Text;

/**
 * A two-dimensional convolution with square kernel, zero-padded on every side.
 *
 * <p>Its pullback, for stride 1, is the convolution with the kernel flipped and its channel axes
 * swapped. The flipped kernel is made once per instance, and an instance lives for one batch.
 */
public final class Convolution implements Layer {
  private final NDArray weight;
  private final NDArray bias;
  private final int stride;
  private final int padding;
  private NDArray adjointWeight;

  /**
   * A convolution.
   *
   * @param weight kernel, [out, in, k, k]
   * @param bias [out]
   * @param stride step between output pixels
   * @param padding zeros on every side
   */
  public Convolution(NDArray weight, NDArray bias, int stride, int padding) {
    this.weight = weight;
    this.bias = bias;
    this.stride = stride;
    this.padding = padding;
  }

  @Override
  public NDArray forward(NDArray x) {
    return Conv2d.conv2d(x, weight, bias, new Shape(stride, stride), new Shape(padding, padding))
        .singletonOrThrow();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedOperationException for a stride other than 1: DJL's PyTorch engine has no
   *     transposed convolution
   */
  @Override
  public NDArray pullback(NDArray x, NDArray dy) {
    if (stride != 1) {
      throw new UnsupportedOperationException(
          Text.of(
              "a convolution of stride %d has no pullback here; use SpaceToDepth and stride 1",
              stride));
    }
    if (adjointWeight == null) {
      NDArray swapped = weight.flip(2, 3).swapAxes(0, 1);
      // A swapped view would be copied again by every convolution; the flat form is laid out once.
      adjointWeight = swapped.reshape(-1).reshape(swapped.getShape());
    }
    int kernel = (int) weight.getShape().get(2);
    int adjointPadding = kernel - 1 - padding;
    return Conv2d.conv2d(
            dy, adjointWeight, null, new Shape(1, 1), new Shape(adjointPadding, adjointPadding))
        .singletonOrThrow();
  }

  @Override
  public boolean affine() {
    return true;
  }
}
