package hgn.training;

import hgn.io.Records;
import hgn.io.Records.Default;

/**
 * How an HGN is trained, beside what all models have in common.
 *
 * @param framesPerStep how many target frames a step decodes, drawn at random below the horizon: an
 *     unbiased estimate of the mean over all; 0 decodes all, as in the paper
 * @param horizon how far the targets reach
 * @param geco constants of the multiplier; unused where the model is deterministic
 * @param reversible whether the backward pass recomputes the rollout by running it backward instead
 *     of keeping it, so that memory does not grow with the horizon
 * @param draw how the target frames are drawn
 */
public record HgnTraining(
    int framesPerStep,
    Horizon horizon,
    Geco.Spec geco,
    boolean reversible,
    @Default("SHARED") FrameDraw draw) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public HgnTraining {
    if (framesPerStep < 0) {
      throw new IllegalArgumentException(
          "frames per step %d, expected at least 0".formatted(framesPerStep));
    }
  }

  /** Frames that all films share. */
  public HgnTraining(int framesPerStep, Horizon horizon, Geco.Spec geco, boolean reversible) {
    this(framesPerStep, horizon, geco, reversible, FrameDraw.SHARED);
  }

  /** The same with targets that reach another way. */
  public HgnTraining withHorizon(Horizon other) {
    return Records.with(this, "horizon", other);
  }

  /** The same with another multiplier. */
  public HgnTraining withGeco(Geco.Spec other) {
    return Records.with(this, "geco", other);
  }

  /**
   * The same with fewer target frames a step.
   *
   * @param frames of each film
   * @param way how they are drawn
   */
  public HgnTraining withFrames(int frames, FrameDraw way) {
    return Records.with(this, "framesPerStep", frames, "draw", way);
  }
}
