package hgn.training;

import hgn.data.Batches;
import hgn.data.Films;
import hgn.data.Upload;
import hgn.io.Text;
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
          Text.of(
              "films of %d frames are too short: this training needs %d, for %d frames that are"
                  + " seen, its farthest target and its longest shift",
              films.frames(), training.longestClip(spec), spec.contextFrames()));
    }
  }

  @Override
  public Upload batch(long iteration) {
    int[] indices = batches.indices(iteration);
    int length = training.clip(spec, iteration, films.frames());
    int[] first = new int[indices.length];
    if (length < films.frames() && training.windows().anywhere()) {
      SplittableRandom random = new SplittableRandom(seed + 31 * iteration);
      first = random.ints(indices.length, 0, films.frames() - length + 1).toArray();
    }
    return films.upload(length, first, indices);
  }
}
