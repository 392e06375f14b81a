package hgn.bench;

import ai.djl.engine.Engine;
import hgn.io.UserError;
import hgn.training.Compute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** The measurements by name. */
public final class Bench {
  private static final List<Suite> SUITES =
      List.of(
          usual(
              "roof",
              "a 64→64 3×3 convolution at 32×32, batch 16, and a product of 2048×2048 matrices",
              RoofSuite::run),
          usual(
              "step",
              "a training step of HGN, compact and the paper's, with all 31 frames, with 6 and with"
                  + " 2 of each film's own",
              StepSuite::run),
          usual(
              "decoder",
              "a decoder block by output size: plain and folded doubling, layouts, frames at once",
              DecoderSuite::run),
          usual(
              "rollout",
              "30 leapfrog steps forward: slope and adjoint kernels kept, or made anew",
              RolloutSuite::run),
          usual(
              "variants",
              "a step: parts of the batch, frames per decode, horizon, stored and reversible"
                  + " rollout",
              VariantsSuite::run),
          usual(
              "update",
              "Adam's update of all weights: one flat vector, and DJL's Adam with an array a"
                  + " weight",
              UpdateSuite::run),
          usual(
              "data",
              "60 000 trajectories of each system, fewer in less time; rendering a batch of 31"
                  + " frames",
              DataSuite::run),
          usual(
              "start",
              "start of Java and the engine; steps with the launcher's settings and without",
              StartSuite::run),
          minutes(
              "memory",
              "peak memory over the horizon: reversible with T = 30 and 300, stored with T = 30 and"
                  + " 90",
              MemorySuite::run),
          minutes(
              "leak", "resident memory after 200 and after up to 2000 small steps", LeakSuite::run),
          minutes(
              "convergence",
              "training time of the quick recipe to the paper's test error on three systems; to a"
                  + " fifth of the mean image's error, quick and literal; up to --seconds each, the"
                  + " literal one 8.5 times as long as the quick one",
              ConvergenceSuite::literal),
          minutes(
              "convergence-ways",
              "training time to a fifth of the mean image's error, changed in one thing at a time;"
                  + " up to --seconds for each way",
              ConvergenceSuite::ways));

  private static Suite usual(String name, String about, BiFunction<Lab, Double, List<Row>> work) {
    return new Suite(name, about, true, work);
  }

  private static Suite minutes(String name, String about, BiFunction<Lab, Double, List<Row>> work) {
    return new Suite(name, about, false, work);
  }

  private Bench() {}

  /** Each name with a line on what it measures. */
  public static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    SUITES.forEach(suite -> names.put(suite.name(), suite.about()));
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
    Set<String> known = names().keySet();
    for (String name : names) {
      if (!known.contains(name)) {
        throw UserError.unknown("measurement", name, known);
      }
    }
    if (!(seconds > 0)) {
      throw UserError.usage("%s seconds, expected a positive number", seconds);
    }
    List<Row> rows = new ArrayList<>();
    double roof = 0;
    try (Lab lab = new Lab()) {
      for (Suite suite : SUITES) {
        boolean isRoof = suite.name().equals("roof");
        boolean wanted = names.isEmpty() ? suite.usual() : names.contains(suite.name());
        if (wanted || isRoof) {
          progress.accept(suite.name());
          List<Row> measured = suite.work().apply(lab, seconds);
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
