package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import hgn.data.Permutations;
import hgn.data.Upload;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Places of the frames of each film of a batch in its clip.
 *
 * @param context frames that the encoder sees
 * @param seen the first of them
 * @param state the frame that the inferred state belongs to
 * @param direction of time: 1 or −1
 * @param shift steps to the second window, in the direction of time; empty where there is none
 */
record Cut(int context, int[] seen, int[] state, int[] direction, int[] shift) {

  /**
   * Draws the cut of a batch. Where neither a direction nor a shift is to be drawn, nothing is
   * taken from the generator.
   *
   * @param frames of a clip
   * @param films of the batch
   * @param context frames that the encoder sees
   * @param state which of them the inferred state belongs to
   * @param bothWays whether half of the films run backward
   * @param longest shift; 0 for none
   * @param random where from
   */
  static Cut drawn(
      int frames,
      int films,
      int context,
      int state,
      boolean bothWays,
      int longest,
      RandomGenerator random) {
    int[] direction = new int[films];
    Arrays.fill(direction, 1);
    if (bothWays) {
      int[] order = Permutations.of(films, random);
      for (int i = 0; i < films / 2; i++) {
        direction[order[i]] = -1;
      }
    }
    int[] seen = new int[films];
    Arrays.setAll(seen, film -> direction[film] > 0 ? 0 : frames - context);
    int[] states = Arrays.stream(seen).map(first -> first + state).toArray();
    int[] shift = longest == 0 ? new int[0] : shifts(films, longest, random);
    return new Cut(context, seen, states, direction, shift);
  }

  /** Every film its own, in equal shares from 1 to the longest. */
  private static int[] shifts(int films, int longest, RandomGenerator random) {
    int[] order = Permutations.of(films, random);
    int[] shift = new int[films];
    for (int film = 0; film < films; film++) {
      double share = (order[film] + random.nextDouble()) / films;
      shift[film] = Math.min(longest, 1 + (int) (share * longest));
    }
    return shift;
  }

  /** The same of some films. */
  Cut of(int from, int to) {
    return new Cut(
        context,
        Arrays.copyOfRange(seen, from, to),
        Arrays.copyOfRange(state, from, to),
        Arrays.copyOfRange(direction, from, to),
        shifted() ? Arrays.copyOfRange(shift, from, to) : shift);
  }

  boolean shifted() {
    return shift.length > 0;
  }

  /** The shifts as times of a rollout, each film its own. */
  TargetTimes arrivals() {
    int[] times = Arrays.stream(shift).sorted().distinct().toArray();
    int[] own = Arrays.stream(shift).map(s -> Arrays.binarySearch(times, s)).toArray();
    return new TargetTimes(times, new int[][] {own});
  }

  /** Whether time runs forward in all films. */
  boolean forward() {
    return Arrays.stream(direction).allMatch(d -> d > 0);
  }

  /** 1 and −1, to be sent to a device: [films]. */
  Upload signs() {
    return TargetTimes.numbers(direction);
  }

  /** The frames that the encoder sees, [films, context, …]. */
  NDArray window(NDArray clips) {
    return windows(clips, seen);
  }

  /** The frames of the second window, [films, context, …]. */
  NDArray laterWindow(NDArray clips) {
    int[] later = new int[seen.length];
    Arrays.setAll(later, film -> seen[film] + direction[film] * shift[film]);
    return windows(clips, later);
  }

  private NDArray windows(NDArray clips, int[] first) {
    if (Arrays.stream(first).distinct().count() == 1) {
      return clips.get(new NDIndex(":,{}:{}", first[0], first[0] + context));
    }
    NDList windows = new NDList();
    for (int film = 0; film < first.length; film++) {
      windows.add(clips.get(new NDIndex("{},{}:{}", film, first[film], first[film] + context)));
    }
    return NDArrays.stack(windows);
  }
}
