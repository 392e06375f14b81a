package hgn.training;

import hgn.io.Json;
import hgn.io.UserError;
import java.nio.file.Path;
import java.util.Map;

/**
 * Last checkpoint of a run that is not finished.
 *
 * @param spec everything that determines the run, as text
 * @param iteration steps done
 * @param skipped of them, steps without an update
 * @param seconds wall time so far, all sessions together
 * @param weights flat
 * @param log the rows so far
 */
public record Checkpoint(
    String spec, long iteration, long skipped, double seconds, float[] weights, TrainingLog log) {

  /**
   * Reads a checkpoint; whoever trains the run may go on meanwhile.
   *
   * @param file where it lies
   * @throws UserError if the file is corrupt
   */
  public static Checkpoint read(Path file) {
    TrainingState.Named named = TrainingState.read(file);
    TrainingState state = named.state();
    return new Checkpoint(
        named.spec(),
        state.iteration(),
        state.skipped(),
        state.seconds(),
        state.weights(),
        state.log());
  }

  /** Number of steps of the finished run. */
  public long iterations() {
    return iterations(Json.map(Json.parse(spec, Map.class)));
  }

  /**
   * Number of steps that a spec asks for.
   *
   * @param spec of any experiment, as the map that its JSON is
   * @throws UserError if it does not say
   */
  public static long iterations(Map<String, Object> spec) {
    if (spec.get("training") instanceof Map<?, ?> training
        && training.get("iterations") instanceof Number iterations) {
      return iterations.longValue();
    }
    throw UserError.data("no number of iterations in the spec %s: it is of another program", spec);
  }

  /** Outcome of the training so far: to be scored like one. */
  public TrainingLoop.Outcome outcome() {
    return new TrainingLoop.Outcome(weights, iteration, skipped, seconds, log);
  }
}
