package hgn.training;

import hgn.io.Text;

/**
 * A learning rate over the iterations: a linear warm-up, then constant or falling as half a cosine.
 *
 * @param rate the highest rate
 * @param warmup iterations until it is reached
 * @param finalFraction of the rate at the last iteration; 1 keeps it constant
 */
public record Schedule(double rate, int warmup, double finalFraction) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public Schedule {
    if (!(rate > 0) || warmup < 0 || !(finalFraction >= 0 && finalFraction <= 1)) {
      throw new IllegalArgumentException(
          Text.of(
              "learning rate %s, warm-up %d, final fraction %s: expected > 0, ≥ 0 and in [0, 1]",
              rate, warmup, finalFraction));
    }
  }

  /** The same rate throughout, as in the paper. */
  public static Schedule constant(double rate) {
    return new Schedule(rate, 0, 1);
  }

  /**
   * The rate of one iteration.
   *
   * @param iteration from 0
   * @param iterations how many there are
   */
  public double at(long iteration, long iterations) {
    double warm = warmup == 0 ? 1 : Math.min(1, (iteration + 1.0) / warmup);
    double share = (double) iteration / Math.max(1, iterations);
    double cosine = 0.5 * (1 + Math.cos(Math.PI * share));
    return rate * warm * (finalFraction + (1 - finalFraction) * cosine);
  }
}
