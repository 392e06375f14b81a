package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The same values under another shape, batch axis untouched.
 *
 * @param from shape of one input, without the batch
 * @param to shape of one output, without the batch
 */
public record Reshape(Shape from, Shape to) implements Layer {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Reshape {
    if (from.size() != to.size()) {
      throw new IllegalArgumentException("%s does not fit into %s".formatted(from, to));
    }
  }

  @Override
  public NDArray forward(NDArray x) {
    return x.reshape(new Shape(x.getShape().get(0)).addAll(to));
  }

  @Override
  public NDArray pullback(NDArray x, NDArray dy) {
    return dy.reshape(new Shape(dy.getShape().get(0)).addAll(from));
  }

  @Override
  public boolean affine() {
    return true;
  }
}
