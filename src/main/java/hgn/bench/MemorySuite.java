package hgn.bench;

import hgn.models.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Peak memory over the horizon, stored and reversible, each in a process of its own. */
final class MemorySuite implements Suite {
  private static final int[] HORIZONS = {30, 300};

  @Override
  public String about() {
    return "peak memory of a process that trains with T = 30 and T = 300, stored and reversible";
  }

  @Override
  public boolean usual() {
    return false;
  }

  @Override
  public List<Row> run(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      for (boolean reversible : new boolean[] {true, false}) {
        double[] peaks = new double[HORIZONS.length];
        for (int i = 0; i < HORIZONS.length; i++) {
          Map<String, Double> measured =
              Child.train(
                  lab,
                  Map.of(),
                  architecture,
                  Lab.BATCH,
                  StepSuite.FEW,
                  HORIZONS[i] + 1,
                  reversible,
                  4,
                  0);
          peaks[i] = measured.get("peak MB");
        }
        String way = reversible ? "reversible" : "stored";
        rows.add(
            Row.of(
                "memory %s, %s".formatted(architecture.id(), way),
                Map.of(
                    "peak MB at T=30",
                    peaks[0],
                    "peak MB at T=300",
                    peaks[1],
                    "T=300 over T=30",
                    peaks[1] / peaks[0])));
      }
    }
    return rows;
  }
}
