package hgn.bench;

import ai.djl.engine.Engine;
import hgn.io.UserError;
import hgn.training.Compute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The measurements by name. */
public final class Bench {
  private static final Map<String, Suite> SUITES = new LinkedHashMap<>();

  static {
    SUITES.put("roof", new RoofSuite());
    SUITES.put("step", new StepSuite());
    SUITES.put("decoder", new DecoderSuite());
    SUITES.put("rollout", new RolloutSuite());
    SUITES.put("variants", new VariantsSuite());
    SUITES.put("update", new UpdateSuite());
    SUITES.put("data", new DataSuite());
    SUITES.put("start", new StartSuite());
    SUITES.put("memory", new MemorySuite());
    SUITES.put("leak", new LeakSuite());
    SUITES.put("convergence", ConvergenceSuite.literal());
    SUITES.put("convergence-ways", ConvergenceSuite.ways());
  }

  private Bench() {}

  /** Each name with a line on what it measures. */
  public static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    SUITES.forEach((name, suite) -> names.put(name, suite.about()));
    return names;
  }

  /**
   * Measures. The roof is measured in every run, for the others to be compared with.
   *
   * @param names which; none for all that do not take minutes
   * @param seconds about how long for each
   * @param progress told the name of each before it begins
   * @return what was measured
   * @throws UserError if a name is unknown
   */
  public static Report run(List<String> names, double seconds, Consumer<String> progress) {
    for (String name : names) {
      if (!SUITES.containsKey(name)) {
        throw UserError.usage(
            "unknown measurement '%s', expected some of: %s",
            name, String.join(", ", SUITES.keySet()));
      }
    }
    if (!(seconds > 0)) {
      throw UserError.usage("%s seconds, expected a positive number", seconds);
    }
    List<Row> rows = new ArrayList<>();
    double roof = 0;
    try (Lab lab = new Lab()) {
      for (Map.Entry<String, Suite> entry : SUITES.entrySet()) {
        boolean isRoof = entry.getKey().equals("roof");
        boolean wanted =
            names.isEmpty() ? entry.getValue().usual() : names.contains(entry.getKey());
        if (wanted || isRoof) {
          progress.accept(entry.getKey());
          List<Row> measured = entry.getValue().run(lab, seconds);
          roof = isRoof ? RoofSuite.convolution(measured) : roof;
          double found = roof;
          measured.forEach(row -> rows.add(row.under(found)));
        }
      }
      return new Report(machine(lab), roof, rows);
    }
  }

  private static Map<String, String> machine(Lab lab) {
    Map<String, String> machine = new LinkedHashMap<>();
    Runtime java = Runtime.getRuntime();
    machine.put("processors", Integer.toString(java.availableProcessors()));
    machine.put("device", Compute.name(lab.device()));
    machine.put("java", Runtime.version().toString());
    machine.put("pytorch", Engine.getInstance().getVersion());
    return machine;
  }
}
