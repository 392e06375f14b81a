package hgn.training;

/** Draw of a step's target frames, where a step does not decode them all. */
public enum FrameDraw {
  /** A random subset of times, the same for all films of the batch. */
  SHARED,
  /**
   * Every film its own times: the horizon is cut into as many pieces as a step decodes frames, and
   * each piece falls to one film. Unbiased like the other, but early and late frames, whose errors
   * differ most, are there in equal shares in every step.
   */
  SPREAD
}
