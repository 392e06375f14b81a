package hgn.bench;

import java.util.Map;

/**
 * One measurement. What does not apply is null, and so absent from the JSON.
 *
 * @param name what was measured
 * @param milliseconds the median
 * @param spread the distance of the quartiles over the median
 * @param gflop arithmetic in 10⁹ floating-point operations, counted from the layers' shapes
 * @param gflopPerSecond that over the median time
 * @param ofRoof that over the fastest arithmetic measured in the same run
 * @param baseline the row that this one is compared with
 * @param ratio median over the rounds of this row's time over the baseline's in the same round
 * @param more other numbers, named with their units
 */
public record Row(
    String name,
    Double milliseconds,
    Double spread,
    Double gflop,
    Double gflopPerSecond,
    Double ofRoof,
    String baseline,
    Double ratio,
    Map<String, Double> more) {

  static Row of(String name, double milliseconds, Map<String, Double> more) {
    return new Row(name, milliseconds, null, null, null, null, null, null, more);
  }

  static Row of(String name, Map<String, Double> more) {
    return new Row(name, null, null, null, null, null, null, null, more);
  }

  /** The same as a fraction of a roof, where arithmetic was counted. */
  Row under(double roof) {
    Double fraction = gflopPerSecond == null || !(roof > 0) ? null : gflopPerSecond / roof;
    return new Row(
        name, milliseconds, spread, gflop, gflopPerSecond, fraction, baseline, ratio, more);
  }
}
