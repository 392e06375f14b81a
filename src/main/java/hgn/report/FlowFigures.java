package hgn.report;

import hgn.results.Band;
import hgn.results.FlowCost;
import hgn.results.FlowPortrait;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.Series;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** Fig 9, Fig 10, their tables, and the bounds of §A.7. */
public final class FlowFigures {
  /** Height of a row at which plots with and without a colour bar come out as equal squares. */
  private static final int ROW = 234;

  private FlowFigures() {}

  /** Fig 9: a density, the model's, K and V, one step, and the whole flow. */
  public static Figure portrait(String name, String caption, FlowPortrait p) {
    double top = Math.max(p.target().max(), p.model().max());
    Chart target = plane("Target: " + p.title(), "q₁", "q₂");
    target.field(p.target(), ColorMap.BLUES, 0, top, "density");
    Chart model = plane("Model", "q₁", "q₂");
    model.field(p.model(), ColorMap.BLUES, 0, top, "density");
    String sign = p.turned() ? "−" : "";
    Chart kinetic = plane("Kinetic energy, last step", "p₁", "p₂");
    kinetic.field(p.kinetic(), ColorMap.VIRIDIS, sign + "K(p) · dt");
    Chart potential = plane("Potential, last step", "q₁", "q₂");
    potential.field(p.potential(), ColorMap.VIRIDIS, sign + "V(q) · dt");
    Color white = Color.WHITE;
    potential.points(
        new Series(
            "minima of V",
            p.minima().stream().mapToDouble(m -> m[0]).toArray(),
            p.minima().stream().mapToDouble(m -> m[1]).toArray()),
        white);
    Chart step = plane("One leapfrog step from rest", "q₁", "q₂");
    double reach = p.target().x()[p.target().x().length - 1];
    step.quiver(p.stepU(), p.stepV(), Style.INK).xRange(-reach, reach).yRange(-reach, reach);
    Chart flow = plane("Integrated flow: start, way, end", "q₁", "q₂");
    for (Series path : p.paths()) {
      flow.thin(path, Style.fade(Style.FAINT_INK, 0.35));
    }
    flow.dots(at(p.paths(), false), Style.fade(Style.color(5), 0.9));
    flow.dots(at(p.paths(), true), Style.color(1));
    flow.xRange(-reach, reach).yRange(-reach, reach);
    String signs =
        p.turned()
            ? "; D and E: K and V of the last step, signs reversed so that K has a minimum (with"
                + " reversed momenta the flow is the same)"
            : "; D and E: K and V of the last step";
    return Figures.panels(
        name, caption + signs, 3, ROW, List.of(target, model, flow, kinetic, potential, step));
  }

  private static Series at(List<Series> paths, boolean end) {
    double[] x = new double[paths.size()];
    double[] y = new double[paths.size()];
    for (int i = 0; i < x.length; i++) {
      int k = end ? paths.get(i).x().length - 1 : 0;
      x[i] = paths.get(i).x()[k];
      y[i] = paths.get(i).y()[k];
    }
    return new Series("", x, y);
  }

  private static Chart plane(String title, String x, String y) {
    return Chart.of(title).x(x).y(y).equalAspect().noLegend();
  }

  /** Fig 10: convergence of the bound of the likelihood that is trained for. */
  public static Figure convergence(String name, String caption, List<Band> models) {
    Chart chart = Chart.of("").x("iteration").y("bound of a batch (nats)");
    double best = Double.NEGATIVE_INFINITY;
    for (Band b : models) {
      best = Math.max(best, b.mean()[b.mean().length - 1]);
      chart.band(b);
    }
    chart.yRange(best - 1.5, best + 0.2);
    return Figures.chart(name, caption + "; band: one standard deviation over seeds", chart);
  }

  /** Costs over the dimension: a training step, a score, a sample. */
  public static Figure costs(String name, String caption, List<FlowCost> costs) {
    List<Chart> charts = new ArrayList<>();
    charts.add(cost("Training step", "ms", costs, c -> 1e3 * c.trainSeconds()));
    charts.add(cost("Density of a batch", "ms", costs, c -> 1e3 * c.densitySeconds()));
    charts.add(cost("Samples of a batch", "ms", costs, c -> 1e3 * c.sampleSeconds()));
    charts.add(cost("Parameters", "thousands", costs, c -> c.parameters() / 1e3));
    return Figures.panels(name, caption, 2, charts);
  }

  private static Chart cost(
      String title, String unit, List<FlowCost> costs, ToDoubleFunction<FlowCost> what) {
    Chart chart = Chart.of(title).x("dimension d").y(unit).logX().logY();
    for (String model : costs.stream().map(FlowCost::model).distinct().toList()) {
      List<FlowCost> own = costs.stream().filter(c -> c.model().equals(model)).toList();
      chart.linePoints(
          new Series(
              model,
              own.stream().mapToDouble(FlowCost::dimension).toArray(),
              own.stream().mapToDouble(what).toArray()));
    }
    return chart;
  }

  /** The costs as a table. */
  public static Table costTable(List<FlowCost> costs) {
    return new TableBuilder<>("Cost of a batch of 256, one thread", costs)
        .text("model", FlowCost::model)
        .whole("d", FlowCost::dimension)
        .whole("parameters", FlowCost::parameters)
        .number("training step, ms", 2, c -> 1e3 * c.trainSeconds())
        .number("density, ms", 2, c -> 1e3 * c.densitySeconds())
        .number("samples, ms", 2, c -> 1e3 * c.sampleSeconds())
        .table();
  }

