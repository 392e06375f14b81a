package hgn.data;

import hgn.io.UserError;

/**
 * A film as it was found, before it is scaled and cut.
 *
 * @param name of its folder or its place in an archive, for messages
 * @param width of every frame in pixels
 * @param height of every frame in pixels
 * @param frames one array a frame: rows of pixels of red, green and blue bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record RawFilm(String name, int width, int height, byte[][] frames) {
  static final int CHANNELS = 3;

  /** All films' bytes, at most: with the training beside them they must fit into memory. */
  private static final long LARGEST = 1L << 30;

  /** Refuses more than fits. */
  static void requireFits(String source, long frames, int width, int height) {
    long bytes = frames * width * height * CHANNELS;
    if (bytes > LARGEST) {
      throw UserError.data(
          "%s holds %d frames of %d × %d pixels, %d MB: expected at most %d MB; give fewer, shorter"
              + " or smaller films",
          source, frames, width, height, bytes >> 20, LARGEST >> 20);
    }
  }

  /** Stops where the thread was interrupted; its flag stays set. */
  static void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw new java.util.concurrent.CancellationException("interrupted while reading films");
    }
  }
}
