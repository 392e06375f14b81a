package hgn.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.io.Text;

/**
 * Films of equal length, to learn from or to be judged by: drawn from simulated states ({@link
 * Split}) or the user's own ({@link FilmWindows}). Immutable; safe for several threads.
 */
public sealed interface Films permits Split, FilmWindows {

  /** Number of films. */
  int size();

  /** Frames of a film: steps + 1. */
  int frames();

  /**
   * Whole films on the device of the manager.
   *
   * @param manager owner of the result
   * @param indices which films, at least one
   * @return frames in [0, 1] but for noise on pixels, [n, steps + 1, 3, size, size], float32
   * @throws IndexOutOfBoundsException naming an index that there is not
   */
  default NDArray frames(NDManager manager, int... indices) {
    return owned(manager, upload(indices));
  }

  /**
   * A few successive frames of films: the same ones that {@link #frames} has there.
   *
   * @param manager owner of the result
   * @param length how many frames of each
   * @param first the first frame of each film, as many as indices
   * @param indices which films, at least one
   * @return frames in [0, 1] but for noise on pixels, [n, length, 3, size, size], float32
   * @throws IndexOutOfBoundsException naming a clip that there is not
   */
  default NDArray clips(NDManager manager, int length, int[] first, int... indices) {
    return owned(manager, upload(length, first, indices));
  }

  private static NDArray owned(NDManager manager, Upload upload) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray films = upload.on(scratch);
      films.attach(manager);
      return films;
    }
  }

  /** Whole films before they are sent to a device. */
  default Upload upload(int... indices) {
    return upload(frames(), new int[indices.length], indices);
  }

  /**
   * The same before it is sent to a device: frames that are rendered are rendered there.
   *
   * @param length how many frames of each
   * @param first the first frame of each film, as many as indices
   * @param indices which films, at least one
   * @return what {@link #clips} is made of
   * @throws IndexOutOfBoundsException naming a clip that there is not
   */
  Upload upload(int length, int[] first, int... indices);

  /** The same films without noise on their frames, where that is known; else these. */
  default Films clean() {
    return this;
  }

  /**
   * Refuses a clip that reaches beyond its film.
   *
   * @throws IndexOutOfBoundsException if it does
   */
  static void requireClip(int first, int length, int frames) {
    if (first < 0 || first + length > frames) {
      throw new IndexOutOfBoundsException(
          Text.of("frames %d to %d of films of %d frames", first, first + length - 1, frames));
    }
  }
}
