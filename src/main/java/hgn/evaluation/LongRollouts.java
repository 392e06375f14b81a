package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.Chunks;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.models.FilmModel;
import hgn.results.StudyResult;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rollouts far beyond the training horizon, forward and backward in time, compared with the truth.
 * The sequences go on before the frames that the model sees, so that the truth is known both ways.
 * It is without noise, whatever the model sees.
 */
public final class LongRollouts {
  private static final int CHUNK = 4;

  private final int steps;
  private final double[][] forward;
  private final double[][] backward;
  private final double[][] energies;
  private final double[][] brightness;

  private LongRollouts(int sequences, int steps) {
    this.steps = steps;
    forward = new double[sequences][steps + 1];
    backward = new double[sequences][steps + 1];
    energies = new double[sequences][steps + 1];
    brightness = new double[sequences][2 * steps + 1];
  }

  /**
   * Rolls out.
   *
   * @param model with its weights
   * @param split long sequences
   * @param state frame that the inferred state belongs to, counted from the first frame seen
   * @param steps how many forward and backward; sequences have frames for them and what is seen
   * @param manager owner of what is computed meanwhile
   * @return errors of every sequence and frame
   */
  public static LongRollouts of(
      FilmModel model, Split split, int state, int steps, NDManager manager) {
    LongRollouts result = new LongRollouts(split.size(), steps);
    Split clean = split.clean();
    int chunk = Chunks.films(manager.getDevice(), CHUNK, split);
    for (int from = 0; from < split.size(); from += chunk) {
      int to = Math.min(split.size(), from + chunk);
      try (NDManager scope = manager.newSubManager()) {
        int[] chosen = IntStream.range(from, to).toArray();
        NDArray frames = split.frames(scope, chosen);
        NDArray truth = clean.equals(split) ? frames : clean.frames(scope, chosen);
        int present = steps;
        NDArray seen = frames.get(new NDIndex(":,{}:", present - state));
        PhaseState start = model.infer(seen);
        result.add(model, start, truth, from, present, 1, result.forward);
        result.add(model, start, truth, from, present, -1, result.backward);
      }
    }
    return result;
  }

  private void add(
      FilmModel model,
      PhaseState start,
      NDArray frames,
      int from,
      int present,
      int direction,
      double[][] errors) {
    List<PhaseState> states = model.rollout(start, direction * model.dt(), steps);
    for (int t = 0; t <= steps; t++) {
      int frame = present + direction * t;
      try (NDManager scope = frames.getManager().newSubManager()) {
        NDArray truth = frames.get(new NDIndex(":,{}", frame));
        truth.attach(scope);
        PhaseState here = states.get(t).copy(scope);
        float[] error = meanSquares(model.frame(here).sub(truth));
        float[] power = meanSquares(truth);
        float[] energy =
            model.hamiltonian().energy(here).toType(DataType.FLOAT32, false).toFloatArray();
        for (int i = 0; i < error.length; i++) {
          errors[from + i][t] = error[i];
          brightness[from + i][frame - present + steps] = power[i];
          if (direction > 0) {
            energies[from + i][t] = energy[i];
          }
        }
      }
    }
  }

  /** Squared errors a pixel of the forward rollouts: a row a sequence, a column a frame. */
  public double[][] forward() {
    return forward;
  }

  /** The same backward in time. */
  public double[][] backward() {
    return backward;
  }

  /** The learned energy along the forward rollouts. */
  public double[][] energies() {
    return energies;
  }

  /**
   * Steps until MSE / mean(x²) first exceeds {@link StudyResult#VALID}, or all of them.
   *
   * @param backwards in which direction
   * @return one a sequence
   */
  public int[] valid(boolean backwards) {
    double[][] errors = backwards ? backward : forward;
    return IntStream.range(0, errors.length)
        .map(
            i ->
                IntStream.rangeClosed(0, steps)
                    .filter(
                        // Not "greater": what is no number is not valid either.
                        t ->
                            !(errors[i][t]
                                <= StudyResult.VALID * brightness[i][steps + (backwards ? -t : t)]))
                    .findFirst()
                    .orElse(steps))
        .toArray();
  }

  /** States that follow one another. */
  @FunctionalInterface
  public interface Roll {
    /** The start and what follows it, see {@link FilmModel#rollout}. */
    List<PhaseState> out(PhaseState start, double dt, int steps);
  }

  /**
   * |s − s′| / |s| of states that went forth and back.
   *
   * @param roll what steps them
   * @param start states, each half [batch, …]
   * @param dt step
   * @param steps how many, each way
   * @return one a state
   */
  public static double[] returnErrors(Roll roll, PhaseState start, double dt, int steps) {
    PhaseState there = roll.out(start, dt, steps).get(steps);
    PhaseState back = roll.out(there, -dt, steps).get(steps);
    NDArray gap = squares(start.q().sub(back.q())).add(squares(start.p().sub(back.p())));
    NDArray size = squares(start.q()).add(squares(start.p()));
    return gap.div(size).sqrt().toDoubleArray();
  }

  private static float[] meanSquares(NDArray images) {
    return images.square().reshape(images.getShape().get(0), -1).mean(new int[] {1}).toFloatArray();
  }

  private static NDArray squares(NDArray x) {
    NDArray flat = x.toType(DataType.FLOAT64, false).reshape(x.getShape().get(0), -1);
    return flat.square().sum(new int[] {1});
  }
}
