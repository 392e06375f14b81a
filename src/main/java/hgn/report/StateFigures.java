package hgn.report;

import hgn.results.Series;
import hgn.results.StateRollouts;
import hgn.results.Trajectory;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures of motions learned from states (§2.1): where they lead and what they do to the energy.
 */
public final class StateFigures {

  private StateFigures() {}

  /**
   * For each system the path of the first test trajectory and the change of the true energy along
   * several: the truth, the HNN, its plain twin.
   *
   * @param name the file's stem
   * @param caption what stands below
   * @param systems each with its rollouts, the truth's first
   * @return a row a system
   */
  public static Figure rollouts(String name, String caption, List<List<StateRollouts>> systems) {
    List<Chart> panels = new ArrayList<>();
    for (List<StateRollouts> system : systems) {
      panels.add(paths(system));
      panels.add(energies(system));
    }
    return Figures.panels(name, caption, 2, panels);
  }

  private static Chart paths(List<StateRollouts> system) {
    StateRollouts truth = system.get(0);
    boolean plane = truth.bodies() > 1;
    Chart chart =
        Chart.of(truth.title())
            .x(plane ? "x" : "position q")
            .y(plane ? "y" : "momentum p")
            .equalAspect();
    // The truth last, so that a good rollout does not hide it.
    for (int i = system.size() - 1; i >= 0; i--) {
      Trajectory path = system.get(i).paths().get(0);
      for (int body = 0; body < truth.bodies(); body++) {
        Series orbit = plane ? path.orbit(2 * body, 2 * body + 1) : path.phase(0);
        Series unnamed = new Series("", orbit.x(), orbit.y());
        if (i == 0) {
          chart.dashed(unnamed, color(i));
        } else {
          chart.thin(unnamed, color(i));
        }
      }
    }
    keys(chart, system);
    return chart;
  }

  private static Chart energies(List<StateRollouts> system) {
    Chart chart = Chart.of("True energy along the rollouts").x("time").y("H(t) − H(0)");
    for (int i = system.size() - 1; i >= 0; i--) {
      for (Series energy : system.get(i).energies()) {
        chart.thin(new Series("", energy.x(), energy.y()), color(i));
      }
    }
    keys(chart, system);
    return chart;
  }

  private static void keys(Chart chart, List<StateRollouts> system) {
    for (int i = 0; i < system.size(); i++) {
      if (i == 0) {
        chart.dashedKey(system.get(i).label(), color(i));
      } else {
        chart.key(system.get(i).label(), color(i));
      }
    }
  }

  private static Color color(int i) {
    return i == 0 ? Style.INK : Style.color(i - 1);
  }
}
