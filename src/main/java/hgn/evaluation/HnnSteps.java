package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Films;
import hgn.dynamics.PhaseState;
import hgn.models.Hnn;
import hgn.results.StepFinding;
import java.util.stream.IntStream;

/**
 * Whether a PixelHNN's energy steps as its encoder sees a film move. The loss compares the two, but
 * not with how far anything moves: a latent space that shrinks makes both small (§A.3).
 */
public final class HnnSteps {
  private static final int CHUNK = 16;

  private HnnSteps() {}

  /**
   * Measures every step of the first films of a split, each from the encoded state.
   *
   * @param label what the model is called
   * @param model the model, its weights on the manager's device
   * @param split where the films come from
   * @param count how many, at most the split's size
   * @param manager owner of what is computed meanwhile
   */
  public static StepFinding measure(
      String label, Hnn model, Films split, int count, NDManager manager) {
    int n = Math.min(count, split.size());
    int steps = split.frames() - 2;
    double seen = 0;
    double stepped = 0;
    double error = 0;
    for (int from = 0; from < n; from += CHUNK) {
      int to = Math.min(n, from + CHUNK);
      try (NDManager scope = manager.newSubManager()) {
        NDArray frames = split.frames(scope, IntStream.range(from, to).toArray());
        for (int t = 0; t < steps; t++) {
          // One pair's activations are tens of megabytes: they go with its scope.
          try (NDManager inner = scope.newSubManager()) {
            PhaseState now = encode(model, frames, t, inner);
            PhaseState change = difference(encode(model, frames, t + 1, inner), now);
            PhaseState step = difference(model.rollout(now, model.dt(), 1).get(1), now);
            seen += (to - from) * square(change);
            stepped += (to - from) * square(step);
            error += (to - from) * square(difference(step, change));
          }
        }
      }
    }
    double all = (double) n * steps;
    return new StepFinding(label, seen / all, stepped / all, error / all);
  }

  private static PhaseState encode(Hnn model, NDArray frames, int first, NDManager owner) {
    NDArray pair = Hnn.pair(frames, first).duplicate();
    pair.attach(owner);
    return model.encode(pair);
  }

  private static PhaseState difference(PhaseState a, PhaseState b) {
    return new PhaseState(a.q().sub(b.q()), a.p().sub(b.p()));
  }

  /** Mean square over both halves, of equal size. */
  private static double square(PhaseState s) {
    return (s.q().square().mean().getFloat() + s.p().square().mean().getFloat()) / 2;
  }
}
