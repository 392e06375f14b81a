package hgn.bench;

import hgn.io.NativeSettings;
import hgn.io.Text;
import hgn.models.Architecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Memory of a process over many small steps. */
final class LeakSuite {
  private static final int BATCH = 4;
  private static final int FRAMES_PER_STEP = 2;
  private static final int FIRST = 200;
  private static final int STEPS_PER_SECOND = 50;

  private LeakSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    int steps = (int) Math.max(FIRST + 20, Math.min(2000, seconds * STEPS_PER_SECOND));
    Map<String, Double> measured =
        Child.train(
            lab,
            NativeSettings.ENVIRONMENT,
            new Child.Task(
                Architecture.COMPACT, BATCH, FRAMES_PER_STEP, Lab.FRAMES, false, steps, FIRST));
    Map<String, Double> more = new LinkedHashMap<>();
    more.put("MB at 200", measured.get("first MB"));
    more.put(Text.of("MB at %d", steps), measured.get("last MB"));
    more.put("ratio", measured.get("last MB") / measured.get("first MB"));
    return List.of(Row.of("leak, small steps", measured.get("ms"), more));
  }
}
