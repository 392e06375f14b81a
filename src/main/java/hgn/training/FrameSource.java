package hgn.training;

import hgn.data.Upload;

/** Source of training sequences. */
@FunctionalInterface
public interface FrameSource {

  /**
   * The sequences of one step: a function of the iteration alone, so that a resumed run sees the
   * same ones.
   *
   * @param iteration from 0
   * @return what [batch, frames, 3, size, size] is made of, values in [0, 1]
   */
  Upload batch(long iteration);
}
