package hgn.paper;

import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.evaluation.Statistics;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.SequenceScore;
import hgn.results.TrainingWatch;
import hgn.training.WeightsFile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/** Runs that lie in the repository: packed into half the space, and checked by anyone. */
public final class Shipping {
  /** A draw of which no model has seen anything. */
  private static final long FRESH_SEED = 4711;

  private Shipping() {}

  /**
   * A claim and what was found.
   *
   * @param experiment its name
   * @param what was claimed, for example "test MSE"
   * @param claimed the number in the result
   * @param found the same on fresh sequences
   * @param error standard error of the difference of the two means over sequences
   * @param sequences how many of each
   */
  public record Check(
      String experiment, String what, double claimed, double found, double error, int sequences) {

    /** How many standard errors the two may differ by. */
    public static final int TOLERANCE = 3;

    /** Whether the two agree. */
    public boolean holds() {
      return Math.abs(found - claimed) <= TOLERANCE * error;
    }
  }

  /** Whether a run's weights lie beside its result, so that anyone can check it. */
  public static boolean hasWeights(GridCell cell) {
    return new RunFolder(cell.folder()).hasWeights();
  }

  /**
   * Rounds the weights of a finished run to float16, measures what that costs, and studies it.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return its result, with the test MSE of the rounded weights among its metrics
   * @throws hgn.io.UserError if it is not finished, or somebody holds its folder
   */
  public static RunResult pack(Experiment experiment, Workspace workspace) {
    // Held, or a run that somebody trains anew meanwhile would get the old one's weights.
    RunFolder.Hold hold = experiment.folder(workspace).hold();
    try (hold) {
      return packed(experiment, workspace);
    }
  }

  private static RunResult packed(Experiment experiment, Workspace workspace) {
    Run run = experiment.finished(workspace);
    float[] weights = run.weights();
    RunResult result = run.result();
    // The study belongs to a result: it is made of what is shipped.
    if (result.metrics().containsKey(RunResult.PACKED)) {
      study(experiment, run, workspace);
      return result;
    }
    RunFolder folder = experiment.folder(workspace);
    float[] rounded =
        WeightsFile.writeHalf(
            folder.weights(),
            run.blueprint().layout(),
            weights,
            Json.compact(experiment.spec(workspace)));
    SequenceScore score = run.with(rounded, result).tableScore(run.films().test());
    Map<String, Object> metrics = new LinkedHashMap<>(result.metrics());
    metrics.put(RunResult.PACKED, score.mse());
    RunResult packed = result.with(metrics);
    AtomicFiles.writeText(folder.result(), Json.pretty(packed) + "\n");
    study(experiment, run.with(rounded, packed), workspace);
    return packed;
  }

  /** It compares with the true states, which films of one's own do not have. */
  private static void study(Experiment experiment, Run run, Workspace workspace) {
    if (!experiment.ownFilms()) {
      run.study(workspace);
    }
  }

  /**
   * Scores the weights of a finished run on sequences that are simulated for this.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return what the result says and what was found
   */
  public static Check verify(Experiment experiment, Workspace workspace) {
    if (experiment.ownFilms()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "%s: of films of your own there are no fresh ones to check the claim by"
              .formatted(experiment.name()));
    }
    int wanted = experiment.budget().evaluationSequences();
    Run run = experiment.finished(workspace, wanted);
    int n = Math.min(wanted, run.films().test().size());
    DatasetSpec fresh = fresh(run.dataset().spec(), n);
    SequenceScore found = run.tableScore(Dataset.open(fresh, workspace, Progress.NONE).test());
    double deviation =
        run.result().metrics().get("testMseDeviation") instanceof Number d
            ? d.doubleValue()
            : Double.NaN;
    double error = Math.hypot(deviation, found.mseDeviation()) / Math.sqrt(n);
    return new Check(experiment.name(), "test MSE", run.result().testMse(), found.mse(), error, n);
  }

  /**
   * Rolls out an HNN from states, or its twin, from the initial states of trajectories that are
   * simulated for this.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return the true energy's error that the result claims, beside what was found
   */
  public static Check verify(StateExperiment experiment, Workspace workspace) {
    StateRun run = experiment.train(workspace, TrainingWatch.NONE);
    double[] known = run.energyErrors(run.dataset());
    Dataset fresh =
        Dataset.open(fresh(run.dataset().spec(), known.length), workspace, Progress.NONE);
    double[] found = run.energyErrors(fresh);
    double error = Math.hypot(Statistics.standardError(known), Statistics.standardError(found));
    double claimed =
        run.result().metrics().get("rolloutEnergyMse") instanceof Number n
            ? n.doubleValue()
            : Double.NaN;
    return new Check(
        experiment.name(),
        "energy MSE of rollouts",
        claimed,
        StatUtils.mean(found),
        error,
        known.length);
  }

  private static DatasetSpec fresh(DatasetSpec own, int n) {
    return new DatasetSpec(
        own.system(), 1, n, own.steps(), own.dt(), own.imageSize(), own.noise(), FRESH_SEED);
  }
}
