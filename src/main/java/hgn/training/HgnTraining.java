package hgn.training;

/**
 * How an HGN is trained, beside what all models have in common.
 *
 * @param framesPerStep how many target frames a step decodes, drawn at random below the horizon: an
 *     unbiased estimate of the mean over all; 0 decodes all, as in the paper
 * @param horizon how far the targets reach
 * @param geco constants of the multiplier; unused where the model is deterministic
 * @param reversible whether the backward pass recomputes the rollout by running it backward instead
 *     of keeping it, so that memory does not grow with the horizon
 * @param draw how the target frames are drawn; null, which a spec's text leaves out, where all
 *     films share them: specs from before the choice keep their keys
 */
public record HgnTraining(
    int framesPerStep, Horizon horizon, Geco.Spec geco, boolean reversible, FrameDraw draw) {

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
    draw = draw == FrameDraw.SHARED ? null : draw;
  }

  /** Frames that all films share. */
  public HgnTraining(int framesPerStep, Horizon horizon, Geco.Spec geco, boolean reversible) {
    this(framesPerStep, horizon, geco, reversible, null);
  }

  /** How the target frames are drawn. */
  public FrameDraw frameDraw() {
    return draw == null ? FrameDraw.SHARED : draw;
  }

  /** The same with targets that reach another way. */
  public HgnTraining withHorizon(Horizon other) {
    return new HgnTraining(framesPerStep, other, geco, reversible, draw);
  }

  /** The same with another multiplier. */
  public HgnTraining withGeco(Geco.Spec other) {
    return new HgnTraining(framesPerStep, horizon, other, reversible, draw);
  }

  /**
   * The same with fewer target frames a step.
   *
   * @param frames of each film
   * @param way how they are drawn
   */
  public HgnTraining withFrames(int frames, FrameDraw way) {
    return new HgnTraining(frames, horizon, geco, reversible, way);
  }
}
