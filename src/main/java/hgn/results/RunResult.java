package hgn.results;

import hgn.io.Json;
import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a finished run leaves behind as {@code data/runs/<experiment>/<budget>/result.json}.
 *
 * @param experiment for example "hgn-leapfrog.mass-spring"
 * @param model for example "hgn-leapfrog"
 * @param system for example "mass-spring", or a flow's target
 * @param protocol "reconstruct", "predict", "density" for flows, or "states" for networks on states
 * @param architecture "compact", "paper" or "perceptron", or what a flow or a network on states is
 *     made of
 * @param budget "smoke", "quick" or "paper"
 * @param seed the seed of initialisation, batches and noise
 * @param device for example "cpu" or "gpu(0)"
 * @param versions of this project, Java, DJL and libtorch
 * @param spec everything that determines the run, as it was hashed
 * @param iterations how many steps were taken
 * @param wallSeconds time spent in training, all sessions together
 * @param trainMse mean squared error per pixel on training sequences, raw; NaN where there are no
 *     pixels
 * @param testMse the same on test sequences
 * @param meanImageMse what the mean image of the training set scores on the test set
 * @param energyVariance variance of the learned energy over one test rollout, raw; mean over the
 *     batch
 * @param metrics everything else that was measured, by name
 */
public record RunResult(
    String experiment,
    String model,
    String system,
    String protocol,
    String architecture,
    String budget,
    long seed,
    String device,
    Map<String, String> versions,
    Map<String, Object> spec,
    long iterations,
    double wallSeconds,
    double trainMse,
    double testMse,
    double meanImageMse,
    double energyVariance,
    Map<String, Object> metrics) {

  /** The file's name in a run's folder. */
  public static final String FILE_NAME = "result.json";

  /**
   * The name of the same of a run that is not finished: iterations are then those it has behind it,
   * the spec says how many there will be.
   */
  public static final String PARTIAL_NAME = "partial.json";

  /** From this share of the mean image's error on a model has learned nothing of the motion. */
  public static final double COLLAPSED = 0.8;

  /** The metric that says what rounding the weights has cost. */
  public static final String PACKED = "packedTestMse";

  /** One line for captions: experiment, budget, architecture, iterations and seed. */
  public String caption() {
    // A flow's shape is a phrase of its own, the others' are names.
    String shape = isDensity() ? architecture : architecture + " architecture";
    return "%s, %s budget, %s, %d iterations, seed %d"
        .formatted(experiment, budget, shape, iterations, seed);
  }

  /** Whether it is of a flow: bounds in nats instead of errors of pixels. */
  public boolean isDensity() {
    return protocol.equals("density");
  }

  /**
   * One of the metrics.
   *
   * @param name for example "bound"
   * @return NaN where it was not measured or is no number
   */
  public double metric(String name) {
    return metrics.get(name) instanceof Number value ? value.doubleValue() : Double.NaN;
  }

  /** The same with other metrics. */
  public RunResult with(Map<String, Object> others) {
    return with(architecture, others);
  }

  /** The same with its architecture called otherwise. */
  public RunResult withArchitecture(String words) {
    return with(words, metrics);
  }

  private RunResult with(String shape, Map<String, Object> others) {
    return new RunResult(
        experiment,
        model,
        system,
        protocol,
        shape,
        budget,
        seed,
        device,
        versions,
        spec,
        iterations,
        wallSeconds,
        trainMse,
        testMse,
        meanImageMse,
        energyVariance,
        others);
  }

  /**
   * All finished runs below a folder.
   *
   * @param runs the folder of runs
   * @return their results, ordered by path; empty where the folder is missing
   * @throws UserError if a result is unreadable
   */
  public static List<RunResult> all(Path runs) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(runs)) {
      List<RunResult> results = new ArrayList<>();
      for (Path file :
          files.filter(f -> f.getFileName().toString().equals(FILE_NAME)).sorted().toList()) {
        results.add(Json.read(file, RunResult.class));
      }
      return results;
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT, "could not read %s (%s)".formatted(runs, e.getMessage()), e);
    }
  }
}
