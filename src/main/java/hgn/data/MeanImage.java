package hgn.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The mean image of films, and means over films a batch at a time. */
final class MeanImage {
  /** Films that means are estimated over: the first so many. */
  static final int SUBSET = 512;

  /** Films in memory at a time: one training batch. */
  private static final int BATCH = 16;

  private MeanImage() {}

  /** Difference of which the mean square is taken. */
  interface Difference {
    NDArray of(NDManager manager, int... indices);
  }

  /** The mean over the frames of the first 512 films: planes of size × size values. */
  static float[] of(Films films, int size) {
    return NativeThreads.single(() -> compute(films, size));
  }

  /**
   * Mean squared error of showing an image for every frame of films.
   *
   * @param count how many of the first films
   * @param first the first frame of each
   */
  static double error(float[] image, Films films, int size, int count, int first) {
    int length = films.frames() - first;
    return meanSquare(
        films,
        count,
        (manager, indices) ->
            films
                .clips(manager, length, IntStream.of(indices).map(i -> first).toArray(), indices)
                .sub(manager.create(image).reshape(1, 1, 3, size, size)));
  }

  /** The mean square of something over the first 512 films. */
  static double meanSquare(Films films, Difference difference) {
    return meanSquare(films, SUBSET, difference);
  }

  private static double meanSquare(Films films, int count, Difference difference) {
    int there = Math.min(count, films.size());
    return NativeThreads.single(() -> computeMeanSquare(there, difference));
  }

  private static float[] compute(Films films, int size) {
    double[] sum = new double[3 * size * size];
    int count = Math.min(SUBSET, films.size());
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      for (int[] indices : batches(count)) {
        try (NDManager step = manager.newSubManager()) {
          float[] part = films.frames(step, indices).sum(new int[] {0, 1}).toFloatArray();
          Arrays.setAll(sum, i -> sum[i] + part[i]);
        }
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / ((double) count * films.frames()));
    }
    return mean;
  }

  private static double computeMeanSquare(int count, Difference difference) {
    double sum = 0;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      for (int[] indices : batches(count)) {
        try (NDManager step = manager.newSubManager()) {
          NDArray squares = difference.of(step, indices).square();
          sum += squares.mean().getFloat() * indices.length;
        }
      }
    }
    return sum / count;
  }

  /** 0 … count − 1 in runs of {@link #BATCH}. */
  private static int[][] batches(int count) {
    return IntStream.range(0, (count + BATCH - 1) / BATCH)
        .mapToObj(i -> IntStream.range(i * BATCH, Math.min(count, (i + 1) * BATCH)).toArray())
        .toArray(int[][]::new);
  }
}
