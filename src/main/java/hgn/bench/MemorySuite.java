package hgn.bench;

import hgn.io.NativeSettings;
import hgn.io.Text;
import hgn.models.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Peak memory over the horizon, stored and reversible, each in a process of its own. */
final class MemorySuite {
  private static final int SHORT = 30;

  /** Longest stored horizon: with the paper's energies T = 300 fits no usual machine. */
  private static final int LONG_STORED = 90;

  private static final int LONG_REVERSIBLE = 300;

  private MemorySuite() {}

  static List<Row> run(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    for (Architecture architecture : Architecture.values()) {
      for (boolean reversible : new boolean[] {true, false}) {
        int horizon = reversible ? LONG_REVERSIBLE : LONG_STORED;
        double few = peak(lab, architecture, SHORT, reversible);
        double many = peak(lab, architecture, horizon, reversible);
        Map<String, Double> more = new LinkedHashMap<>();
        more.put("peak MB at T=" + SHORT, few);
        more.put("peak MB at T=" + horizon, many);
        more.put(Text.of("T=%d over T=%d", horizon, SHORT), many / few);
        String way = reversible ? "reversible" : "stored";
        rows.add(Row.of("memory %s, %s".formatted(architecture.id(), way), more));
      }
    }
    return rows;
  }

  private static double peak(Lab lab, Architecture architecture, int horizon, boolean reversible) {
    return Child.train(
            lab,
            NativeSettings.ENVIRONMENT,
            new Child.Task(architecture, Lab.BATCH, StepSuite.FEW, horizon + 1, reversible, 4, 0))
        .get("peak MB");
  }
}
