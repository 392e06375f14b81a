package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.evaluation.HgnEvaluation;
import hgn.io.Records;
import hgn.models.FilmModel;
import hgn.results.StudyResult;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Latent states along films beside the true ones, and the films that studies take them from. */
final class Probing {
  /** Films that are encoded at once. */
  static final int CHUNK = 16;

  private Probing() {}

  /** Films of the same kind that no model has seen: a test set alone. */
  static DatasetSpec fresh(DatasetSpec own, int count, long seed) {
    return Records.with(own, "train", 1, "test", count, "seed", seed);
  }

  /** Latent states along the rollouts of the first films, q before p, [films · frames, 2k]. */
  static NDArray latents(
      FilmModel model, Split films, int count, int firstTarget, NDManager manager) {
    NDList parts = new NDList();
    for (int from = 0; from < count; from += CHUNK) {
      int[] chunk = IntStream.range(from, Math.min(count, from + CHUNK)).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray frames = films.frames(scope, chunk);
        NDList rows = new NDList();
        HgnEvaluation.infer(model, frames, films.frames() - firstTarget - 1)
            .forEach(s -> rows.add(flat(s)));
        NDArray stacked = NDArrays.stack(rows, 1);
        NDArray all = stacked.reshape(-1, stacked.size(2));
        all.attach(manager);
        parts.add(all);
      }
    }
    return NDArrays.concat(parts, 0);
  }

  /** One state a row, q before p, in float64. */
  static NDArray flat(PhaseState s) {
    long n = s.q().size(0);
    return NDArrays.concat(new NDList(s.q().reshape(n, -1), s.p().reshape(n, -1)), 1)
        .toType(DataType.FLOAT64, false);
  }

  /** The true states of the same frames, each half [films · frames, d]. */
  static PhaseState truth(Split films, int count, int firstTarget, NDManager manager) {
    PhaseState all = films.states(manager, DataType.FLOAT64, range(count));
    NDIndex seen = new NDIndex(":,{}:", firstTarget);
    long d = films.dimension();
    return new PhaseState(all.q().get(seen).reshape(-1, d), all.p().get(seen).reshape(-1, d));
  }

  static int[] range(int n) {
    return IntStream.range(0, n).toArray();
  }

  /** A quantile of each column. */
  static double[] quantiles(double share, double[]... rows) {
    return IntStream.range(0, rows[0].length)
        .mapToDouble(
            t ->
                StudyResult.quantile(
                    share, Arrays.stream(rows).mapToDouble(row -> row[t]).toArray()))
        .toArray();
  }

  /** Numbers of steps as times. */
  static double[] times(double dt, int... steps) {
    return Arrays.stream(steps).mapToDouble(t -> t * dt).toArray();
  }
}
