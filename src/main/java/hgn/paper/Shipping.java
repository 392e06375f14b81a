package hgn.paper;

import hgn.io.Workspace;
import hgn.results.RunResult;
import java.util.List;

/** Runs that lie in the repository: packed into half the space, and checked by anyone. */
public final class Shipping {
  /** Seed of data of which no model has seen anything, nor the scores that are claimed. */
  static final long FRESH_SEED = 4711;

  private Shipping() {}

  /**
   * A claim and what was found.
   *
   * @param experiment its name
   * @param what was claimed, for example "test MSE"
   * @param scale by which the numbers are printed
   * @param claimed the number in the result
   * @param found the same on fresh sequences
   * @param error standard error of the difference of the two means over sequences
   * @param sequences how many of each
   * @param differing other scores of the result that the weights do not give on the same films, in
   *     words
   */
  public record Check(
      String experiment,
      String what,
      double scale,
      double claimed,
      double found,
      double error,
      int sequences,
      List<String> differing) {

    /** Copies the list. */
    public Check {
      differing = List.copyOf(differing);
    }

    /** Number of standard errors that the two may differ by. */
    public static final int TOLERANCE = 3;

    /** Whether the two agree, and all else that the result says. */
    public boolean holds() {
      return Math.abs(found - claimed) <= TOLERANCE * error && differing.isEmpty();
    }
  }

  /**
   * A packed run and what that has cost.
   *
   * @param result with the number of the rounded weights among its metrics
   * @param what was measured, for example "test MSE"
   * @param scale by which the numbers are printed
   * @param before with the weights as they were trained
   * @param after with the rounded ones
   */
  public record Packed(RunResult result, String what, double scale, double before, double after) {}

  /** Whether a run's weights lie beside its result, so that anyone can check it. */
  public static boolean hasWeights(GridCell cell) {
    return new RunFolder(cell.folder()).hasWeights();
  }

  /**
   * Rounds the weights of a finished run to float16, measures what that costs, and studies it where
   * it learned simulated films.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @throws hgn.io.UserError if it is not finished, or somebody holds its folder
   */
  public static Packed pack(Trainable experiment, Workspace workspace) {
    return new Lifecycle<>(experiment.recipe(workspace), workspace).pack();
  }

  /**
   * Scores the weights of a finished run on data that are made for this: sequences that are
   * simulated, or points that are drawn.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return what the result says and what was found
   * @throws hgn.io.UserError if it is not finished, or learned films of one's own
   */
  public static Check verify(Trainable experiment, Workspace workspace) {
    return new Lifecycle<>(experiment.recipe(workspace), workspace).verify();
  }
}
