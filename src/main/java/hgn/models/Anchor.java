package hgn.models;

/** Frame that the inferred state belongs to, of those that the encoder sees. */
public enum Anchor {
  /** The first: the paper's, where all frames are seen. */
  START,
  /** The middle one: HGN++'s "forward–backward". */
  MIDDLE,
  /** The last: HGN++'s "forward". */
  END;

  /**
   * Number of that frame.
   *
   * @param context frames that the encoder sees
   * @return from 0
   */
  public int frame(int context) {
    return switch (this) {
      case START -> 0;
      case MIDDLE -> context / 2;
      case END -> context - 1;
    };
  }
}
