package hgn.paper;

import hgn.evaluation.Statistics;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.WeightsFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.StatUtils;

/** What {@link Shipping} does for films, for densities: packs weights, and checks claims. */
public final class FlowShipping {
  /** The metric that says what rounding the weights has cost: the bound of the same points. */
  public static final String PACKED = "packedBound";

  /** Points of which no model has seen anything, nor the scores that are claimed. */
  private static final long FRESH_SEED = 4711;

  /** Of the momenta: from the points' stream a point would get its own numbers. */
  private static final long MOMENTA_SEED = 4712;

  private FlowShipping() {}

  /**
   * Rounds the weights of a finished run to float16, and measures what that costs.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return its result, with the bound of the rounded weights among its metrics
   */
  public static RunResult pack(FlowExperiment experiment, Workspace workspace) {
    RunFolder.Hold hold = experiment.folder(workspace).hold();
    try (hold) {
      return packed(experiment, workspace);
    }
  }

  private static RunResult packed(FlowExperiment experiment, Workspace workspace) {
    FlowRun run = experiment.train(workspace, TrainingWatch.NONE);
    RunResult result = run.result();
    if (result.metrics().containsKey(PACKED)) {
      return result;
    }
    RunFolder folder = experiment.folder(workspace);
    FlowRun rounded =
        run.with(
            WeightsFile.writeHalf(
                folder.weights(),
                run.blueprint().layout(),
                run.weights(),
                Json.compact(experiment.spec())));
    FlowExperimentSpec spec = experiment.spec();
    double[][] points = experiment.testPoints();
    Map<String, Object> metrics = new LinkedHashMap<>(result.metrics());
    double[] bound = rounded.scores(points, spec.draws(), experiment.seed()).bound();
    metrics.put(PACKED, StatUtils.mean(bound));
    RunResult packed = result.with(metrics);
    AtomicFiles.writeText(folder.result(), Json.pretty(packed) + "\n");
    return packed;
  }

  /**
   * Scores the weights of a finished run on points that are drawn for this.
   *
   * @param experiment finished in that workspace
   * @param workspace where it lies
   * @return what the result says and what was found
   */
  public static Shipping.Check verify(FlowExperiment experiment, Workspace workspace) {
    FlowRun run = experiment.train(workspace, TrainingWatch.NONE);
    FlowExperimentSpec spec = experiment.spec();
    double[][] fresh =
        experiment.target().tests(new SplittableRandom(FRESH_SEED), spec.testPoints());
    double[] bound = run.scores(fresh, spec.draws(), MOMENTA_SEED).bound();
    double error = Math.hypot(run.result().metric("boundError"), Statistics.standardError(bound));
    return new Shipping.Check(
        experiment.cell(workspace).title(),
        "bound in nats",
        run.result().metric("bound"),
        StatUtils.mean(bound),
        error,
        fresh.length);
  }
}
