package hgn.results;

import java.util.Optional;

/**
 * A cell of the paper's tables: what was measured beside what the paper reports.
 *
 * @param model the model's name in tables, for example "HGN (leapfrog)"
 * @param system id of the physical system
 * @param result what was measured; null where the run is not finished
 * @param study what was found out beyond; null where it was not made
 * @param paper the paper's numbers
 * @param file where the result lies, relative to the checkout
 * @param axes labels of the first coordinate and its momentum
 */
public record ScoredRun(
    String model,
    String system,
    RunResult result,
    StudyResult study,
    PaperScore paper,
    String file,
    Axes axes) {

  /** The same under another name: where rows or curves differ in something else than the model. */
  public ScoredRun named(String other) {
    return new ScoredRun(other, system, result, study, paper, file, axes);
  }

  /** Result of the run, where it is finished. */
  public Optional<RunResult> finished() {
    return Optional.ofNullable(result);
  }

  /** A number among the run's metrics; NaN where there is none. */
  public double metric(Metric<? extends Number> key) {
    return result == null ? Double.NaN : result.metric(key);
  }

  /**
   * Its variance of the learned energy, where the scale does not count; NaN where there is none.
   */
  public double normalisedEnergyVariance() {
    return result == null ? Double.NaN : result.normalisedEnergyVariance();
  }

  /** A row of numbers among the run's metrics; empty where there is none. */
  public double[] metrics(Metric<double[]> key) {
    return result == null ? new double[0] : key.in(result.metrics()).orElse(new double[0]).clone();
  }
}
