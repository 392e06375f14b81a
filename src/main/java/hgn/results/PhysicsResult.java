package hgn.results;

import hgn.io.Json;
import hgn.io.Text;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Physics that a trained model knows of its films: how long its rollouts hold, whether its latent
 * state is a true one, whether films that it dreams move as filmed ones do. Errors are raw.
 *
 * @param weights hash of the weights that were measured: of others this is not the result
 * @param run key of the run's result
 * @param model for example "hgn-leapfrog", with its variation
 * @param system for example "pendulum"
 * @param budget "smoke", "quick" or "paper"
 * @param seed of the run
 * @param testMse mean squared error a pixel of test films
 * @param horizon the longest valid prediction time there can be
 * @param validForward valid prediction times of films, one each, see {@link StudyResult}
 * @param validBackward the same backward
 * @param symplectic SyMetric
 * @param normal films dreamt from N(0, I); null where the model has no prior
 * @param learned films dreamt from the prior that was learned after training; null likewise
 * @param dataDistance squared error a pixel from a frame of other films to the nearest of those
 *     that dreams are compared with: what perfect dreams score
 * @param halves what the halves of the films are apart: reach, speed, drift
 * @param chaos what the exact physics allows; null where it was not asked
 */
public record PhysicsResult(
    String weights,
    String run,
    String model,
    String system,
    String budget,
    long seed,
    double testMse,
    double horizon,
    double[] validForward,
    double[] validBackward,
    Symplectic symplectic,
    Dreams normal,
    Dreams learned,
    double dataDistance,
    double[] halves,
    Chaos chaos) {

  /** Checks what the table needs. */
  public PhysicsResult {
    if (isEmpty(validForward) || isEmpty(validBackward) || symplectic == null) {
      throw new IllegalArgumentException("valid prediction times or SyMetric are missing");
    }
  }

  private static boolean isEmpty(double... row) {
    return row == null || row.length == 0;
  }

  /** The file's name, beside the run's result. */
  public static final String FILE_NAME = "physics.json";

  /** The columns of the table. */
  public static final List<String> COLUMNS =
      List.of(
          "model",
          "system",
          "budget",
          "seed",
          "testMse",
          "vptForward",
          "vptBackward",
          "validForward",
          "validBackward",
          "symetric",
          "rSquared",
          "dreamDistance",
          "dreamDistanceNormal",
          "dreamKs");

  /**
   * SyMetric (Higgins et al., 2021).
   *
   * @param score 1 where the latent state is the true one up to a symplectic map and a factor
   * @param rSquared share of the true state's variance that the polynomial explains
   * @param deviation from a symplectic map
   * @param order of the polynomial
   * @param pairs of the latent state that say anything of a film
   */
  public record Symplectic(int score, double rSquared, double deviation, int order, int pairs) {}

  /**
   * Dreamt films beside filmed ones.
   *
   * @param distance squared error a pixel from a dreamt frame to the nearest of the films
   * @param coverage the same from a frame of the films to the nearest dreamt one
   * @param apart Kolmogorov–Smirnov distances: reach (amplitude of one disc, distance of several),
   *     speed, drift of the true energy
   * @param reach of the dreamt films: quantiles 10, 25, 50, 75, 90 %
   * @param filmed the same of the films
   */
  public record Dreams(
      double distance, double coverage, double[] apart, double[] reach, double[] filmed) {
    /** Checks what the table needs. */
    public Dreams {
      if (isEmpty(apart)) {
        throw new IllegalArgumentException("distances of dreams are missing");
      }
    }
  }

  /**
   * Chaos in its place.
   *
   * @param chaotic share of films in which small differences grow exponentially
   * @param lyapunovTime median over those of the time in which a difference grows by e; NaN for
   *     none
   * @param boundForward valid prediction times of the exact physics from the state that is read
   *     from the model's inferred one
   * @param boundBackward the same backward
   */
  public record Chaos(
      double chaotic, double lyapunovTime, double[] boundForward, double[] boundBackward) {}

  /** The share of films whose rollouts are valid to the end. */
  public double validShare(boolean backwards) {
    double[] valid = backwards ? validBackward : validForward;
    return Arrays.stream(valid).filter(t -> t >= horizon - 1e-9).count() / (double) valid.length;
  }

  /**
   * The one of a run that is kept in a folder.
   *
   * @param folder where
   * @param run its key
   * @return null where there is none
   */
  public static PhysicsResult read(Path folder, String run) {
    return Json.readOf(run, folder.resolve(FILE_NAME), PhysicsResult.class);
  }

  /** A row of the table, raw numbers; empty where there is none. */
  public List<String> row() {
    double[] numbers = {
      testMse,
      StudyResult.median(validForward),
      StudyResult.median(validBackward),
      validShare(false),
      validShare(true),
      symplectic.score(),
      symplectic.rSquared(),
      learned == null ? Double.NaN : learned.distance(),
      normal == null ? Double.NaN : normal.distance(),
      learned == null ? Double.NaN : learned.apart()[0]
    };
    String[] cells = {model, system, budget, Long.toString(seed)};
    return IntStream.range(0, COLUMNS.size())
        .mapToObj(i -> i < cells.length ? cells[i] : number(numbers[i - cells.length]))
        .toList();
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e6;
    return Double.isFinite(value) ? Text.of(whole ? "%.0f" : "%.6g", value) : "";
  }

  /** Rows as comma-separated text under {@link #COLUMNS}. */
  public static String csv(List<PhysicsResult> results) {
    return String.join(",", COLUMNS)
        + "\n"
        + results.stream().map(r -> String.join(",", r.row()) + "\n").collect(Collectors.joining());
  }
}