  /**
   * Minima of learned potentials beside the divergence.
   *
   * @param title above the table
   * @param runs flows on the plane
   * @param portraits one a run, in the same order
   */
  public static Table basins(String title, List<RunResult> runs, List<FlowPortrait> portraits) {
    return new TableBuilder<>(title, IntStream.range(0, runs.size()).boxed().toList())
        .text("run", i -> runs.get(i).experiment())
        .whole("minima of V", i -> portraits.get(i).minima().size())
        .number("KL(target ‖ model)", 3, i -> runs.get(i).metric(Metric.KL))
        .number("± standard error", 3, i -> runs.get(i).metric(Metric.KL_ERROR))
        .table();
  }

  /** Measures of runs of flows: bounds, divergence, time; a row a run. */
  public static Table results(String title, List<RunResult> runs) {
    return new TableBuilder<>(title, runs)
        .text("run", RunResult::experiment)
        .whole("seed", RunResult::seed)
        .number("ELBO", 3, run -> run.metric(Metric.ELBO))
        .number("importance-weighted bound", 3, run -> run.metric(Metric.BOUND))
        .number("KL(target ‖ model)", 3, run -> run.metric(Metric.KL))
        .number("± standard error", 3, run -> run.metric(Metric.KL_ERROR))
        .number("worst mode's mass, off by", 3, run -> run.metric(Metric.WORST_MASS))
        .number("seconds", 3, RunResult::wallSeconds)
        .table();
  }

  /**
   * Measures of flows, a row an experiment: means over its seeds, and of divergence and mass the
   * worst seed.
   */
  public static Table summary(String title, List<RunResult> runs) {
    return new TableBuilder<>(
            title,
            runs.stream()
                .collect(
                    Collectors.groupingBy(RunResult::experiment, TreeMap::new, Collectors.toList()))
                .values())
        .text("run", same -> same.get(0).experiment())
        .whole("seeds", List::size)
        .number("ELBO", 3, same -> metric(same, Metric.ELBO).average().orElse(Double.NaN))
        .number(
            "importance-weighted bound",
            3,
            same -> metric(same, Metric.BOUND).average().orElse(Double.NaN))
        .number(
            "KL(target ‖ model)", 3, same -> metric(same, Metric.KL).average().orElse(Double.NaN))
        .number("KL, worst seed", 3, same -> metric(same, Metric.KL).max().orElse(Double.NaN))
        .number(
            "worst mode's mass, off by",
            3,
            same -> metric(same, Metric.WORST_MASS).max().orElse(Double.NaN))
        .number(
            "seconds",
            3,
            same -> same.stream().collect(Collectors.averagingDouble(RunResult::wallSeconds)))
        .table();
  }

  private static DoubleStream metric(List<RunResult> runs, Metric<Double> key) {
    return runs.stream().mapToDouble(run -> run.metric(key)).filter(v -> !Double.isNaN(v));
  }

  /** Bounds of the log-density along a line, and how far they lie below it. */
  public static Figure bounds(String name, String caption, List<Series> curves) {
    Series truth = curves.get(0);
    Chart values = Chart.of("Log-density along q₁").x("q₁").y("ln p (nats)");
    Chart gaps = Chart.of("What the bounds lack").x("q₁").y("ln p − bound (nats)");
    values.line(truth);
    for (int i = 1; i < curves.size(); i++) {
      Series c = curves.get(i);
      values.dashed(c, Style.color(i));
      double[] gap = new double[c.y().length];
      for (int k = 0; k < gap.length; k++) {
        gap[k] = truth.y()[k] - c.y()[k];
      }
      gaps.line(new Series(c.label(), c.x(), gap), Style.color(i));
    }
    return Figures.panels(name, caption, 2, Style.HEIGHT + 40, List.of(values, gaps));
  }

  /**
   * Gap of the importance-weighted bound over the number of momenta.
   *
   * @param caption what stands below, before what the bands are and the points that a logarithm
   *     cannot show
   * @param curves gaps over momenta a point with their standard errors, a curve a flow
   */
  public static Figure gaps(String name, String caption, List<Band> curves) {
    Chart chart = Chart.of("").x("momenta a point").y("ln p − bound (nats)").logX().logY();
    List<String> missing = new ArrayList<>();
    for (int k = 0; k < curves.size(); k++) {
      Band curve = curves.get(k);
      Band shown = curve.positive();
      chart
          .band(shown, Style.color(k))
          .points(new Series("", shown.x(), shown.mean()), Style.color(k));
      String at =
          IntStream.range(0, curve.x().length)
              .filter(i -> curve.mean()[i] <= 0)
              .mapToObj(i -> Numbers.tick(curve.x()[i]))
              .collect(Collectors.joining(", "));
      if (!at.isEmpty()) {
        missing.add("%s at %s".formatted(curve.label(), at));
      }
    }
    String notDrawn =
        missing.isEmpty()
            ? ""
            : "; not drawn, since the estimated gap is not above 0: " + String.join("; ", missing);
    String bands = "; bands: one standard error, " + TrainingFigures.LOWER_EDGE;
    return Figures.chart(name, caption + bands + notDrawn, chart);
  }
}
