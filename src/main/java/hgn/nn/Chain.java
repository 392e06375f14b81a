package hgn.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Layers one after another.
 *
 * @param layers the first is applied first
 */
public record Chain(List<Layer> layers) implements Layer {

  /** Copies the list. */
  public Chain {
    layers = List.copyOf(layers);
  }

  @Override
  public NDArray forward(NDArray x) {
    NDArray y = x;
    for (Layer layer : layers) {
      y = layer.forward(y);
    }
    return y;
  }

  /**
   * The reverse sweep. The forward sweep stops at the last layer whose Jacobian needs its input.
   */
  @Override
  public NDArray pullback(NDArray x, NDArray dy) {
    int last = lastCurved();
    NDArray[] inputs = new NDArray[layers.size()];
    NDArray y = x;
    for (int i = 0; i <= last; i++) {
      inputs[i] = y;
      if (i < last) {
        y = layers.get(i).forward(y);
      }
    }
    NDArray cotangent = dy;
    for (int i = layers.size() - 1; i >= 0; i--) {
      cotangent = layers.get(i).pullback(inputs[i], cotangent);
    }
    return cotangent;
  }

  @Override
  public boolean affine() {
    return lastCurved() < 0;
  }

  private int lastCurved() {
    int last = layers.size() - 1;
    while (last >= 0 && layers.get(last).affine()) {
      last--;
    }
    return last;
  }
}
