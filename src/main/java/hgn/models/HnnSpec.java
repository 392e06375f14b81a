package hgn.models;

import hgn.io.Text;

/**
 * Spec of a PixelHNN (Greydanus et al., 2019; §A.3).
 *
 * <p>It sees pairs of successive frames, and its time runs in frames: the canonical-coordinate loss
 * p = q(t+1) − q(t) of eq. 13 has no dt.
 *
 * @param coder perceptrons or convolutions
 * @param coordinates length of q and of p: half the dimension of the true phase space, which this
 *     model has to be told
 * @param imageSize height and width of a frame, 32 or 64
 */
public record HnnSpec(Coder coder, int coordinates, int imageSize) {

  /** Frames in one observation: one frame has no momentum (§A.3). */
  public static final int PAIR = 2;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public HnnSpec {
    if (coder == null) {
      throw new IllegalArgumentException("coder is missing, expected perceptrons or convolutions");
    }
    if (coordinates < 1) {
      throw new IllegalArgumentException(
          Text.of(
              "%d coordinates, expected at least 1: half the dimension of the phase space",
              coordinates));
    }
    if (imageSize != 32 && imageSize != 64) {
      throw new IllegalArgumentException(
          Text.of("image size %d, expected 32 (§A.1) or 64 (§4)", imageSize));
    }
  }
}
