package hgn.report;

import hgn.io.Text;
import hgn.results.Axes;
import hgn.results.Convergence;
import hgn.results.PhasePortrait;
import hgn.results.Polygon;
import hgn.results.Series;
import hgn.results.Substep;
import hgn.results.Trajectory;
import hgn.results.Transport;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.Table;

/** Figures and tables on Hamilton's equations and the integrators (§A.6, Fig 13). */
public final class FormalismFigures {
  private static final int SQUARE_ROW = 390;
  private static final int CONTOURS = 10;
  private static final int PATCH_INTERVAL = 4;
  private static final double QUARTER = Math.PI / 2;
  private static final Set<String> NAMED = Set.of("leapfrog", "euler", "yoshida4", "rk4");
  private static final int[] OTHERS = {3, 5, 6};

  // A little outside of whole decades: a decade on the very edge gets no number.
  private static final double SMALLEST_ERROR = 0.7e-5;
  private static final double LARGEST_ERROR = 1.4e3;

  private FormalismFigures() {}

  /** Energy as colour, its level lines, the flow as arrows and trajectories, one panel each. */
  public static Figure portraits(String name, String caption, List<PhasePortrait> portraits) {
    return Figures.panels(
        name,
        caption,
        Math.min(2, portraits.size()),
        SQUARE_ROW,
        portraits.stream().map(FormalismFigures::portrait).toList());
  }

  /**
   * Curves in a plane, for example {@code trajectory.orbit(0, 1)} or {@code trajectory.phase(0)}.
   *
   * @param axes labels of the plane
   * @param curves each with its name in the legend
   */
  public static Figure paths(String name, String caption, Axes axes, List<Series> curves) {
    Chart chart = Chart.of("").x(axes.x()).y(axes.y()).equalAspect();
    for (int i = 0; i < curves.size(); i++) {
      chart.line(curves.get(i), Style.color(i));
    }
    return Figures.chart(name, caption, chart);
  }

  private static Chart portrait(PhasePortrait portrait) {
    Chart chart =
        Chart.of(portrait.title())
            .x(portrait.axes().x())
            .y(portrait.axes().y())
            .equalAspect()
            .field(portrait.energy(), ColorMap.VIRIDIS, "energy H")
            .contours(
                portrait.energy(), levels(portrait.energy().max()), Style.fade(Color.WHITE, 0.35))
            .quiver(portrait.qDot(), portrait.pDot(), Style.fade(Color.WHITE, 0.75));
    for (Trajectory path : portrait.paths()) {
      chart.thin(path.phase(0), Style.color(4));
    }
    return chart.noLegend();
  }

  /**
   * Error over step for each method, with a line of the declared order through its finest point.
   */
  public static Figure orders(String name, String caption, List<Convergence> methods) {
    Chart chart = Chart.of("").x("time step dt").y("error at the horizon").logX().logY();
    for (int i = 0; i < methods.size(); i++) {
      Convergence m = methods.get(i);
      Color color = color(m.method(), methods.stream().map(Convergence::method).toList());
      int last = m.dt().length - 1;
      while (last > 0 && !m.fitted()[last]) {
        last--;
      }
      double[] slope = new double[m.dt().length];
      for (int k = 0; k < slope.length; k++) {
        slope[k] = m.error()[last] * Math.pow(m.dt()[k] / m.dt()[last], m.declaredOrder());
      }
      chart
          .dashed(new Series("", m.dt(), slope), Style.fade(Style.INK, 0.6))
          .linePoints(
              new Series(
                  "%s: %s".formatted(m.method(), Numbers.significant(m.measuredOrder(), 3)),
                  m.dt(),
                  m.error()),
              color);
    }
    chart.dashedKey("slope of the declared order", Style.fade(Style.INK, 0.6));
    return Figures.chart(name, caption, chart);
  }

  /** Declared and measured orders as a table. */
  public static Table orderTable(List<Convergence> methods) {
    return new TableBuilder<>("Order of the global error", methods)
        .text("method", Convergence::method)
        .whole("declared", Convergence::declaredOrder)
        .number("measured", 3, Convergence::measuredOrder)
        .number("error at the finest dt", m -> m.error()[m.error().length - 1])
        .table();
  }

