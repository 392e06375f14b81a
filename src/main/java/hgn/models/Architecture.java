package hgn.models;

/** The two shapes of an HGN. */
public enum Architecture {
  /**
   * A vector latent of 16 + 16, energies as perceptrons, a strided encoder. Learns an order of
   * magnitude faster; the default of the quick budget. Not the paper's.
   */
  COMPACT,
  /** §A.1: a spatial latent of 4 × 4 × (16 + 16) and convolutional energies. */
  PAPER;

  /** The name in lower case. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
