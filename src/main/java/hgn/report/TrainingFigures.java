package hgn.report;

import hgn.results.Band;
import hgn.results.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Figures of runs: how they converged and how good each frame is (Fig 11, 12). */
public final class TrainingFigures {

  /** Words of captions for the lower edge of {@link Band#around}. */
  static final String LOWER_EDGE = "below the mean by the same factor as above";

  private TrainingFigures() {}

  /**
   * Convergence: the errors with the mean image's score as reference, and what else was logged (KL,
   * λ) each in its own panel; logarithmic where it spans more than a decade.
   *
   * @param errors for example training and test MSE over iterations
   * @param meanImageMse the score to beat; NaN for none
   * @param others further quantities, a panel each; their labels name the axes
   */
  public static Figure convergence(
      String name, String caption, List<Series> errors, double meanImageMse, List<Series> others) {
    Chart chart = Chart.of("").x("iteration").y("MSE per pixel").logY();
    errors.forEach(chart::line);
    if (!Double.isNaN(meanImageMse)) {
      chart.horizontal(meanImageMse, "mean image");
    }
    List<Chart> panels = new ArrayList<>(List.of(chart));
    for (int i = 0; i < others.size(); i++) {
      Series s = others.get(i);
      Chart panel = Chart.of("").x("iteration").y(s.label()).noLegend();
      panels.add((spansDecade(s) ? panel.logY() : panel).line(s, Style.color(i + 2)));
    }
    return panels.size() == 1
        ? Figures.chart(name, caption, chart)
        : Figures.panels(name, caption, Math.min(3, panels.size()), panels);
  }

  /**
   * A training whose error is none of pixels.
   *
   * @param quantity what falls, with its unit: names the axis
   * @param curves of it over iterations; logarithmic where one spans more than a decade
   */
  public static Figure training(String name, String caption, String quantity, List<Series> curves) {
    Chart chart = Chart.of("Training").x("iteration").y(quantity);
    curves.forEach(chart::line);
    boolean wide = curves.stream().anyMatch(TrainingFigures::spansDecade);
    return Figures.chart(name, caption, wide ? chart.logY() : chart);
  }

  /**
   * Two ways to train, or more: the error of the training batches over iterations and over wall
   * time.
   *
   * @param iterations a curve a way, over iterations
   * @param seconds the same over seconds, in the same order
   * @param meanImageMse the score to beat; a fifth of it is drawn too
   */
  public static Figure ways(
      String name,
      String caption,
      List<Series> iterations,
      List<Series> seconds,
      double meanImageMse) {
    List<Chart> panels = new ArrayList<>();
    for (List<Series> curves : List.of(iterations, seconds)) {
      String abscissa = curves == iterations ? "iteration" : "wall time (s)";
      Chart chart = Chart.of("").x(abscissa).y("MSE per pixel").logY();
      curves.forEach(chart::line);
      chart.horizontal(meanImageMse, "mean image");
      chart.horizontal(meanImageMse / 5, "a fifth of it");
      panels.add(chart);
    }
    return Figures.panels(name, caption, 2, panels);
  }

  /**
   * Error of each frame with its spread over sequences.
   *
   * @param models a band a model, over frame number or time
   * @param xTitle what the abscissa is
   * @param meanImageMse the score to beat; NaN for none
   */
  public static Figure perFrame(
      String name, String caption, List<Band> models, String xTitle, double meanImageMse) {
    Chart chart = Chart.of("").x(xTitle).y("MSE per pixel").logY();
    models.forEach(chart::band);
    if (!Double.isNaN(meanImageMse)) {
      chart.horizontal(meanImageMse, "mean image");
    }
    return Figures.chart(name, caption, chart);
  }

  private static boolean spansDecade(Series s) {
    double low = Arrays.stream(s.y()).min().orElse(1);
    double high = Arrays.stream(s.y()).max().orElse(1);
    return low > 0 && high / low > 10;
  }
}
