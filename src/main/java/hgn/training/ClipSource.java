package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.Films;
import hgn.models.HgnSpec;
import java.util.SplittableRandom;

/**
 * The clips that an HGN is trained on: whole films, or as much of each as a step needs.
 *
 * @param films where they are cut from
 * @param batches which films a step has
 * @param spec of the model
 * @param training what a step needs
 * @param seed of where clips begin
 */
public record ClipSource(
    Films films, Batches batches, HgnSpec spec, HgnTraining training, long seed)
    implements FrameSource {

  /**
   * Checks that the films are long enough.
   *
   * @throws IllegalArgumentException saying how long they have to be
   */
  public ClipSource {
    if (films.frames() < training.longestClip(spec)) {
      throw new IllegalArgumentException(
          ("films of %d frames are too short: this training needs %d, for %d frames that are seen,"
                  + " its farthest target and its longest shift")
              .formatted(films.frames(), training.longestClip(spec), spec.contextFrames()));
    }
  }

  @Override
  public NDArray batch(NDManager manager, long iteration) {
    int[] indices = batches.indices(iteration);
    int length = training.clip(spec, iteration, films.frames());
    if (length == films.frames()) {
      return films.frames(manager, indices);
    }
    int[] first = new int[indices.length];
    if (training.windows().anywhere()) {
      SplittableRandom random = new SplittableRandom(seed + 31 * iteration);
      first = random.ints(indices.length, 0, films.frames() - length + 1).toArray();
    }
    return films.clips(manager, length, first, indices);
  }
}
