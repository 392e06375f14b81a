package hgn.report;

import hgn.io.Text;
import hgn.results.Band;
import hgn.results.FrameSequence;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.Series;
import java.util.List;

/** Figures of one trained run, captioned with its experiment, budget and seed. */
public final class RunFigures {

  private RunFigures() {}

  /**
   * Convergence (Fig 11): the error with the mean image's score, and what else was logged.
   *
   * @param name the file's stem
   * @param run what was measured
   * @param mse of the training batches over the iterations
   * @param others further curves, a panel each
   */
  public static Figure convergence(String name, RunResult run, Series mse, Series... others) {
    return TrainingFigures.convergence(
        name,
        run.caption(),
        List.of(new Series("training batches", mse.x(), mse.y())),
        run.meanImageMse(),
        List.of(others));
  }

  /**
   * Error of each frame with its spread over the test sequences.
   *
   * @param name the file's stem
   * @param run what was measured
   * @param errors over time
   */
  public static Figure frameErrors(String name, RunResult run, Band errors) {
    return TrainingFigures.perFrame(
        name,
        run.caption()
            + "; band: one standard deviation over the test sequences, "
            + TrainingFigures.LOWER_EDGE,
        List.of(errors),
        "time of the frame",
        run.meanImageMse());
  }

  /**
   * Noisy films, what is reconstructed of them and the same motion without noise.
   *
   * @param name the file's stem
   * @param run what was measured
   * @param rows three a film: noisy, reconstructed, clean
   * @param dt time between two frames
   */
  public static Figure noisy(String name, RunResult run, List<FrameSequence> rows, double dt) {
    String errors =
        Text.of(
            "test MSE × 1e4 against noisy frames %.2f (floor %.2f), against clean ones %.2f (floor"
                + " %.2f)",
            Numbers.SCALE * run.testMse(),
            Numbers.SCALE * run.metric(Metric.NOISE_FLOOR),
            Numbers.SCALE * run.metric(Metric.CLEAN_TEST_MSE),
            Numbers.SCALE * run.metric(Metric.CLEAN_FLOOR));
    return Figures.strip(name, run.caption() + "; " + errors, rows, dt);
  }

  /**
   * The learned energy along rollouts, with the end of the training horizon marked by its caption.
   *
   * @param name the file's stem
   * @param run what was measured
   * @param energies over time, a curve a sequence
   */
  public static Figure energies(String name, RunResult run, List<Series> energies) {
    Chart chart = Chart.of("").x("time").y("learned energy H (arbitrary units)");
    energies.forEach(chart::line);
    return Figures.chart(name, run.caption() + "; trained up to t = 3.75", chart);
  }
}
