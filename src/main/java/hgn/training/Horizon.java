package hgn.training;

import hgn.io.Text;

/**
 * Horizon of the targets of a training step: a growing horizon leaves the plateau on which a model
 * sits when every frame is a target from the start.
 *
 * @param first frames at the start, frame 0 included
 * @param every iterations after which one more frame is added; 0 for all frames from the start, as
 *     in the paper
 */
public record Horizon(int first, int every) {

  /** Every frame from the start: the paper's. */
  public static final Horizon FULL = new Horizon(1, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public Horizon {
    if (first < 1 || every < 0) {
      throw new IllegalArgumentException(
          Text.of(
              "horizon starts at %d frames and grows every %d iterations: expected ≥ 1 and ≥ 0",
              first, every));
    }
  }

  /**
   * Number of frames that may be targets.
   *
   * @param iteration from 0
   * @param frames how many there are
   */
  public int at(long iteration, int frames) {
    return every == 0 ? frames : (int) Math.min(frames, first + iteration / every);
  }
}
