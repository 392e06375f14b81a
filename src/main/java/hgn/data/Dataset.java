package hgn.data;

import hgn.data.Streams.Use;
import hgn.dynamics.Scalars;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trajectories of one system: states in memory, frames rendered when asked for. Immutable; safe for
 * several threads.
 */
public final class Dataset implements FilmData {
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

  /** Spec of the dataset. */
  public DatasetSpec spec() {
    return spec;
  }

  /** The trajectories to learn from. */
  @Override
  public Split train() {
    return train;
  }

  /** The trajectories to be judged by. */
  @Override
  public Split test() {
    return test;
  }

  @Override
  public int imageSize() {
    return spec.imageSize();
  }

  @Override
  public double dt() {
    return spec.dt();
  }

  @Override
  public String summary() {
    return Text.of(
        "%s: %d films of %d frames of %d × %d pixels to learn from, %d to be judged by",
        spec.system(),
        train.size(),
        train.frames(),
        spec.imageSize(),
        spec.imageSize(),
        test.size());
  }

  @Override
  public float[] meanImage() {
    float[] known = meanImage;
    if (known == null) {
      known = MeanImage.of(train, spec.imageSize());
      meanImage = known;
    }
    return known.clone();
  }

  /**
   * Mean squared error that noise on frames leaves to a perfect prediction. Noise on the rendered
   * positions leaves the variance of a frame given the true state, estimated as half the squared
   * difference of two independent draws of the noise over the first 512 test sequences; noise on
   * pixels leaves its own variance. 0 without such noise.
   */
  @Override
  public double noiseFloor() {
    return jitter() + spec.noise().pixels() * spec.noise().pixels();
  }

  /**
   * Mean squared error of the best prediction of noisy frames against clean ones. That prediction
   * is the average of what the noise makes of a frame: where positions are noisy, it is blurred;
   * where pixels are, it is the clean frame.
   */
  @Override
  public double blur() {
    if (spec.noise().positions() == 0) {
      return 0;
    }
    Split clean = test.clean();
    Split seen = jittered();
    double both =
        MeanImage.meanSquare(
            test,
            (manager, indices) ->
                seen.frames(manager, Use.POSITIONS, indices)
                    .add(seen.frames(manager, Use.POSITIONS_AGAIN, indices))
                    .sub(Scalars.times(clean.frames(manager, indices), 2)));
    return both / 4 - jitter() / 2;
  }

  /** Variance of frames given the true positions. */
  private double jitter() {
    if (spec.noise().positions() == 0) {
      return 0;
    }
    Split seen = jittered();
    return MeanImage.meanSquare(
            test,
            (manager, indices) ->
                seen.frames(manager, Use.POSITIONS, indices)
                    .sub(seen.frames(manager, Use.POSITIONS_AGAIN, indices)))
        / 2;
  }

  /** The test films with noise on positions alone. */
  private Split jittered() {
    return test.seenWith(spec.noise().onFrames(spec.noise().positions(), 0));
  }
}
