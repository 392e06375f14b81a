package hgn.testing;

import hgn.results.RunResult;
import java.util.Map;

/** Results of runs that nobody trained. */
public final class Results {
  private Results() {}

  /** A run on films at the quick budget, compact, by reconstruct, of an empty spec. */
  public static RunResult quick(
      String model,
      String system,
      long seed,
      long iterations,
      double wallSeconds,
      RunResult.Pixels pixels,
      Map<String, Object> metrics) {
    return new RunResult(
        null,
        model + "." + system,
        model,
        system,
        "reconstruct",
        "compact",
        "quick",
        seed,
        "cpu",
        Map.of(),
        Map.of(),
        iterations,
        wallSeconds,
        pixels.trainMse(),
        pixels.testMse(),
        pixels.meanImageMse(),
        pixels.energyVariance(),
        metrics);
  }
}
