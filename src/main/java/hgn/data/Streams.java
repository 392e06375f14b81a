package hgn.data;

import hgn.io.Hashes;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random streams addressed by what they are for instead of by when they are asked for, so that
 * nothing depends on the order of the work, the chunks or the number of threads.
 */
final class Streams {

  /**
   * Purpose of a stream of random numbers. Its number is part of every stored trajectory: never
   * reuse one.
   */
  enum Use {
    /** The initial state of a trajectory. */
    START(1),
    /** Noise on the stored states of a trajectory. */
    STATES(2),
    /** Noise on the rendered positions of a trajectory. */
    POSITIONS(3),
    /** A second, independent draw of the same, to measure what the noise costs. */
    POSITIONS_AGAIN(4),
    /** The order of an epoch. */
    ORDER(5),
    /** Noise on the pixels of a frame. */
    PIXELS(6);

    private final int number;

    Use(int number) {
      this.number = number;
    }
  }

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Streams() {}

  /**
   * The stream of one use and one item.
   *
   * @param seed the dataset's seed
   * @param use what for
   * @param group for example the split's number
   * @param index for example the trajectory's
   * @return a fresh generator, always the same for the same arguments
   */
  static RandomGenerator stream(long seed, Use use, long group, long index) {
    long state = Hashes.mix(seed + GOLDEN);
    state = Hashes.mix(state ^ Hashes.mix(use.number + GOLDEN));
    state = Hashes.mix(state + group * GOLDEN);
    return new SplittableRandom(Hashes.mix(state + index * GOLDEN));
  }
}