  /**
   * Energy error over steps, one panel a system; the caption names the curves that leave it.
   *
   * @param caption what stands below, before the curves that leave their panel
   * @param titles the systems
   * @param energies of each system, a curve a method
   */
  public static Figure energies(
      String name, String caption, List<String> titles, List<List<Series>> energies) {
    List<Chart> charts = new ArrayList<>();
    List<String> leaving = new ArrayList<>();
    for (int i = 0; i < titles.size(); i++) {
      charts.add(energyChart(titles.get(i), energies.get(i)));
      for (Series s : energies.get(i)) {
        if (Arrays.stream(s.y()).anyMatch(error -> error > LARGEST_ERROR)) {
          leaving.add("%s (%s)".formatted(Legend.words(s.label()), titles.get(i)));
        }
      }
    }
    String gone =
        leaving.isEmpty() ? "" : " Beyond the upper edge: " + String.join(", ", leaving) + ".";
    return Figures.panels(name, caption + gone, Math.min(2, charts.size()), SQUARE_ROW, charts);
  }

  private static Chart energyChart(String title, List<Series> energies) {
    // Euler's energy grows by a factor a step and would squeeze all else into one line.
    Chart chart =
        Chart.of(title)
            .x("step")
            .y("|H − H₀| / |H₀|, largest of 40 steps")
            .logX()
            .logY()
            .yRange(smallest(energies), Math.min(LARGEST_ERROR, 20 * largest(energies)));
    energies.forEach(s -> chart.line(s, color(s.label(), labels(energies))));
    return chart;
  }

  private static double largest(List<Series> energies) {
    return energies.stream().flatMapToDouble(s -> Arrays.stream(s.y())).max().orElse(1);
  }

  /** Lower where a curve would lie below the panel from one end to the other. */
  private static double smallest(List<Series> energies) {
    return energies.stream()
        .mapToDouble(s -> 0.3 * Arrays.stream(s.y()).max().orElse(1))
        .filter(top -> top > 0)
        .reduce(SMALLEST_ERROR, Math::min);
  }

  /** Distance from the start after n steps forth and n back. */
  public static Figure returns(String name, String caption, List<Series> returns) {
    Chart chart =
        Chart.of("").x("steps n, forth and back").y("distance from the start").logX().logY();
    returns.forEach(s -> chart.linePoints(s, color(s.label(), labels(returns))));
    return Figures.chart(name, caption, chart);
  }

  /**
   * Fig 13 A: a patch of a harmonic oscillator's phase space carried along by each method, over the
   * circles of equal energy H = q² + p², and its area over time.
   *
   * @param transports the patches, one panel a method
   */
  public static Figure phaseSpaceArea(String name, String caption, List<Transport> transports) {
    return phaseSpaceArea(name, caption, transports, PATCH_INTERVAL);
  }

  /**
   * The same with another interval.
   *
   * @param transports the patches, one panel a method
   * @param every how many steps lie between two patches drawn
   */
  public static Figure phaseSpaceArea(
      String name, String caption, List<Transport> transports, int every) {
    List<Chart> charts = new ArrayList<>();
    // One scale for all methods, so that the patches can be compared.
    double reach = transports.stream().mapToDouble(t -> reach(t, every)).max().orElse(1);
    List<String> methods = transports.stream().map(Transport::method).toList();
    for (Transport transport : transports) {
      charts.add(patches(transport, reach, every, color(transport.method(), methods)));
    }
    Chart area = Chart.of("Area of the patch").x("time t").y("area / area at t = 0").logY();
    transports.forEach(t -> area.line(t.areaRatio(), color(t.method(), methods)));
    boolean shrinks =
        transports.stream().map(Transport::areaRatio).anyMatch(r -> r.y()[r.y().length - 1] < 0.9);
    charts.add(area.legend(shrinks ? Legend.Place.BOTTOM_LEFT : Legend.Place.TOP_LEFT));
    return Figures.panels(name, caption, charts.size(), SQUARE_ROW - 40, charts);
  }

  private static double reach(Transport transport, int every) {
    double reach = 0;
    for (int k = 0; k < transport.patches().size(); k += every) {
      Polygon patch = transport.patches().get(k);
      for (int i = 0; i < patch.x().length; i++) {
        reach = Math.max(reach, Math.max(Math.abs(patch.x()[i]), Math.abs(patch.y()[i])));
      }
    }
    return reach;
  }

