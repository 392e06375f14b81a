package hgn.training;

import com.google.gson.JsonParseException;
import hgn.io.Json;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Records;
import hgn.io.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a run goes on from: after a restart the next step gives the same bits as if there
 * had been none. Randomness needs no state, because each step's is a function of seed and
 * iteration.
 *
 * @param iteration steps done
 * @param updates updates applied, fewer where steps were skipped
 * @param skipped steps skipped because their gradient was not finite
 * @param seconds wall time so far, all sessions together
 * @param weights flat
 * @param firstMoment Adam's, flat
 * @param secondMoment Adam's, flat
 * @param objective what {@link Objective#state()} gave
 * @param log the rows so far
 */
record TrainingState(
    long iteration,
    long updates,
    long skipped,
    double seconds,
    float[] weights,
    float[] firstMoment,
    float[] secondMoment,
    double[] objective,
    TrainingLog log) {

  /** The part that is text. */
  private record Header(
      String spec,
      long iteration,
      long updates,
      long skipped,
      double seconds,
      List<String> columns,
      Map<String, Double> pending,
      int pendingCount) {}

  static TrainingState initial(float[] weights, double[] objective) {
    return new TrainingState(
        0,
        0,
        0,
        0,
        weights,
        new float[weights.length],
        new float[weights.length],
        objective,
        new TrainingLog());
  }

  void write(Path file, String spec) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    Header header =
        new Header(
            spec,
            iteration,
            updates,
            skipped,
            seconds,
            log.columns(),
            log.pending(),
            log.pendingCount());
    arrays.put("header", Tensor.ofText(Json.compact(header)));
    arrays.put("weights", new Tensor(weights, weights.length));
    arrays.put("first_moment", new Tensor(firstMoment, firstMoment.length));
    arrays.put("second_moment", new Tensor(secondMoment, secondMoment.length));
    arrays.put("objective", new Tensor(objective, objective.length));
    int columns = log.columns().size();
    double[] rows = log.rows().stream().flatMapToDouble(java.util.Arrays::stream).toArray();
    arrays.put("log", new Tensor(rows, log.size(), columns));
    Npz.write(file, arrays);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws UserError if the file is corrupt, or belongs to another spec
   */
  static TrainingState read(Path file, String spec, int weightCount, int objectiveCount) {
    Named named = read(file);
    if (!Records.same(named.spec(), spec)
        || named.state().weights().length != weightCount
        || named.state().objective().length != objectiveCount) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s belongs to another spec: it was left as it is; move its folder away to start anew.%n"
                  .formatted(file)
              + "  its spec:  %s%n  requested: %s".formatted(named.spec(), spec));
    }
    return named.state();
  }

  /** A checkpoint with the spec that it belongs to. */
  record Named(String spec, TrainingState state) {}

  /**
   * Reads a checkpoint of whatever spec.
   *
   * @throws UserError if the file is corrupt
   */
  static Named read(Path file) {
    Map<String, Tensor> arrays = Npz.read(file);
    byte[] text = Npz.require(arrays, "header", byte[].class, file);
    float[] weights = Npz.require(arrays, "weights", float[].class, file);
    float[] first = Npz.require(arrays, "first_moment", float[].class, file);
    float[] second = Npz.require(arrays, "second_moment", float[].class, file);
    double[] objective = Npz.require(arrays, "objective", double[].class, file);
    double[] flat = Npz.require(arrays, "log", double[].class, file);
    Header header = header(text, file);
    int columns = header.columns().size();
    // An empty log has no columns yet.
    if (first.length != weights.length
        || second.length != weights.length
        || flat.length % Math.max(1, columns) != 0
        || (columns == 0 && flat.length > 0)) {
      throw noCheckpoint(file, null);
    }
    List<double[]> rows = new java.util.ArrayList<>();
    for (int i = 0; i < flat.length; i += columns) {
      rows.add(java.util.Arrays.copyOfRange(flat, i, i + columns));
    }
    TrainingLog log = new TrainingLog(header.columns(), rows);
    log.restorePending(header.pending(), header.pendingCount());
    TrainingState state =
        new TrainingState(
            header.iteration(),
            header.updates(),
            header.skipped(),
            header.seconds(),
            weights,
            first,
            second,
            objective,
            log);
    return new Named(header.spec(), state);
  }

  private static Header header(byte[] text, Path file) {
    try {
      Header header = Json.parse(new String(text, StandardCharsets.UTF_8), Header.class);
      if (header.spec() != null && header.columns() != null && header.pending() != null) {
        return header;
      }
    } catch (JsonParseException e) {
      throw noCheckpoint(file, e);
    }
    throw noCheckpoint(file, null);
  }

  private static UserError noCheckpoint(Path file, Exception cause) {
    return UserError.data(
            "%s is no checkpoint of this program: it was left as it is; move it away to start anew",
            file)
        .because(cause);
  }
}
