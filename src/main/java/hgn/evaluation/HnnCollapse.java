package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import hgn.data.Chunks;
import hgn.data.Films;
import hgn.dynamics.PhaseState;
import hgn.models.Hnn;
import hgn.results.SequenceScore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Collapse of a PixelHNN, part by part: measured, for the paper reports that its baselines did
 * ("its Hamiltonian often collapsed to 0", §4).
 *
 * @param autoencodingMse error of every frame when each is encoded from its own pair: what the
 *     pictures cost without any dynamics
 * @param rolloutMse error of the frames rolled out from the first pair
 * @param encodedMotion variance over time of the states that the encoder sees along a film, summed
 *     over coordinates, mean over films
 * @param latentSpread variance of the encoded states over all films and times, summed alike
 * @param rolledMotion variance over time of the states that the learned energy makes of the first
 * @param energySpread variance of the learned energy across films
 */
public record HnnCollapse(
    double autoencodingMse,
    double rolloutMse,
    double encodedMotion,
    double latentSpread,
    double rolledMotion,
    double energySpread) {

  private static final int CHUNK = 16;

  /**
   * Measures on the first sequences of a split.
   *
   * @param model the model, its weights on the manager's device
   * @param split where the sequences come from
   * @param count how many, at most the split's size
   * @param score of the rollouts on the same sequences
   * @param manager owner of what is computed meanwhile
   */
  public static HnnCollapse measure(
      Hnn model, Films split, int count, SequenceScore score, NDManager manager) {
    int n = Math.min(count, split.size());
    int pairs = split.frames() - 1;
    double pixels = 0;
    double encoded = 0;
    double rolled = 0;
    List<double[]> means = new ArrayList<>();
    int chunk = Chunks.films(manager.getDevice(), CHUNK, split);
    for (int from = 0; from < n; from += chunk) {
      int to = Math.min(n, from + chunk);
      try (NDManager scope = manager.newSubManager()) {
        NDArray frames = split.frames(scope, IntStream.range(from, to).toArray());
        List<NDArray> seen = new ArrayList<>();
        for (int t = 0; t < pairs; t++) {
          // One pair's activations are tens of megabytes: they go with its scope.
          try (NDManager inner = scope.newSubManager()) {
            NDArray pair = Hnn.pair(frames, t).duplicate();
            pair.attach(inner);
            PhaseState z = model.encode(pair);
            NDArray both = joined(z);
            pixels += (to - from) * (double) model.decode(z).sub(pair).square().mean().getFloat();
            both.attach(scope);
            seen.add(both);
          }
        }
        List<NDArray> made =
            HgnEvaluation.infer(model, frames, pairs - 1).stream()
                .map(HnnCollapse::joined)
                .toList();
        encoded += motion(seen, means);
        rolled += motion(made, null);
      }
    }
    double within = encoded / n;
    return new HnnCollapse(
        pixels / ((double) n * pairs),
        score.mse(),
        within,
        within + variance(means),
        rolled / n,
        score.energySpread());
  }

  private static NDArray joined(PhaseState s) {
    return NDArrays.concat(new NDList(s.q(), s.p()), 1);
  }

  /** Variance over time, summed over coordinates and films; adds each film's mean to a list. */
  private static double motion(List<NDArray> states, List<double[]> means) {
    int films = (int) states.get(0).getShape().get(0);
    int size = (int) states.get(0).getShape().get(1);
    double[][] sum = new double[films][size];
    double[][] squares = new double[films][size];
    for (NDArray state : states) {
      float[] values = state.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        sum[i / size][i % size] += values[i];
        squares[i / size][i % size] += (double) values[i] * values[i];
      }
    }
    double total = 0;
    int n = states.size();
    for (int i = 0; i < films; i++) {
      for (int j = 0; j < size; j++) {
        sum[i][j] /= n;
        total += Math.max(0, squares[i][j] / n - sum[i][j] * sum[i][j]);
      }
      if (means != null) {
        means.add(sum[i]);
      }
    }
    return total;
  }

  /** Variance over the rows, summed over the columns. */
  private static double variance(List<double[]> rows) {
    double total = 0;
    for (int j = 0; j < rows.get(0).length; j++) {
      int column = j;
      total += StatUtils.populationVariance(rows.stream().mapToDouble(r -> r[column]).toArray());
    }
    return total;
  }
}
