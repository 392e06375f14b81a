package hgn.paper;

import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Records;
import hgn.training.TrainingLog;
import hgn.training.TrainingLoop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The weights of a training that were best on held-out films, against overfitting: looked at ten
 * times in its course, and kept in a file beside the checkpoint. A training that was killed and
 * goes on passes the same iterations again and ends with the same ones.
 */
final class BestWeights implements TrainingLoop.Observer {
  private static final int LOOKS = 10;

  private final Path file;
  private final String spec;
  private final long iterations;
  private final ToDoubleFunction<float[]> error;
  private double least = Double.POSITIVE_INFINITY;
  private long at;
  private float[] weights;
  private long looked;

  /**
   * Goes on with what is in the file.
   *
   * @param file where they are kept
   * @param spec of the training
   * @param iterations of all of it
   * @param error of weights on held-out films
   */
  BestWeights(Path file, String spec, long iterations, ToDoubleFunction<float[]> error) {
    this.file = file;
    this.spec = spec;
    this.iterations = iterations;
    this.error = error;
    if (Files.exists(file)) {
      Map<String, Tensor> kept = Npz.read(file);
      byte[] text = Npz.require(kept, "spec", byte[].class, file);
      if (Records.same(new String(text, StandardCharsets.UTF_8), spec)) {
        double[] reached = Npz.require(kept, "reached", double[].class, file);
        at = (long) reached[0];
        least = reached[1];
        weights = Npz.require(kept, "weights", float[].class, file);
      }
    }
  }

  @Override
  public void row(TrainingLog log, Supplier<float[]> now) {
    long iteration = log.size() == 0 ? 0 : (long) log.column("iteration")[log.size() - 1];
    long look = LOOKS * iteration / iterations;
    if (look <= looked) {
      return;
    }
    looked = look;
    float[] candidate = now.get();
    double found = error.applyAsDouble(candidate);
    if (found < least) {
      least = found;
      at = iteration;
      weights = candidate;
      Map<String, Tensor> kept = new LinkedHashMap<>();
      kept.put("spec", Tensor.ofText(spec));
      kept.put("reached", new Tensor(new double[] {at, least}, 2));
      kept.put("weights", new Tensor(weights, weights.length));
      Npz.write(file, kept);
    }
  }

  /** The iteration that had them; 0 where no look found a finite error. */
  long iteration() {
    return at;
  }

  /** A training's outcome with them in place of the last ones. */
  TrainingLoop.Outcome of(TrainingLoop.Outcome last) {
    return weights == null ? last : Records.with(last, "weights", weights);
  }
}
