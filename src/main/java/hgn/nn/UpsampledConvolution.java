package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/**
 * A nearest-neighbour doubling followed by a 3 × 3 convolution, [b, in, n, n] → [b, out, 2n, 2n].
 *
 * <p>On the doubled image two of three neighbouring taps always fall on the same source pixel, so
 * each of the four output phases is a 2 × 2 convolution of the small image: 16 multiplications
 * instead of 36, with the same result up to round-off.
 */
final class UpsampledConvolution {
  private static final int NEAREST = 0;

  private final Convolution plain;
  private final NDArray phaseWeight;
  private final NDArray phaseBias;
  private final boolean phased;
  private final int out;

  /**
   * A doubling with its convolution.
   *
   * @param weight kernel, [out, in, 3, 3]
   * @param bias [out]
   * @param phased whether to use the four 2 × 2 convolutions
   */
  UpsampledConvolution(NDArray weight, NDArray bias, boolean phased) {
    this.phased = phased;
    this.out = (int) weight.getShape().get(0);
    plain = phased ? null : new Convolution(weight, bias, 1, 1);
    phaseWeight = phased ? phases(weight) : null;
    phaseBias = phased ? NDArrays.concat(new NDList(bias, bias, bias, bias)) : null;
  }

  NDArray forward(NDArray x) {
    return phased ? interleaved(x) : plain.forward(doubled(x));
  }

  /** Every pixel as a block of 2 × 2. */
  static NDArray doubled(NDArray x) {
    Shape s = x.getShape();
    return x.getNDArrayInternal()
        .interpolation(new long[] {2 * s.get(2), 2 * s.get(3)}, NEAREST, false);
  }

  /**
   * All four phases as one convolution over the image padded by one: output cell i sees source rows
   * i−1 and i. The odd phase of row i needs rows i and i+1 and so sits in cell i+1; laid out odd
   * before even, the phases interleave into an image of 2n + 2 rows whose first and last are cut.
   * The interleaving moves whole pixels: the result has its channels last.
   */
  private NDArray interleaved(NDArray x) {
    long b = x.getShape().get(0);
    long n = x.getShape().get(2);
    NDArray y =
        Conv2d.conv2d(x, phaseWeight, phaseBias, new Shape(1, 1), new Shape(1, 1))
            .singletonOrThrow();
    return y.transpose(0, 2, 3, 1)
        .reshape(b, n + 1, n + 1, 2, 2, out)
        .transpose(0, 1, 3, 2, 4, 5)
        .reshape(b, 2 * n + 2, 2 * n + 2, out)
        .get(new NDIndex(":,1:{},1:{}", 2 * n + 1, 2 * n + 1))
        .transpose(0, 3, 1, 2);
  }

  private static NDArray phases(NDArray weight) {
    NDList kernels = new NDList();
    for (boolean oddRow : new boolean[] {true, false}) {
      NDArray rows = folded(weight, 2, oddRow);
      for (boolean oddColumn : new boolean[] {true, false}) {
        kernels.add(folded(rows, 3, oddColumn));
      }
    }
    return NDArrays.concat(kernels, 0);
  }

  /** Three taps on the doubled image as two on the small one. */
  private static NDArray folded(NDArray weight, int axis, boolean odd) {
    NDList taps = weight.split(new long[] {1, 2}, axis);
    NDArray first = taps.get(0);
    NDArray middle = taps.get(1);
    NDArray last = taps.get(2);
    return odd
        ? NDArrays.concat(new NDList(first.add(middle), last), axis)
        : NDArrays.concat(new NDList(first, middle.add(last)), axis);
  }
}
