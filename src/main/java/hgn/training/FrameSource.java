package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Where training sequences come from. */
@FunctionalInterface
public interface FrameSource {

  /**
   * The sequences of one step: a function of the iteration alone, so that a resumed run sees the
   * same ones.
   *
   * @param manager owner of the result, on the training device
   * @param iteration from 0
   * @return [batch, frames, 3, size, size], values in [0, 1]
   */
  NDArray batch(NDManager manager, long iteration);
}
