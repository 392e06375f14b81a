package hgn.training;

/**
 * The weights of PixelHNN's loss beside its autoencoder's (eq. 15).
 *
 * @param canonical of L_CC, p = q(t+1) − q(t) (eq. 13)
 * @param hamiltonian of L_HNN (eq. 11)
 * @param decay of the weights: the loss has ½·decay·|θ|², whose gradient is what the original's
 *     optimizer adds
 */
public record HnnTraining(double canonical, double hamiltonian, double decay) {

  /** §A.3: 1, 0.1 and 1e-5. */
  public static final HnnTraining PAPER = new HnnTraining(1, 0.1, 1e-5);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the values
   */
  public HnnTraining {
    if (!(canonical >= 0) || !(hamiltonian >= 0) || !(decay >= 0)) {
      throw new IllegalArgumentException(
          "weights of the losses are %s, %s and %s, expected at least 0 each"
              .formatted(canonical, hamiltonian, decay));
    }
  }
}
