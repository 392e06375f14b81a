package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.Chunks;
import hgn.data.Films;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.io.Progress;
import hgn.models.FilmModel;
import hgn.results.SequenceScore;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Scores an HGN or a PixelHNN on sequences: the state inferred from the frames it is given (HGN's
 * is the posterior's mean) is rolled out over all target frames and decoded.
 */
public final class HgnEvaluation {
  private static final int CHUNK = 16;

  private HgnEvaluation() {}

  /**
   * Scores the first sequences of a split.
   *
   * @param label of the score
   * @param model the model, its weights on the manager's device
   * @param split where the sequences come from
   * @param count how many, at most the split's size
   * @param firstTarget the frame that the inferred state belongs to
   * @param skipped how many frames after it are rolled through without being scored
   * @param manager owner of what is computed meanwhile
   * @param progress told after every chunk
   * @return errors of the target frames and conservation of the learned energy
   */
  public static SequenceScore score(
      String label,
      FilmModel model,
      Films split,
      int count,
      int firstTarget,
      int skipped,
      NDManager manager,
      Progress progress) {
    return score(label, model, split, split, count, firstTarget, skipped, manager, progress);
  }

  /**
   * Scores what is inferred from films against others: the same motions seen without noise.
   *
   * @param label of the score
   * @param model the model, its weights on the manager's device
   * @param split films that the encoder sees
   * @param truth films that the error is taken from, as many and as long
   * @param count how many, at most the split's size
   * @param firstTarget the frame that the inferred state belongs to
   * @param skipped how many frames after it are rolled through without being scored
   * @param manager owner of what is computed meanwhile
   * @param progress told after every chunk
   * @return errors of the target frames and conservation of the learned energy
   */
  public static SequenceScore score(
      String label,
      FilmModel model,
      Films split,
      Films truth,
      int count,
      int firstTarget,
      int skipped,
      NDManager manager,
      Progress progress) {
    int n = Math.min(count, split.size());
    int targets = split.frames() - firstTarget - skipped;
    double[][] errors = new double[n][targets];
    double[][] energies = new double[n][targets];
    double[] starts = new double[n];
    int chunk = Chunks.films(manager.getDevice(), CHUNK, split);
    for (int from = 0; from < n; from += chunk) {
      int to = Math.min(n, from + chunk);
      try (NDManager scope = manager.newSubManager()) {
        int[] chosen = IntStream.range(from, to).toArray();
        NDArray frames = split.frames(scope, chosen);
        NDArray judge = truth.equals(split) ? frames : truth.frames(scope, chosen);
        List<PhaseState> states = infer(model, frames, skipped + targets - 1);
        NDList measured = new NDList();
        for (int t = 0; t < targets; t++) {
          NDArray target = judge.get(new NDIndex(":,{}", firstTarget + skipped + t));
          PhaseState state = states.get(skipped + t);
          measured.add(error(model, state, target));
          measured.add(model.hamiltonian().energy(state).toType(DataType.FLOAT32, false));
        }
        measured.add(model.hamiltonian().energy(states.get(0)).toType(DataType.FLOAT32, false));
        // One read for all frames: each makes the processor wait for a GPU.
        FloatBuffer read = FloatBuffer.wrap(NDArrays.stack(measured).toFloatArray());
        for (int t = 0; t < targets; t++) {
          for (double[][] of : List.of(errors, energies)) {
            for (int i = from; i < to; i++) {
              of[i][t] = read.get();
            }
          }
        }
        for (int i = from; i < to; i++) {
          starts[i] = read.get();
        }
      }
      progress.update(to, n, label);
    }
    return summary(label, errors, energies, starts);
  }

  /**
   * The latent rollout from the inferred state.
   *
   * @param model the model
   * @param frames [batch, frames, 3, size, size], at least as many as the encoder sees
   * @param steps how many states follow the inferred one
   */
  public static List<PhaseState> infer(FilmModel model, NDArray frames, int steps) {
    return model.rollout(model.infer(frames), model.dt(), steps);
  }

  /**
   * The frame of a state, decoded in a scope of its own: one frame's activations of a chunk are
   * tens of megabytes.
   *
   * @param model the model
   * @param state each half [batch, …]
   * @return [batch, 3, size, size], owned by the state's manager
   */
  public static NDArray frame(FilmModel model, PhaseState state) {
    NDManager owner = state.q().getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray frame = model.frame(state.copy(scope));
      frame.attach(owner);
      return frame;
    }
  }

  /** Only the numbers outlive its scope, [films]. */
  private static NDArray error(FilmModel model, PhaseState state, NDArray truth) {
    NDManager owner = truth.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray squares = model.frame(state.copy(scope)).sub(truth).square();
      double pixels = (double) squares.size() / squares.getShape().get(0);
      NDArray error = Scalars.over(squares.sum(new int[] {1, 2, 3}), pixels);
      error.attach(owner);
      return error;
    }
  }

  private static SequenceScore summary(
      String label, double[][] errors, double[][] energies, double[] starts) {
    int n = errors.length;
    int targets = errors[0].length;
    double[] frameMeans = new double[targets];
    double[] frameDeviations = new double[targets];
    for (int t = 0; t < targets; t++) {
      int frame = t;
      double[] column = IntStream.range(0, n).mapToDouble(i -> errors[i][frame]).toArray();
      frameMeans[t] = StatUtils.mean(column);
      frameDeviations[t] = Math.sqrt(StatUtils.populationVariance(column));
    }
    double[] sequenceErrors = new double[n];
    double[] energyVariances = new double[n];
    for (int i = 0; i < n; i++) {
      sequenceErrors[i] = StatUtils.mean(errors[i]);
      energyVariances[i] = StatUtils.populationVariance(energies[i]);
    }
    return new SequenceScore(
        label,
        frameMeans,
        frameDeviations,
        sequenceErrors,
        energyVariances,
        StatUtils.populationVariance(starts));
  }
}
