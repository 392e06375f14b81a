package hgn.data;

import ai.djl.Device;
import hgn.io.Gpu;

/**
 * Number of films worked on at once: few on a CPU, whose cache is small, and on a GPU as many as
 * its memory has room for.
 */
public final class Chunks {

  /** More films than this bring nothing: the GPU is full long before. */
  private static final int MOST = 1024;

  /**
   * Bytes a pixel that a decoder's widest layers take forward: four planes of 64 channels. A bound
   * from the layers' shapes, not measured on a GPU.
   */
  private static final long DECODED = 4L * 64 * Float.BYTES;

  /** The same where a backward pass needs what every layer gave. */
  private static final long TRAINED = 4 * DECODED;

  /** Bytes a pixel of a frame, with what rendering it takes. */
  private static final long RENDERED = 12L * Float.BYTES;

  private Chunks() {}

  /**
   * Films that are scored at once.
   *
   * @param device where
   * @param onCpu how many on a CPU
   * @param films at least one
   */
  public static int films(Device device, int onCpu, Films films) {
    if (!device.isGpu()) {
      return onCpu;
    }
    int imageSize = (int) films.upload(1, new int[1], 0).shape().get(3);
    return films(memory(), onCpu, films.frames(), imageSize);
  }

  /** The same where so many bytes may be used. */
  static int films(long memory, int least, int frames, int imageSize) {
    long each = (long) imageSize * imageSize * (frames * RENDERED + DECODED);
    return (int) Math.max(least, Math.min(MOST, powerOfTwo(memory / each)));
  }

  /**
   * Frames of a batch that pass the decoder at once in training on a GPU.
   *
   * @param batch films
   * @param imageSize height and width of a frame
   */
  public static int frames(int batch, int imageSize) {
    return frames(memory(), batch, imageSize);
  }

  /** The same where so many bytes may be used; half of them are for what is not the decoder. */
  static int frames(long memory, int batch, int imageSize) {
    long each = (long) batch * imageSize * imageSize * TRAINED;
    return (int) Math.max(1, Math.min(MOST, powerOfTwo(memory / 2 / each)));
  }

  private static long memory() {
    return Gpu.first().map(gpu -> gpu.share(Gpu.processes())).orElse(0L);
  }

  /** Rounded down, so that a little more or less memory changes nothing of a run that goes on. */
  private static long powerOfTwo(long n) {
    return Long.highestOneBit(Math.max(1, n));
  }
}
