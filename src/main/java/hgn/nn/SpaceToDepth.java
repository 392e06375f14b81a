package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Each 2 × 2 block of pixels becomes one pixel of four times the channels, [b, c, 2h, 2w] → [b, 4c,
 * h, w]. A 1 × 1 convolution behind it is a 2 × 2 convolution of stride 2, with a pullback.
 */
public record SpaceToDepth() implements Layer {

  @Override
  public NDArray forward(NDArray x) {
    Shape s = x.getShape();
    long b = s.get(0);
    long c = s.get(1);
    long h = s.get(2) / 2;
    long w = s.get(3) / 2;
    return x.reshape(b, c, h, 2, w, 2).transpose(0, 1, 3, 5, 2, 4).reshape(b, 4 * c, h, w);
  }

  @Override
  public NDArray pullback(NDArray x, NDArray dy) {
    Shape s = dy.getShape();
    long b = s.get(0);
    long c = s.get(1) / 4;
    long h = s.get(2);
    long w = s.get(3);
    return dy.reshape(b, c, 2, 2, h, w).transpose(0, 1, 4, 2, 5, 3).reshape(b, c, 2 * h, 2 * w);
  }

  @Override
  public boolean affine() {
    return true;
  }
}
