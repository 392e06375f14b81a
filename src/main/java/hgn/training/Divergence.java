package hgn.training;

import hgn.io.Text;

/**
 * A plain evidence lower bound in place of GECO: MSE + weight · KL. With a likelihood of variance ½
 * a value, as HGN++ has it, its β is the weight times the number of values that a film's targets
 * have.
 *
 * @param weight of one nat of the divergence, beside the mean squared error of a value
 * @param from iteration at which it begins to count
 * @param ramp iterations over which it then grows from 0 to the weight
 */
public record Divergence(double weight, int from, int ramp) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public Divergence {
    if (!(weight >= 0) || Double.isInfinite(weight) || from < 0 || ramp < 0) {
      throw new IllegalArgumentException(
          Text.of(
              "weight %s of the divergence, from iteration %d over %d: expected ≥ 0, ≥ 0 and ≥ 0",
              weight, from, ramp));
    }
  }

  /**
   * The weight of one iteration.
   *
   * @param iteration from 0
   */
  public double at(long iteration) {
    if (iteration < from) {
      return 0;
    }
    return ramp == 0 ? weight : weight * Math.min(1, (iteration - from + 1.0) / ramp);
  }
}
