package hgn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which frames a step decodes. */
class TargetTimesTest {
  private static final Geco.Spec GECO = new Geco.Spec(2e-4, 0.1, 0.99);

  private static TargetTimes spread(int frames, int horizon, int batch, long seed) {
    HgnTraining training = new HgnTraining(frames, Horizon.FULL, GECO, false, FrameDraw.SPREAD);
    return TargetTimes.drawn(training, horizon, batch, new SplittableRandom(seed));
  }

  /** Unbiased: every frame of every film as often as any other. */
  @ParameterizedTest
  @CsvSource({"1, 31, 16", "2, 31, 16", "2, 5, 3", "1, 7, 16", "3, 4, 2"})
  void everyFrameOfEveryFilmIsAsLikely(int frames, int horizon, int batch) {
    int seeds = 8000;
    int[][] counts = new int[batch][horizon];
    for (long seed = 0; seed < seeds; seed++) {
      TargetTimes times = spread(frames, horizon, batch, seed);
      for (int[] one : times.own()) {
        for (int film = 0; film < batch; film++) {
          counts[film][times.times()[one[film]]]++;
        }
      }
    }
    double expected = (double) seeds * frames / horizon;
    for (int time = 0; time < horizon; time++) {
      int frame = time;
      double all = Arrays.stream(counts).mapToInt(film -> film[frame]).sum();
      // A step's count of a frame is a whole number and one or two ends of pieces: its variance is
      // below a half, far below that of free draws.
      assertEquals(batch * expected, all, 6 * Math.sqrt(0.5 * seeds), "frame " + time);
    }
    for (int[] film : counts) {
      // Binomial: six standard deviations are exceeded once in 10⁸.
      Arrays.stream(film)
          .forEach(n -> assertEquals(expected, n, 6 * Math.sqrt(expected), Arrays.toString(film)));
    }
  }

  /** What the draw is for: each piece of the horizon has one frame. */
  @Test
  void everyPieceOfTheHorizonHasOneFrame() {
    for (long seed = 0; seed < 200; seed++) {
      TargetTimes times = spread(2, 32, 8, seed);
      int[] all =
          Arrays.stream(times.own())
              .flatMapToInt(Arrays::stream)
              .map(i -> times.times()[i])
              .sorted()
              .toArray();
      assertArrayEquals(
          IntStream.range(0, 16).toArray(), Arrays.stream(all).map(t -> t / 2).toArray());
      int[] first = Arrays.stream(times.own()[0]).map(i -> times.times()[i]).toArray();
      assertTrue(Arrays.stream(first).allMatch(t -> t < 16), "the first frames, the first half");
    }
  }

  @Test
  void framesAndPositionsBelongTogether() {
    TargetTimes times = spread(2, 6, 4, 1);
    try (NDManager manager = NDManager.newBaseManager()) {
      // The number in a frame and in a position says whose it is and when.
      NDArray frames = manager.create(new Shape(4, 8, 1), DataType.FLOAT64);
      for (int film = 0; film < 4; film++) {
        for (int time = 0; time < 8; time++) {
          frames.set(
              new ai.djl.ndarray.index.NDIndex("{},{}", film, time),
              manager.create(new double[] {100 * film + time}));
        }
      }
      List<NDArray> positions =
          Arrays.stream(times.times())
              .mapToObj(
                  t ->
                      manager.create(
                          IntStream.range(0, 4).mapToDouble(film -> 100 * film + t).toArray(),
                          new Shape(4, 1)))
              .toList();
      List<NDArray> targets = times.framesOf(frames, forward(4, 2));
      List<NDArray> chosen = times.chosen(positions, times.sent().on(manager));
      assertEquals(2, chosen.size());
      for (int k = 0; k < 2; k++) {
        double[] whose = chosen.get(k).toDoubleArray();
        double[] shifted = Arrays.stream(whose).map(x -> x + 2).toArray();
        assertArrayEquals(shifted, targets.get(k).toDoubleArray());
        int own = k;
        assertArrayEquals(
            IntStream.range(0, 4)
                .mapToDouble(film -> 100 * film + times.times()[times.own()[own][film]])
                .toArray(),
            whose);
      }
    }
  }

  /** ⟨chosen(x), y⟩ = ⟨x, gathered(y)⟩, for latents with any number of axes, and for a part. */
  @Test
  void gatheringIsTheAdjointOfChoosing() {
    TargetTimes times = spread(3, 9, 5, 4).of(1, 4);
    SplittableRandom random = new SplittableRandom(2);
    Shape shape = new Shape(3, 2, 2);
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> x = random(manager, times.times().length, shape, random);
      List<NDArray> y = random(manager, times.decoded(), shape, random);
      NDArray sent = times.sent().on(manager);
      double there = inner(times.chosen(x, sent), y);
      assertEquals(there, inner(x, times.gathered(y, sent)), 1e-12 * Math.abs(there));
    }
  }

  private static List<NDArray> random(
      NDManager manager, int n, Shape shape, SplittableRandom random) {
    return IntStream.range(0, n)
        .mapToObj(i -> manager.create(random.doubles(shape.size(), -1, 1).toArray(), shape))
        .toList();
  }

  private static double inner(List<NDArray> x, List<NDArray> y) {
    return IntStream.range(0, x.size())
        .mapToDouble(i -> x.get(i).mul(y.get(i)).sum().getDouble())
        .sum();
  }

  /** Films that run forward from one frame. */
  private static Cut forward(int films, int state) {
    int[] states = new int[films];
    Arrays.fill(states, state);
    int[] ones = new int[films];
    Arrays.fill(ones, 1);
    return new Cut(2, new int[films], states, ones, new int[0]);
  }
}
