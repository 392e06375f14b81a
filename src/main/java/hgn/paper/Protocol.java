package hgn.paper;

import hgn.data.DatasetSpec;

/** Frames that the encoder sees and frames that are scored: two readings of §4. */
public enum Protocol {
  /** The paper's text: the encoder sees all 31 frames, and the model reconstructs them. */
  RECONSTRUCT(DatasetSpec.PAPER_STEPS + 1, DatasetSpec.PAPER_STEPS),
  /**
   * The hard case, which the paper does not report: the encoder sees 5 frames, and the model rolls
   * out the 30 that follow.
   */
  PREDICT(5, DatasetSpec.PAPER_STEPS + 4);

  private final int contextFrames;
  private final int steps;

  Protocol(int contextFrames, int steps) {
    this.contextFrames = contextFrames;
    this.steps = steps;
  }

  /** Number of frames that the encoder sees. */
  public int contextFrames() {
    return contextFrames;
  }

  /** Steps of a trajectory: one less than its frames. */
  public int steps() {
    return steps;
  }

  /** The name in lower case. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
