package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Chunks;
import hgn.data.Films;
import hgn.dynamics.PhaseState;
import hgn.io.Text;
import hgn.models.Hnn;
import hgn.results.StepFinding;
import java.util.stream.IntStream;

/**
 * Comparison of a PixelHNN's energy step with the step that its encoder sees in a film. The loss of
 * §A.3 compares the two, but not with how far anything moves: a latent space that shrinks makes
 * both small.
 */
public final class HnnSteps {
  private static final int CHUNK = 16;

  /** Two overlapping pairs: one step. */
  private static final int FEWEST_FRAMES = 3;

  private HnnSteps() {}

  /**
   * Measures every step of the first films of a split, each from the encoded state.
   *
   * @param label what the model is called
   * @param model the model, its weights on the manager's device
   * @param split where the films come from, of at least three frames each
   * @param count how many, at least one; at most the split's size are used
   * @param manager owner of what is computed meanwhile
   * @throws IllegalArgumentException if there is no step to measure
   */
  public static StepFinding measure(
      String label, Hnn model, Films split, int count, NDManager manager) {
    int n = Math.min(count, split.size());
    if (n < 1 || split.frames() < FEWEST_FRAMES) {
      throw new IllegalArgumentException(
          Text.of(
              "%d films of %d frames, expected at least one film of %d",
              n, split.frames(), FEWEST_FRAMES));
    }
    double seen = 0;
    double stepped = 0;
    double error = 0;
    int chunk = Chunks.films(manager.getDevice(), CHUNK, split);
    for (int from = 0; from < n; from += chunk) {
      int to = Math.min(n, from + chunk);
      try (NDManager scope = manager.newSubManager()) {
        NDArray frames = split.frames(scope, IntStream.range(from, to).toArray());
        PhaseState now = encode(model, frames, 0, scope);
        for (int t = 1; t < split.frames() - 1; t++) {
          PhaseState next = encode(model, frames, t, scope);
          PhaseState stepTo = model.rollout(now, model.dt(), 1).get(1);
          seen += (to - from) * (double) next.meanSquare(now).getFloat();
          stepped += (to - from) * (double) stepTo.meanSquare(now).getFloat();
          error += (to - from) * (double) stepTo.meanSquare(next).getFloat();
          now = next;
        }
      }
    }
    double all = (double) n * (split.frames() - 2);
    return new StepFinding(label, seen / all, stepped / all, error / all);
  }

  /** Only the state outlives the encoder's activations, which are tens of megabytes a pair. */
  private static PhaseState encode(Hnn model, NDArray frames, int first, NDManager owner) {
    try (NDManager inner = owner.newSubManager()) {
      // A slice belongs to the film's manager; its copy can be moved.
      NDArray pair = Hnn.pair(frames, first).duplicate();
      pair.attach(inner);
      PhaseState state = model.encode(pair);
      state.q().attach(owner);
      state.p().attach(owner);
      return state;
    }
  }
}
