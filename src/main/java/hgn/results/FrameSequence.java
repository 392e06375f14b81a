package hgn.results;

import hgn.io.Text;

/**
 * A labelled film strip.
 *
 * @param label what it shows, for example "truth" or "forward"
 * @param size height and width of a frame in pixels
 * @param frames one array a frame: red, green and blue planes of size × size values in [0, 1], row
 *     by row
 */
public record FrameSequence(String label, int size, float[][] frames) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if a frame has not 3 × size × size values
   */
  public FrameSequence {
    for (float[] frame : frames) {
      if (frame.length != 3 * size * size) {
        throw new IllegalArgumentException(
            Text.of(
                "a frame of '%s' has %d values, expected 3 × %d × %d",
                label, frame.length, size, size));
      }
    }
  }

  /** The same under another label. */
  public FrameSequence named(String other) {
    return new FrameSequence(other, size, frames);
  }
}
