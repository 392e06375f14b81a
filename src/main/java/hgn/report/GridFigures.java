package hgn.report;

import hgn.results.Band;
import hgn.results.Metric;
import hgn.results.ScoredRun;
import hgn.results.Series;
import hgn.results.StudyResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** Figures over many runs (Fig 6, 11, 12) and of the studies beyond the paper. */
public final class GridFigures {
  private static final int ROW = 250;
  private static final int ENVELOPE = 15;
  private static final double[] NONE = {};

  private GridFigures() {}

  /**
   * Error of each frame, a row of panels a system, train at the left and test at the right (Fig 6).
   * The first model has a band where it was studied; the bands of all would hide one another.
   *
   * @param runs of a grid
   * @param dt time between frames
   */
  public static Figure frames(String name, String caption, List<ScoredRun> runs, double dt) {
    List<Panel> panels = new ArrayList<>();
    String first = runs.isEmpty() ? "" : runs.get(0).model();
    boolean banded = false;
    for (String system : systems(runs)) {
      List<Chart> splits = new ArrayList<>();
      for (String split : List.of("train", "test")) {
        Chart chart = Chart.of(system + ", " + split).x("time").y("MSE per pixel").logY();
        double meanImage = Double.NaN;
        for (ScoredRun run : runs) {
          double[] errors =
              run.metrics(split.equals("train") ? Metric.TRAIN_FRAME_MSE : Metric.TEST_FRAME_MSE);
          if (run.system().equals(system) && errors.length > 0) {
            double[] spread = run.model().equals(first) ? spread(run, split) : NONE;
            double[] times = Series.times(errors.length, dt);
            if (spread.length == errors.length) {
              banded = true;
              chart.band(Band.around(run.model(), times, errors, spread));
            } else {
              chart.line(new Series(run.model(), times, errors));
            }
            meanImage = run.result().meanImageMse();
          }
        }
        if (!Double.isNaN(meanImage)) {
          // In the legend: beside the line a label would lie on curves that run along it.
          chart.horizontal(meanImage, "").dashedKey("mean image", Style.INK);
          splits.add(chart);
        }
      }
      Chart.alignY(splits);
      panels.addAll(splits);
    }
    String band =
        "; band: one standard deviation of %s over films, %s"
            .formatted(first, TrainingFigures.LOWER_EDGE);
    return Figures.panels(name, captioned(banded ? caption + band : caption, runs), 2, ROW, panels);
  }

  /** Deviation of each frame's error over films; empty where the run was not studied. */
  private static double[] spread(ScoredRun run, String split) {
    StudyResult study = run.study();
    double[] spread =
        study == null
            ? null
            : split.equals("train") ? study.trainFrameDeviations() : study.testFrameDeviations();
    return spread == null ? NONE : spread;
  }

  /**
   * Training error over the iterations, a panel a system (Fig 11, 12).
   *
   * @param curves labelled by their system
   * @param runs whose mean images are drawn
   */
  public static Figure convergence(
      String name, String caption, List<Series> curves, List<ScoredRun> runs) {
    List<Chart> panels = new ArrayList<>();
    for (Series curve : curves) {
      Chart chart = Chart.of(curve.label()).x("iteration").y("MSE per pixel").logY();
      chart.line(new Series("training batches", curve.x(), curve.y()));
      runs.stream()
          .filter(run -> run.system().equals(curve.label()) && run.result() != null)
          .findFirst()
          .ifPresent(run -> chart.horizontal(run.result().meanImageMse(), "mean image"));
      panels.add(chart);
    }
    Chart.alignY(panels);
    return Figures.panels(name, captioned(caption, runs), 2, ROW, panels);
  }

  /**
   * Rollouts ten times as long as in training: error and drift of the learned energy over time.
   *
   * @param runs those without a study are left out
   * @param trained end of the training horizon
   */
  public static Figure longRollouts(
      String name, String caption, List<ScoredRun> runs, double trained) {
    Chart error = Chart.of("Error").x("time").y("MSE per pixel, median and quartiles").logY();
    Chart energy =
        Chart.of("Learned energy").x("time").y("|H − H₀| / sd of H, largest of " + ENVELOPE).logY();
    for (ScoredRun run : runs) {
      StudyResult s = run.study();
      if (s != null) {
        String label = label(run, runs);
        error.band(new Band(label, s.time(), s.forwardMse(), s.forwardLow(), s.forwardHigh()));
        energy.line(new Series(label, s.time(), envelope(s.energyDeviation())));
      }
    }
    String end = "trained until t = " + Numbers.tick(trained);
    error.vertical(trained, end);
    energy.vertical(trained, end);
    return Figures.panels(name, captioned(caption, runs), 2, ROW + 60, List.of(error, energy));
  }

  /**
   * The largest of the values around each: a deviation that swings through zero is a fence on a
   * logarithmic axis, its envelope a curve.
   */
  private static double[] envelope(double... values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      int from = Math.max(0, i - ENVELOPE / 2);
      int to = Math.min(values.length, i + ENVELOPE / 2 + 1);
      out[i] = Arrays.stream(values, from, to).max().orElseThrow();
    }
    return out;
  }

  /** The caption with the runs' budget, protocol and seed, where it does not say them. */
  private static String captioned(String caption, List<ScoredRun> runs) {
    String how = ScoredCells.how(runs);
    return caption.contains("seed")
        ? caption
        : caption
            + "; "
            + (caption.contains(" budget") ? how.replaceAll("\\w+ budget, ", "") : how);
  }

  private static String label(ScoredRun run, List<ScoredRun> runs) {
    boolean oneModel = runs.stream().map(ScoredRun::model).distinct().count() == 1;
    return oneModel ? run.system() : run.model();
  }

  /**
   * Phase portraits: what a linear map reads from the latent rollouts, beside the truth, a colour a
   * film.
   *
   * @param runs those without a study are left out
   */
  public static Figure portraits(String name, String caption, List<ScoredRun> runs) {
    List<Panel> panels = new ArrayList<>();
    for (ScoredRun run : runs) {
      if (run.study() == null) {
        continue;
      }
      Chart chart =
          Chart.of(
                  "%s, %s: R² %s of q, %s of p"
                      .formatted(
                          run.system(),
                          run.model(),
                          Numbers.fixed(run.study().probeQ()[0], 2),
                          Numbers.fixed(run.study().probeP()[0], 2)))
              .x(run.axes().x())
              .y(run.axes().y())
              .equalAspect();
      StudyResult.Portrait[] portraits = run.study().portraits();
      for (int i = 0; i < portraits.length; i++) {
        StudyResult.Portrait portrait = portraits[i];
        Color color = Style.color(i);
        chart.line(new Series("", portrait.trueQ(), portrait.trueP()), color);
        chart.points(new Series("", portrait.readQ(), portrait.readP()), color);
      }
      chart.key("truth", Style.INK).dotKey("read from the latent state", Style.INK);
      panels.add(chart);
    }
    return Figures.panels(name, captioned(caption, runs), 2, ROW + 110, panels);
  }

  private static List<String> systems(List<ScoredRun> runs) {
    return List.copyOf(
        runs.stream().map(ScoredRun::system).collect(Collectors.toCollection(LinkedHashSet::new)));
  }
}
