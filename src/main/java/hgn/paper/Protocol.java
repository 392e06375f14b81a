package hgn.paper;

import hgn.data.DatasetSpec;

/** What the encoder sees and what is scored (PAPER.md, point 2). */
public enum Protocol {
  /** The paper's text: the encoder sees all 31 frames, and the model reconstructs them. */
  RECONSTRUCT(DatasetSpec.PAPER_STEPS + 1, DatasetSpec.PAPER_STEPS),
  /**
   * What the reproduction found to be the hard case: the encoder sees 5 frames, and the model rolls
   * out the 30 that follow.
   */
  PREDICT(5, DatasetSpec.PAPER_STEPS + 4);

  private final int contextFrames;
  private final int steps;

  Protocol(int contextFrames, int steps) {
    this.contextFrames = contextFrames;
    this.steps = steps;
  }

  /** How many frames the encoder sees. */
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
