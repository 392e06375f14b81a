package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.models.Hgn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Quality of frames that an HGN dreams from a prior: squared errors a pixel to the nearest frame of
 * the data, and the other way round.
 *
 * @param distance from a drawn frame to the nearest frame of the data, mean: large where what is
 *     drawn is nothing that the data have
 * @param coverage from a frame of the data to the nearest drawn one, mean: large where the samples
 *     leave out what the data have
 * @param floor from a frame of other films of the data to the nearest of the same frames, mean:
 *     what a perfect model would score, both ways
 */
public record SampleQuality(double distance, double coverage, double floor) {
  /** Frames of a film that are compared: those between them look alike. */
  private static final int EVERY = 5;

  private static final int CHUNK = 16;

  /**
   * Draws films and compares.
   *
   * @param model with its weights
   * @param split the data; its last films are those that the floor is taken from
   * @param held how many films of the data are held back for the floor; of four times as many the
   *     frames are compared with as many drawn ones
   * @param random of the draw
   * @param manager owner of what is computed meanwhile
   */
  public static SampleQuality of(
      Hgn model, Split split, int held, SplittableRandom random, NDManager manager) {
    return of(model, Latents.normal(model), split, held, random, manager);
  }

  /**
   * The same of films dreamt from another prior.
   *
   * @param prior whence z is drawn
   */
  public static SampleQuality of(
      Hgn model, Latents prior, Split split, int held, SplittableRandom random, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      int last = Math.min(held, split.size() / 2);
      int known = Math.min(4 * held, split.size() - last);
      NDArray data = frames(split, IntStream.range(0, known).toArray(), scope);
      NDArray others =
          frames(split, IntStream.range(split.size() - last, split.size()).toArray(), scope);
      // As many as the data have: the nearest of more is nearer.
      NDArray samples = samples(model, prior, known, split.frames() - 1, random, scope);
      return new SampleQuality(
          nearest(samples, data), nearest(data, samples), nearest(others, data));
    }
  }

  /** [films · frames, pixels]. */
  private static NDArray frames(Split split, int[] films, NDManager manager) {
    NDList parts = new NDList();
    for (int from = 0; from < films.length; from += CHUNK) {
      int[] chunk = Arrays.copyOfRange(films, from, Math.min(films.length, from + CHUNK));
      try (NDManager scope = manager.newSubManager()) {
        NDArray all = split.frames(scope, chunk).get(new NDIndex(":,::{}", EVERY));
        NDArray flat = all.reshape(all.getShape().get(0) * all.getShape().get(1), -1);
        flat.attach(manager);
        parts.add(flat);
      }
    }
    return NDArrays.concat(parts, 0);
  }

  private static NDArray samples(
      Hgn model, Latents prior, int count, int steps, SplittableRandom random, NDManager manager) {
    List<NDArray> painted = new ArrayList<>();
    for (int from = 0; from < count; from += CHUNK) {
      int films = Math.min(CHUNK, count - from);
      try (NDManager scope = manager.newSubManager()) {
        PhaseState start = model.firstState(prior.draw(scope, films, random));
        List<PhaseState> states = model.rollout(start, model.dt(), steps);
        for (int t = 0; t <= steps; t += EVERY) {
          NDArray frame = model.frame(states.get(t)).reshape(films, -1);
          frame.attach(manager);
          painted.add(frame);
        }
      }
    }
    return NDArrays.concat(new NDList(painted), 0);
  }

  /**
   * Mean over some frames of the squared error a pixel to the nearest of others.
   *
   * @param of [n, pixels]
   * @param among [m, pixels]
   */
  static double nearest(NDArray of, NDArray among) {
    // Around a common point, so that the difference of squares keeps its digits.
    NDArray centre = among.mean(new int[] {0}, true);
    NDArray a = of.sub(centre);
    NDArray b = among.sub(centre);
    NDArray squares =
        a.square()
            .sum(new int[] {1}, true)
            .add(b.square().sum(new int[] {1}, true).transpose())
            .sub(Scalars.times(a.matMul(b.transpose()), 2));
    float[] least = squares.min(new int[] {1}).toFloatArray();
    double pixels = of.getShape().get(1);
    return IntStream.range(0, least.length)
        .mapToDouble(i -> Math.max(0, least[i]) / pixels)
        .average()
        .orElse(Double.NaN);
  }
}
