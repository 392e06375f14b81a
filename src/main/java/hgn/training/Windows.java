package hgn.training;

import hgn.io.Text;
import hgn.models.HgnSpec;

/**
 * Windows of a training step in films that are longer than what the encoder sees.
 *
 * @param reach frames from the inferred state on that may be targets, its own included: the horizon
 *     grows to them
 * @param anywhere whether the clip begins at a random frame of each film, else at its first one
 * @param bothWays whether half of the films of every step run backward in time (HGN++, Higgins et
 *     al., 2021): the frames seen are then the last of the clip, the rollout has −dt and the
 *     targets come before the state
 */
public record Windows(int reach, boolean anywhere, boolean bothWays) {

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public Windows {
    if (reach < 1) {
      throw new IllegalArgumentException(
          Text.of("targets reach over %d frames, expected at least 1", reach));
    }
  }

  /**
   * Frames of each film that a step needs.
   *
   * @param spec which frames are seen and which the state belongs to
   * @param horizon how far the targets of the step reach
   * @param shift frames from the window seen to the farthest second one; 0 for none
   */
  int clip(HgnSpec spec, int horizon, int shift) {
    int before = spec.stateFrame();
    int aside = bothWays ? Math.max(before, spec.contextFrames() - 1 - before) : before;
    return Math.max(spec.contextFrames() + shift, aside + horizon);
  }
}
