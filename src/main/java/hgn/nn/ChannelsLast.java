package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Images whose channels lie side by side in memory, under the usual shape [batch, channels, height,
 * width]. The engine sees it by the strides, and what it computes from such images lies so too: its
 * convolutions then take them as they are, where they would reorder them at every call. Values
 * change by round-off at most.
 */
public final class ChannelsLast {

  private ChannelsLast() {}

  /**
   * The same images with channels last.
   *
   * @param x [batch, channels, height, width]
   * @return the same shape and values
   */
  public static NDArray of(NDArray x) {
    Shape s = x.getShape();
    // Flattening is what makes the engine copy; a transposition alone is a view.
    NDArray dense =
        x.transpose(0, 2, 3, 1).flatten().reshape(s.get(0), s.get(2), s.get(3), s.get(1));
    return dense.transpose(0, 3, 1, 2);
  }
}
