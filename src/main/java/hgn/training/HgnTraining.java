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
 */
public record HgnTraining(int framesPerStep, Horizon horizon, Geco.Spec geco, boolean reversible) {

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

  /** The same with targets that reach another way. */
  public HgnTraining withHorizon(Horizon other) {
    return new HgnTraining(framesPerStep, other, geco, reversible);
  }
}
