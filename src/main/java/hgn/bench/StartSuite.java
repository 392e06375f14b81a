package hgn.bench;

import hgn.models.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A fresh process: its start, and what the waiting of its native threads costs. */
final class StartSuite implements Suite {
  private static final String PASSIVE = "step compact K=6, threads wait passively";
  private static final String ACTIVE = "step compact K=6, threads spin";

  @Override
  public String about() {
    return "start of Java and the engine; steps with passively and actively waiting threads";
  }

  @Override
  public List<Row> run(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    rows.addAll(
        new Contest()
            .add("start of Java with the engine", null, 0, Child::engine)
            .run(seconds / 3));
    rows.addAll(
        new Contest()
            .add(ACTIVE, null, Map.of(), () -> steps(lab, "ACTIVE"))
            .add(PASSIVE, ACTIVE, Map.of(), () -> steps(lab, "PASSIVE"))
            .run(2 * seconds / 3));
    return rows;
  }

  private static Map<String, Double> steps(Lab lab, String policy) {
    int iterations = 30;
    Map<String, Double> measured =
        Child.train(
            lab,
            Map.of("OMP_WAIT_POLICY", policy),
            Architecture.COMPACT,
            Lab.BATCH,
            StepSuite.FEW,
            Lab.FRAMES,
            false,
            iterations,
            0);
    return Map.of("a step", measured.get("ms"));
  }
}
