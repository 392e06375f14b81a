package hgn.models;

/** The convolutional energy nets of the paper's architecture. */
public enum EnergyShape {
  /** §A.1: six 3 × 3 convolutions of 64 filters, soft-plus after each, summed over space. */
  FLAT,
  /**
   * The authors' later description: 32 filters 3 × 3; 64 filters 2 × 2 with stride 2; twice 64
   * filters 2 × 2; one filter 2 × 2 with stride 2; soft-plus between, summed over space. Global:
   * its last layer sees the whole 4 × 4 latent.
   */
  PYRAMID
}
