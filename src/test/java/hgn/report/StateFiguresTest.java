package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hgn.results.Axes;
import hgn.results.Series;
import hgn.results.StateRollouts;
import hgn.results.Trajectory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateFiguresTest {
  private static final int TIMES = 200;

  @Test
  void anAxisThatOneSpikeWouldSetLeavesItOutAndSaysSo() {
    double[] calm = new double[TIMES];
    Arrays.setAll(calm, t -> 0.01 * t);
    double[] spiked = calm.clone();
    spiked[100] = -49;
    assertEquals("c", figure(calm).caption());
    assertEquals(
        "c A: the axis leaves out the outermost hundredth of the twin's values (−49 to 2.0).",
        figure(spiked).caption());
  }

  private static Figure figure(double... energies) {
    return StateFigures.rollouts(
        "f",
        "c",
        List.of(
            List.of(
                rollouts("truth", new double[TIMES]),
                rollouts("HNN", new double[TIMES]),
                rollouts("twin", energies))));
  }

  private static StateRollouts rollouts(String label, double... energies) {
    double[] time = new double[TIMES];
    Arrays.setAll(time, t -> t);
    double[][] path = new double[TIMES][1];
    return new StateRollouts(
        "mass-spring",
        "A",
        new Axes("position q", "momentum p"),
        label,
        List.of(List.of(new Trajectory(label, time, path, path).phase(0))),
        List.of(new Series(label, time, energies)));
  }
}
