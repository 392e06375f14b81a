package hgn.paper;

import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.FilmData;
import hgn.data.Films;
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
  /** The metric that says what rounding the weights has cost. */
  public static final String PACKED = "packedTestMse";

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
    if (result.metrics().containsKey(PACKED)) {
      return result;
    }
    RunFolder folder = experiment.folder(workspace);
    float[] rounded =
        WeightsFile.writeHalf(
            folder.weights(),
            run.blueprint().layout(),
            run.weights(),
            Json.compact(experiment.spec(workspace)));
    SequenceScore score = run.with(rounded, result).tableScore(run.films().test());
    Map<String, Object> metrics = new LinkedHashMap<>(result.metrics());
    metrics.put(PACKED, score.mse());
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
    int n = Math.min(experiment.budget().evaluationSequences(), run.films().test().size());
    SequenceScore found = run.tableScore(fresh(run.films(), n, workspace));
    double deviation =
        run.result().metrics().get("testMseDeviation") instanceof Number d
            ? d.doubleValue()
            : Double.NaN;
    double error = Math.hypot(deviation, found.mseDeviation()) / Math.sqrt(n);
    return new Check(experiment.name(), run.result().testMse(), found.mse(), error, n);
  }

  /** Simulated anew; of films of the user's own there are no others than the test's. */
  private static Films fresh(FilmData known, int n, Workspace workspace) {
    if (!(known instanceof Dataset dataset)) {
      return known.test();
    }
    DatasetSpec own = dataset.spec();
    DatasetSpec fresh =
        new DatasetSpec(
            own.system(), 1, n, own.steps(), own.dt(), own.imageSize(), own.noise(), FRESH_SEED);
    return Dataset.open(fresh, workspace, Progress.NONE).test();
  }
}
