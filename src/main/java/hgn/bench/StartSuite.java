package hgn.bench;

import hgn.io.NativeSettings;
import hgn.models.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A fresh process: its start, and what the settings of its native threads and memory give. */
final class StartSuite {
  private static final String ENGINE = "step compact K=6, the engine's own settings";
  private static final int ITERATIONS = 30;

  private StartSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    rows.addAll(
        new Contest()
            .add("start of Java with the engine", null, 0, Child::engine)
            .run(seconds / 3));
    Map<String, String> threads = new LinkedHashMap<>(NativeSettings.ENVIRONMENT);
    threads.keySet().removeIf(name -> name.startsWith("MALLOC"));
    rows.addAll(
        new Contest()
            .add(ENGINE, null, Map.of(), () -> steps(lab, Map.of()))
            .add(
                "step compact K=6, waiting threads sleep at once",
                ENGINE,
                Map.of(),
                () -> steps(lab, Map.of("OMP_WAIT_POLICY", "PASSIVE")))
            .add(
                "step compact K=6, waiting threads spin briefly",
                ENGINE,
                Map.of(),
                () -> steps(lab, threads))
            .add(
                "step compact K=6, and freed memory is kept",
                ENGINE,
                Map.of(),
                () -> steps(lab, NativeSettings.ENVIRONMENT))
            .run(2 * seconds / 3));
    return rows;
  }

  private static Map<String, Double> steps(Lab lab, Map<String, String> settings) {
    Map<String, Double> measured =
        Child.train(
            lab,
            settings,
            new Child.Task(
                Architecture.COMPACT, Lab.BATCH, StepSuite.FEW, Lab.FRAMES, false, ITERATIONS, 0));
    return Map.of("a step", measured.get("ms"));
  }
}
