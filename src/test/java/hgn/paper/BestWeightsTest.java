package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import hgn.io.AtomicFiles;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestWeightsTest {
  @TempDir private Path folder;
  private int looks;

  @BeforeEach
  void none() {
    looks = 0;
  }

  private BestWeights best(String spec) {
    return new BestWeights(
        folder.resolve("best.npz"),
        spec,
        100,
        weights -> {
          looks++;
          return weights[0] < 0 ? Double.NaN : Math.abs(weights[0] - 42);
        });
  }

  private TrainingLog log(int iteration) {
    Path file = folder.resolve("log.csv");
    AtomicFiles.writeText(
        file,
        "iteration,loss\n"
            + IntStream.iterate(5, i -> i <= iteration, i -> i + 5)
                .mapToObj(i -> i + ",1\n")
                .collect(Collectors.joining()));
    return TrainingLog.read(file);
  }

  private void train(BestWeights best, int from, int to) {
    for (int i = from; i <= to; i += 5) {
      float[] reached = {i, 7};
      best.row(log(i), () -> reached);
    }
  }

  private static TrainingLoop.Outcome last() {
    return new TrainingLoop.Outcome(new float[] {100, 7}, 100, 0, 1, new TrainingLog());
  }

  @Test
  void theBestOfTenLooksAreKept() {
    BestWeights best = best("{}");
    train(best, 5, 100);
    assertEquals(10, looks);
    assertEquals(40, best.iteration());
    assertArrayEquals(new float[] {40, 7}, best.of(last()).weights());
    assertEquals(100, best.of(last()).iterations());
  }

  /** Killed at 75, its checkpoint of 30 being the last. */
  @Test
  void aTrainingThatWasKilledEndsWithTheSame() {
    train(best("{}"), 5, 75);
    BestWeights best = best("{}");
    train(best, 35, 100);
    assertEquals(40, best.iteration());
    BestWeights other = best("{\"seed\": 2}");
    assertEquals(0, other.iteration(), "another spec's are not used");
  }

  @Test
  void whatIsNoNumberIsNeverBest() {
    BestWeights best = best("{}");
    best.row(log(50), () -> new float[] {-1, 7});
    TrainingLoop.Outcome last = last();
    assertSame(last, best.of(last));
  }
}
