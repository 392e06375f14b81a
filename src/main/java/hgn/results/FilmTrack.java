package hgn.results;

import hgn.io.Text;

/**
 * One of the films that play side by side, with its own clock.
 *
 * @param frames what is shown, with its label
 * @param delay how many steps after the first one its first frame is shown
 * @param start time of its first frame
 * @param dt time between two of its frames; negative runs backward
 */
public record FilmTrack(FrameSequence frames, int delay, double start, double dt) {

  /**
   * Checks delay and step.
   *
   * @throws IllegalArgumentException if the delay is negative, the step is 0 or there is no frame
   */
  public FilmTrack {
    if (delay < 0 || dt == 0 || frames.frames().length == 0) {
      throw new IllegalArgumentException(
          Text.of(
              "film '%s' of %d frames, delay %d, dt %s: expected a frame, no negative delay, dt not"
                  + " 0",
              frames.label(), frames.frames().length, delay, dt));
    }
  }

  /** Label of the film. */
  public String label() {
    return frames.label();
  }

  /** Number of frames. */
  public int length() {
    return frames.frames().length;
  }

  /**
   * The time of a frame.
   *
   * @param frame from 0
   */
  public double time(int frame) {
    return start + frame * dt;
  }

  /** Every n-th frame of it, its delay divided likewise. */
  FilmTrack every(int n) {
    // Steps that are shown are multiples of n, so a delay in between begins with a later frame.
    int first = Math.floorMod(-delay, n);
    float[][] kept = new float[(length() - first + n - 1) / n][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = frames.frames()[first + n * i];
    }
    return new FilmTrack(
        new FrameSequence(label(), frames.size(), kept), (delay + first) / n, time(first), n * dt);
  }
}
