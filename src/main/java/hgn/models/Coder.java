package hgn.models;

/** Encoder and decoder of the frames of a PixelHNN (§A.3). */
public enum Coder {
  /** Perceptrons of four ReLU layers, 200 units: "HNN" in the paper's tables. */
  PERCEPTRON,
  /** The convolutions of the compact HGN: "HNN (conv)" at small budgets. */
  COMPACT,
  /** §A.1's convolutions: the paper's "HNN (conv)". */
  PAPER;

  /** The name in lower case. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