  private static Chart patches(Transport transport, double reach, int every, Color color) {
    Chart chart =
        Chart.of(
                (transport.symplectic() ? "Symplectic: " : "Not symplectic: ") + transport.method())
            .x("q")
            .y("p")
            .equalAspect()
            .noLegend();
    for (double level : levels(2 * reach * reach)) {
      double r = Math.sqrt(level);
      chart.thin(circle(r), Style.fade(Style.FAINT_INK, 0.4));
    }
    chart.xRange(-1.1 * reach, 1.1 * reach).yRange(-1.1 * reach, 1.1 * reach);
    List<Polygon> patches = transport.patches();
    for (int k = 0; k < patches.size(); k += every) {
      Polygon patch = patches.get(k);
      double ratio = patch.area() / patches.get(0).area();
      double age = (double) k / Math.max(1, patches.size() - 1);
      chart.polygon(patch, color, 0.15 + 0.45 * age);
      double x = StatUtils.mean(patch.x());
      double y = StatUtils.mean(patch.y());
      double away = Math.hypot(x, y);
      double outward = away + 0.28 * reach < 1.05 * reach ? 0.28 : 0;
      double label = away + outward * reach;
      if (k % (2 * every) == 0) {
        chart.text(x * label / away, y * label / away, Text.of("%.2f", ratio), Style.INK, -12, 4);
      }
    }
    return chart;
  }

  /** Fig 13 B: the leapfrog's half kicks and drifts as arrows in the (q, p) plane. */
  public static Figure leapfrog(String name, String caption, List<Substep> substeps) {
    Substep first = substeps.get(0);
    Series states = wholeSteps(substeps);
    Range q = new Range(false);
    Range p = new Range(false);
    Chart chart = Chart.of("").x("position q").y("momentum p").equalAspect();
    chart.thin(circle(Math.hypot(first.q0(), first.p0())), Style.FAINT_INK);
    for (Substep s : substeps) {
      Color color = Style.color(s.kick() ? 1 : 0);
      chart.arrow(s.q0(), s.p0(), s.q1(), s.p1(), color);
      q.include(s.q0(), s.q1());
      p.include(s.p0(), s.p1());
      double middleQ = (s.q0() + s.q1()) / 2;
      double middleP = (s.p0() + s.p1()) / 2;
      if (s.kick()) {
        boolean left = s.q0() < 0;
        chart.text(middleQ, middleP, "½ kick", color, left ? -48 : 9, 4);
      } else {
        chart.text(middleQ, middleP, "drift", color, -12, -9);
      }
    }
    chart.points(states, Style.INK);
    for (int i = 0; i < states.x().length; i++) {
      String time = i == 0 ? "t" : i == 1 ? "t + dt" : Text.of("t + %d dt", i);
      double left = -Figure.width(time, Style.SMALL) - 10;
      chart.text(states.x()[i], states.y()[i], time, Style.INK, left, 4);
    }
    chart.key("kick: p changes, q stays", Style.color(1));
    chart.key("drift: q changes, p stays", Style.color(0));
    chart.key("exact orbit", Style.FAINT_INK);
    double air = 0.2;
    double[] qs = q.tight();
    double[] ps = p.tight();
    chart.xRange(qs[0] - air, qs[1] + air).yRange(ps[0] - air, ps[1] + air);
    return new Figure(name, caption, 620, 460, chart);
  }

  /** One colour a method, the same in every figure; others get those that are left, by turns. */
  private static Color color(String method, List<String> methods) {
    return switch (method) {
      case "leapfrog" -> Style.color(0);
      case "euler" -> Style.color(1);
      case "yoshida4" -> Style.color(2);
      case "rk4" -> Style.color(4);
      default ->
          Style.color(
              OTHERS[
                  methods.stream()
                          .filter(m -> !NAMED.contains(m))
                          .distinct()
                          .toList()
                          .indexOf(method)
                      % OTHERS.length]);
    };
  }

  private static List<String> labels(List<Series> all) {
    return all.stream().map(Series::label).toList();
  }

  private static Series wholeSteps(List<Substep> substeps) {
    List<double[]> points = new ArrayList<>();
    points.add(new double[] {substeps.get(0).q0(), substeps.get(0).p0()});
    double done = 0;
    for (Substep s : substeps) {
      done += s.kick() ? s.fraction() : 0;
      if (s.kick() && Math.abs(done - Math.rint(done)) < 1e-9) {
        points.add(new double[] {s.q1(), s.p1()});
      }
    }
    return new Series(
        "state after a whole step",
        points.stream().mapToDouble(a -> a[0]).toArray(),
        points.stream().mapToDouble(a -> a[1]).toArray());
  }

  private static Series circle(double radius) {
    int n = 181;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = radius * Math.cos(4 * QUARTER * i / (n - 1));
      y[i] = radius * Math.sin(4 * QUARTER * i / (n - 1));
    }
    return new Series("", x, y);
  }

  private static double[] levels(double max) {
    double[] levels = new double[CONTOURS];
    for (int i = 0; i < CONTOURS; i++) {
      levels[i] = max * (i + 1) / (CONTOURS + 1);
    }
    return levels;
  }
}
