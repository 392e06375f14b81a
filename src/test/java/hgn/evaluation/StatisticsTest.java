package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void standardErrorIsTheScatterOfMeans() {
    int n = 5;
    int repeats = 20_000;
    SplittableRandom random = new SplittableRandom(3);
    double[] means = new double[repeats];
    double[] squares = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      double[] sample = random.doubles(n).toArray();
      means[r] = StatUtils.mean(sample);
      squares[r] = Math.pow(Statistics.standardError(sample), 2);
    }
    // Unbiased: with n in place of n − 1 it would be a fifth too small.
    double found = StatUtils.mean(squares);
    assertEquals(StatUtils.populationVariance(means), found, 0.04 * found);
    assertEquals(1 / 12.0 / n, found, 0.04 * found);
  }

  @Test
  void oneNumberDoesNotSayHowItScatters() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> Statistics.standardError(1));
    assertEquals("1 values, expected at least 2 for a standard error", error.getMessage());
  }
}
