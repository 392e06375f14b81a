package hgn.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Streams.Use;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Trajectories of one system: states in memory, frames rendered when asked for. Immutable; safe for
 * several threads.
 */
public final class Dataset {
  /** Sequences that the mean image and the errors below are estimated over: the first so many. */
  private static final int SUBSET = 512;

  /** Sequences rendered at a time: one training batch. */
  private static final int RENDERED = 16;

  private final DatasetSpec spec;
  private final Split train;
  private final Split test;
  private volatile float[] meanImage;

  private Dataset(DatasetSpec spec, States... splits) {
    this.spec = spec;
    this.train = new Split(spec, 0, splits[0]);
    this.test = new Split(spec, 1, splits[1]);
  }

  /**
   * The dataset of a spec: read from {@link DatasetSpec#file} where it is there, else simulated and
   * written there. The write is atomic, so two processes that make the same one do not disturb each
   * other.
   *
   * @param spec what it holds
   * @param workspace where datasets are cached
   * @param progress told how many trajectories are simulated; not called when the file is there
   * @return the dataset
   * @throws UserError if the file is damaged or holds something else (it is then left as it is), or
   *     the folder cannot be written
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static Dataset open(DatasetSpec spec, Workspace workspace, Progress progress) {
    return open(spec, workspace, progress, Runtime.getRuntime().availableProcessors());
  }

  static Dataset open(DatasetSpec spec, Workspace workspace, Progress progress, int threads) {
    Path file = spec.file(workspace);
    if (Files.exists(file)) {
      return new Dataset(spec, Archive.read(file, spec));
    }
    States[] splits = new Generator(spec, threads).generate(progress);
    Archive.write(file, spec, splits);
    return new Dataset(spec, splits);
  }

  /** What it holds. */
  public DatasetSpec spec() {
    return spec;
  }

  /** The trajectories to learn from. */
  public Split train() {
    return train;
  }

  /** The trajectories to be judged by. */
  public Split test() {
    return test;
  }

  /**
   * Mean over the frames of the first 512 training sequences: what a model that has learned nothing
   * but the average would show.
   *
   * @return red, green and blue planes of size × size values in [0, 1], row by row
   */
  public float[] meanImage() {
    float[] known = meanImage;
    if (known == null) {
      known = NativeThreads.single(this::computeMeanImage);
      meanImage = known;
    }
    return known.clone();
  }

  private float[] computeMeanImage() {
    double[] sum = new double[3 * spec.imageSize() * spec.imageSize()];
    int sequences = Math.min(SUBSET, train.size());
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int[] indices : batches(sequences)) {
        try (NDManager step = manager.newSubManager()) {
          NDArray frames = train.frames(step, indices);
          float[] part = frames.sum(new int[] {0, 1}).toFloatArray();
          Arrays.setAll(sum, i -> sum[i] + part[i]);
        }
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / ((double) sequences * train.frames()));
    }
    return mean;
  }

  /**
   * Mean squared error per value of predicting {@link #meanImage()} for each frame of the first 512
   * test sequences: the score of a model that has collapsed.
   */
  public double meanImageMse() {
    int size = spec.imageSize();
    float[] mean = meanImage();
    return meanOverTest(
        (manager, indices) -> {
          NDArray image = manager.create(mean).reshape(1, 1, 3, size, size);
          return test.frames(manager, indices).sub(image);
        });
  }

  /**
   * Mean squared error that noise on the rendered positions leaves to a perfect prediction: the
   * variance of a frame given the true state, estimated as half the squared difference of two
   * independent draws of the noise over the first 512 test sequences. 0 without such noise.
   */
  public double noiseFloor() {
    if (spec.noise().positions() == 0) {
      return 0;
    }
    return meanOverTest(
            (manager, indices) ->
                test.frames(manager, Use.POSITIONS, indices)
                    .sub(test.frames(manager, Use.POSITIONS_AGAIN, indices)))
        / 2;
  }

  private interface Difference {
    NDArray of(NDManager manager, int... indices);
  }

  private double meanOverTest(Difference difference) {
    return NativeThreads.single(() -> computeMeanOverTest(difference));
  }

  private double computeMeanOverTest(Difference difference) {
    int sequences = Math.min(SUBSET, test.size());
    double sum = 0;
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int[] indices : batches(sequences)) {
        try (NDManager step = manager.newSubManager()) {
          NDArray squares = difference.of(step, indices).square();
          sum += squares.mean().getFloat() * indices.length;
        }
      }
    }
    return sum / sequences;
  }

  /** 0 … count − 1 in runs of {@link #RENDERED}. */
  private static int[][] batches(int count) {
    return IntStream.range(0, (count + RENDERED - 1) / RENDERED)
        .mapToObj(i -> IntStream.range(i * RENDERED, Math.min(count, (i + 1) * RENDERED)).toArray())
        .toArray(int[][]::new);
  }
}
