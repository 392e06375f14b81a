package hgn.training;

/**
 * How an HGN is trained, beside what all models have in common.
 *
 * @param framesPerStep how many target frames a step decodes, drawn at random below the horizon: an
 *     unbiased estimate of the mean over all; 0 decodes all, as in the paper
 * @param horizon how far the targets reach
 * @param geco constants of the multiplier; unused where the model is deterministic
 * @param framesPerDecode how many frames pass the decoder at once: 1 keeps its activations in a
 *     CPU's cache, a GPU wants all; changes no result beyond round-off
 * @param reversible whether the backward pass recomputes the rollout by running it backward instead
 *     of keeping it, so that memory does not grow with the horizon
 */
public record HgnTraining(
    int framesPerStep, Horizon horizon, Geco.Spec geco, int framesPerDecode, boolean reversible) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public HgnTraining {
    if (framesPerStep < 0 || framesPerDecode < 1) {
      throw new IllegalArgumentException(
          "frames per step %d, frames per decode %d: expected ≥ 0 and ≥ 1"
              .formatted(framesPerStep, framesPerDecode));
    }
  }
}
