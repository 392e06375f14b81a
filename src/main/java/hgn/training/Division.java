package hgn.training;

import hgn.io.Text;

/**
 * Division of a step's work. Changes no result beyond round-off.
 *
 * @param shards parts of the batch that are worked on at once, each by one native thread; 1 for the
 *     whole batch, its operations spread over all native threads
 * @param framesPerDecode how many frames pass the decoder at once: few keep its activations in a
 *     CPU's cache, a GPU wants all
 * @see Compute#division
 */
public record Division(int shards, int framesPerDecode) {
  /** One shard, one frame after the other: for tests. */
  public static final Division NONE = new Division(1, 1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public Division {
    if (shards < 1 || framesPerDecode < 1) {
      throw new IllegalArgumentException(
          Text.of(
              "%d shards of the batch, %d frames a decode, expected at least one of each",
              shards, framesPerDecode));
    }
  }

  /**
   * Beginnings of the parts of a batch, and the end of the last one.
   *
   * @param batch how many sequences
   * @return rising from 0 to the batch; parts differ in length by one at most, and none is empty
   */
  int[] cuts(int batch) {
    int parts = Math.min(shards, batch);
    int[] cuts = new int[parts + 1];
    for (int i = 0; i <= parts; i++) {
      cuts[i] = i * batch / parts;
    }
    return cuts;
  }
}
