package hgn.results;

import hgn.io.Checksums;
import hgn.io.Json;
import hgn.io.Records;
import hgn.io.Text;
import hgn.io.UserError;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Result of a finished run, {@code data/runs/<experiment>/<budget>/result.json}.
 *
 * @param kind what was learned; derived of results from before it was written
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
 * @param meanImageMse what the mean image of the training set scores on the test films and frames
 *     that the model is scored on; in results without {@link Metric#NORMALISED_ENERGY_VARIANCE} on
 *     all frames of the first 512 test films
 * @param energyVariance variance of the learned energy over one test rollout, raw; mean over the
 *     batch
 * @param metrics everything else that was measured, by name
 */
public record RunResult(
    Kind kind,
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

  /** Kind of a run: what it learned, and so what was measured of it. */
  public enum Kind {
    /** Films: errors of pixels. */
    FILMS,
    /** A density: bounds in nats. */
    DENSITY,
    /** Velocities of states. */
    STATES
  }

  /**
   * Heading of a result: model, system, protocol and architecture.
   *
   * @param kind as in {@link RunResult}
   * @param model as there
   * @param system as there
   * @param protocol as there
   * @param architecture as there
   */
  public record Heading(
      Kind kind, String model, String system, String protocol, String architecture) {}

  /**
   * Errors of pixels and of the learned energy.
   *
   * @param trainMse as in {@link RunResult}
   * @param testMse as there
   * @param meanImageMse as there
   * @param energyVariance as there
   */
  public record Pixels(
      double trainMse, double testMse, double meanImageMse, double energyVariance) {
    /** Errors of a run without pixels: none. */
    public static final Pixels NONE = new Pixels(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /** Derives the kind where a file does not say it. */
  public RunResult {
    if (kind == null) {
      kind =
          switch (protocol == null ? "" : protocol) {
            case "density" -> Kind.DENSITY;
            case "states" -> Kind.STATES;
            default -> Kind.FILMS;
          };
    }
  }

  /** The file's name in a run's folder. */
  public static final String FILE_NAME = "result.json";

  /**
   * The name of the same of a run that is not finished: iterations are then those it has behind it,
   * the spec says how many there will be.
   */
  public static final String PARTIAL_NAME = "partial.json";

  /** Share of the mean image's error from which on a model has learned nothing of the motion. */
  public static final double COLLAPSED = 0.8;

  /** One line for captions: experiment, budget, architecture, iterations and seed. */
  public String caption() {
    // A flow's shape is a phrase of its own, the others' are names.
    String shape = isDensity() ? architecture : architecture + " architecture";
    return Text.of(
        "%s, %s budget, %s, %d iterations, seed %d", experiment, budget, shape, iterations, seed);
  }

  /** Whether it is of a flow: bounds in nats instead of errors of pixels. */
  public boolean isDensity() {
    return kind == Kind.DENSITY;
  }

  /** One of the metrics that is a number; NaN where it was not measured. */
  public double metric(Metric<? extends Number> key) {
    return key.in(metrics).map(Number::doubleValue).orElse(Double.NaN);
  }

  /** Variance of the learned energy along test rollouts, where its scale does not count. */
  public double normalisedEnergyVariance() {
    double byStarts = metric(Metric.NORMALISED_ENERGY_VARIANCE);
    return Double.isNaN(byStarts) ? metric(Metric.ENERGY_VARIANCE_OVER_MEANS) : byStarts;
  }

  /** The same with other metrics. */
  public RunResult with(Map<String, Object> others) {
    return Records.with(this, "metrics", others);
  }

  /** The same with its architecture called otherwise. */
  public RunResult withArchitecture(String words) {
    return Records.with(this, "architecture", words);
  }

  /**
   * A run's result from its file.
   *
   * @param file in the run's folder
   * @throws UserError if it is unreadable, lacks a part, is not as it was written, or is of another
   *     run than its folder
   */
  public static RunResult read(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Checksums.check(folder, "put back what was written, or move that folder away");
    RunResult result = Json.read(file, RunResult.class);
    result.requireWhole(file);
    String name = folder.getParent().getFileName().toString();
    if (!name.equals(folderOf(result.experiment))
        || !isLeaf(folder.getFileName().toString(), result.budget, result.seed)) {
      throw UserError.data(
          "%s says that it is of %s at budget %s with seed %d, expected the run of its folder: put"
              + " it where it belongs, or move it away",
          file, result.experiment, result.budget, result.seed);
    }
    return result;
  }

  /** Whether a folder's name can be that of a run: what is kept beside it has a longer one. */
  private static boolean isLeaf(String leaf, String budget, long seed) {
    return !leaf.matches(".*-seed\\d+")
        ? leaf.equals(budget) || leaf.startsWith(budget + "-")
        : leaf.equals(budget + "-seed" + seed);
  }

  /** The name of an experiment's folder: what a name may hold, a path may not. */
  public static String folderOf(String experiment) {
    return experiment.replaceAll("[^\\w.+-]+", "-");
  }

  private void requireWhole(Path file) {
    List<String> wrong = new ArrayList<>();
    for (RecordComponent part : RunResult.class.getRecordComponents()) {
      try {
        Object value = part.getAccessor().invoke(this);
        if (value == null) {
          wrong.add("no " + part.getName());
        } else if (value instanceof Double number && number < 0) {
          wrong.add(Text.of("%s of %s", part.getName(), number));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a public record's accessors can be called", e);
      }
    }
    if (metrics != null) {
      wrong.addAll(Metric.misread(metrics));
    }
    boolean begun = file.endsWith(PARTIAL_NAME);
    long planned =
        spec != null
                && spec.get("training") instanceof Map<?, ?> training
                && training.get("iterations") instanceof Number number
            ? number.longValue()
            : iterations;
    if (iterations < 1 || (begun ? iterations > planned : iterations != planned)) {
      wrong.add(Text.of("%d iterations of %d", iterations, planned));
    }
    if (!wrong.isEmpty()) {
      throw UserError.data(
          "%s has %s, expected the result of a run: put back what was written, or move its folder"
              + " away",
          file, String.join(", ", wrong));
    }
  }

  /**
   * All finished runs below a folder.
   *
   * @param runs the folder of runs
   * @return their results, ordered by path; empty where the folder is missing
   * @throws UserError if a result is unreadable
   */
  public static List<RunResult> all(Path runs) {
    return all(
        runs,
        bad -> {
          throw bad;
        });
  }

  /**
   * All finished runs below a folder that can be read.
   *
   * @param runs the folder of runs
   * @param bad told of every result, and every folder, that cannot
   * @return their results, ordered by path; empty where the folder is missing
   */
  public static List<RunResult> all(Path runs, Consumer<UserError> bad) {
    List<RunResult> results = new ArrayList<>();
    for (Path file : files(runs, bad)) {
      try {
        results.add(read(file));
      } catch (UserError e) {
        bad.accept(e);
      }
    }
    return results;
  }

  private static List<Path> files(Path runs, Consumer<UserError> bad) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(runs)) {
      return files;
    }
    try {
      Files.walkFileTree(
          runs,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.endsWith(FILE_NAME)) {
                files.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              visitFile(folder, attributes); // Of that name it is none, and reading it says so.
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              bad.accept(
                  UserError.environment("%s cannot be read (%s): check its permissions", file, e)
                      .because(e));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw UserError.environment("%s cannot be read (%s): check its permissions", runs, e)
          .because(e);
    }
    files.sort(null);
    return files;
  }
}
