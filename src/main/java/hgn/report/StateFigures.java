package hgn.report;

import hgn.results.Series;
import hgn.results.StateRollouts;
import hgn.results.StudyResult;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Figures of motions learned from states (§2.1): where they lead and what they do to the energy.
 */
public final class StateFigures {
  private static final Color TRUTH = new Color(0xBB, 0xBB, 0xBB);

  /** Share of the twin's values at either end that may be cut, and where they are. */
  private static final double OUTERMOST = 0.01;

  private static final double SET_BY_FEW = 1.5;
  private static final double AIR = 0.05;
  private static final int ROW = 250;

  private StateFigures() {}

  /**
   * Paths and energies of rollouts: for each system the path of the first test trajectory and the
   * change of the true energy along several: the truth as a wide pale line, on it the HNN and its
   * plain twin.
   *
   * @param caption what stands below, before what the axes leave out
   * @param systems each with its rollouts, the truth's first
   * @return a column a system
   */
  public static Figure rollouts(String name, String caption, List<List<StateRollouts>> systems) {
    List<Chart> paths = new ArrayList<>();
    List<Chart> panels = new ArrayList<>();
    StringBuilder cut = new StringBuilder();
    for (List<StateRollouts> system : systems) {
      paths.add(paths(system));
      Chart energies = energies(system);
      double[] all = range(energies(system, system.size()), 0);
      double[] shown = shown(system);
      if (all[1] - all[0] > SET_BY_FEW * (shown[1] - shown[0])) {
        double air = AIR * (shown[1] - shown[0]);
        energies.yRange(shown[0] - air, shown[1] + air);
        cut.append(
            " %s: the axis leaves out the outermost hundredth of the %s's values (%s to %s)."
                .formatted(
                    system.get(0).title(),
                    system.get(system.size() - 1).label(),
                    Numbers.significant(all[0], 2),
                    Numbers.significant(all[1], 2)));
      }
      panels.add(energies);
    }
    int columns = Math.max(2, paths.size());
    paths.addAll(panels);
    return Figures.panels(name, caption + cut, columns, ROW, paths);
  }

  /**
   * Range that the energy's axis has to show: the last rollouts without their outermost hundredth.
   */
  private static double[] shown(List<StateRollouts> system) {
    int last = system.size() - 1;
    double[] others = range(energies(system, last), 0);
    double[] most = range(energies(system.subList(last, last + 1), 1), OUTERMOST);
    return new double[] {Math.min(others[0], most[0]), Math.max(others[1], most[1])};
  }

  /** Every energy of the first so many rollouts. */
  private static double[] energies(List<StateRollouts> system, int count) {
    return system.stream()
        .limit(count)
        .flatMap(rollouts -> rollouts.energies().stream())
        .flatMapToDouble(energy -> Arrays.stream(energy.y()))
        .toArray();
  }

  private static double[] range(double[] values, double without) {
    return new double[] {
      StudyResult.quantile(without, values), StudyResult.quantile(1 - without, values)
    };
  }

  private static Chart paths(List<StateRollouts> system) {
    StateRollouts truth = system.get(0);
    Chart chart = Chart.of(truth.title()).x(truth.axes().x()).y(truth.axes().y()).equalAspect();
    for (int i : order(system)) {
      for (Series curve : system.get(i).paths().get(0)) {
        draw(chart, curve, i);
      }
    }
    return keyed(chart, system);
  }

  private static Chart energies(List<StateRollouts> system) {
    Chart chart = Chart.of("True energy").x("time").y("H(t) − H(0)");
    for (int i : order(system)) {
      system.get(i).energies().forEach(energy -> draw(chart, energy, i));
    }
    return keyed(chart, system);
  }

  /** The truth below all, the HNN above all. */
  private static int[] order(List<StateRollouts> system) {
    return IntStream.range(0, system.size()).map(i -> i == 0 ? 0 : system.size() - i).toArray();
  }

  private static void draw(Chart chart, Series s, int i) {
    Series unnamed = new Series("", s.x(), s.y());
    if (i == 0) {
      chart.wide(unnamed, TRUTH);
    } else {
      chart.thin(unnamed, Style.color(i - 1));
    }
  }

  private static Chart keyed(Chart chart, List<StateRollouts> system) {
    chart.wide(new Series(system.get(0).label(), new double[0], new double[0]), TRUTH);
    for (int i = 1; i < system.size(); i++) {
      chart.key(system.get(i).label(), Style.color(i - 1));
    }
    return chart;
  }
}
