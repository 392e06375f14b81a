package hgn.paper;

import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.SequenceScore;
import hgn.results.TrainingWatch;
import hgn.training.WeightsFile;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs that lie in the repository: packed into half the space, and checked by anyone. */
public final class Shipping {
  /** A draw of which no model has seen anything. */
  private static final long FRESH_SEED = 4711;

  private Shipping() {}

  /**
   * A claim and what was found.
   *
   * @param experiment its name
   * @param claimed test MSE of the result
   * @param found MSE on fresh sequences
   * @param error standard error of the difference of the two means
   * @param sequences how many of each
   */
  public record Check(
      String experiment, double claimed, double found, double error, int sequences) {

    /** Whether the two agree within three standard errors. */
    public boolean holds() {
      return Math.abs(found - claimed) <= 3 * error;
    }
  }

  /**
   * Rounds the weights of a finished run to float16, and measures what that costs.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return its result, with the test MSE of the rounded weights among its metrics
   */
  public static RunResult pack(Experiment experiment, Workspace workspace) {
    Run run = experiment.train(workspace, TrainingWatch.NONE);
    RunResult result = run.result();
    if (result.metrics().containsKey(RunResult.PACKED)) {
      return result;
    }
    RunFolder folder = experiment.folder(workspace);
    float[] rounded =
        WeightsFile.writeHalf(
            folder.weights(),
            run.blueprint().layout(),
            run.weights(),
            Json.compact(experiment.spec()));
    SequenceScore score = run.with(rounded, result).tableScore(run.dataset().test());
    Map<String, Object> metrics = new LinkedHashMap<>(result.metrics());
    metrics.put(RunResult.PACKED, score.mse());
    RunResult packed = result.with(metrics);
    AtomicFiles.writeText(folder.result(), Json.pretty(packed) + "\n");
    return packed;
  }

  /**
   * Scores the weights of a finished run on sequences that are simulated for this.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return what the result says and what was found
   */
  public static Check verify(Experiment experiment, Workspace workspace) {
    Run run = experiment.train(workspace, TrainingWatch.NONE);
    DatasetSpec own = run.dataset().spec();
    int n = Math.min(experiment.spec().evaluationSequences(), own.test());
    DatasetSpec fresh =
        new DatasetSpec(
            own.system(), 1, n, own.steps(), own.dt(), own.imageSize(), own.noise(), FRESH_SEED);
    SequenceScore found = run.tableScore(Dataset.open(fresh, workspace, Progress.NONE).test());
    double deviation =
        run.result().metrics().get("testMseDeviation") instanceof Number d
            ? d.doubleValue()
            : Double.NaN;
    double error = Math.hypot(deviation, found.mseDeviation()) / Math.sqrt(n);
    return new Check(experiment.name(), run.result().testMse(), found.mse(), error, n);
  }
}
