package hgn.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import hgn.io.Json;
import hgn.io.NativeSettings;
import hgn.models.Architecture;
import hgn.results.StudyResult;
import hgn.training.Compute;
import hgn.training.PhaseClock;
import hgn.training.TrainingSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A measurement in a Java process of its own: of its memory, its start, its environment. */
public final class Child {
  private static final String MARK = "measured ";
  private static final int LONGEST_MINUTES = 30;

  private Child() {}

  /**
   * Steps of a training, and what the process then holds.
   *
   * @param architecture of the HGN
   * @param batch sequences a step
   * @param framesPerStep decoded of each; 0 for all
   * @param horizon frames that may be targets
   * @param reversible whether the rollout is not stored
   * @param iterations steps
   * @param firstMark iteration after which memory is read for the first time; 0 for none
   */
  record Task(
      Architecture architecture,
      int batch,
      int framesPerStep,
      int horizon,
      boolean reversible,
      int iterations,
      int firstMark) {}

  /** The task that only starts the engine. */
  static Map<String, Double> engine() {
    return start(Map.of(), "engine");
  }

  /**
   * Trains, on a dataset that is made here: the process would have its memory too.
   *
   * @param lab whose dataset
   * @param environment settings of its native threads and memory; it inherits none
   * @return "first MB" and "last MB" resident, "peak MB", and "ms" of the median step
   */
  static Map<String, Double> train(Lab lab, Map<String, String> environment, Task task) {
    lab.dataset(steps(task.horizon()));
    return start(environment, Json.compact(task), lab.workspace().root().toString());
  }

  private static Map<String, Double> start(Map<String, String> environment, String... task) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Little room for garbage: else what is measured is when Java collects it.
                "-Xmx1g",
                "-Xmn32m",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
    command.addAll(List.of(task));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(NativeSettings.ENVIRONMENT.keySet());
    builder.environment().remove("OMP_WAIT_POLICY");
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
      int mark = output.lastIndexOf(MARK);
      if (!ended || process.exitValue() != 0 || mark < 0) {
        throw new IllegalStateException("the measuring process failed: " + output);
      }
      @SuppressWarnings("unchecked") // JSON of numbers.
      Map<String, Double> result = Json.parse(output.substring(mark + MARK.length()), Map.class);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * The process's work.
   *
   * @param arguments the task, and the folder of its dataset
   */
  public static void main(String... arguments) {
    Map<String, Double> result =
        arguments[0].equals("engine")
            ? ready()
            : train(Json.parse(arguments[0], Task.class), Path.of(arguments[1]));
    System.out.println(MARK + Json.compact(result));
  }

  private static int steps(int horizon) {
    return Math.max(Lab.FRAMES, horizon) - 1;
  }

  private static Map<String, Double> ready() {
    Engine.getInstance();
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      manager.ones(new ai.djl.ndarray.types.Shape(2, 2)).sum().getFloat();
    }
    return Map.of("MB", resident("VmRSS"));
  }

  private static Map<String, Double> train(Task task, Path folder) {
    List<Double> times = new ArrayList<>();
    Map<String, Double> result = new LinkedHashMap<>();
    try (Lab lab = new Lab(folder);
        TrainingSteps steps =
            lab.steps(
                Lab.blueprint(task.architecture()),
                Lab.training(task.framesPerStep(), task.horizon(), task.reversible()),
                lab.dataset(steps(task.horizon())),
                task.batch(),
                Compute.division(lab.device(), task.batch(), Lab.SIZE),
                PhaseClock.NONE)) {
      for (int i = 0; i < task.iterations(); i++) {
        long began = System.nanoTime();
        steps.take(i, StepSuite.RATE);
        times.add((System.nanoTime() - began) / 1e6);
        if (i + 1 == task.firstMark()) {
          result.put("first MB", resident("VmRSS"));
        }
      }
      result.put("last MB", resident("VmRSS"));
      result.put("peak MB", resident("VmHWM"));
      result.put(
          "ms", StudyResult.median(times.stream().mapToDouble(Double::doubleValue).toArray()));
    }
    return result;
  }

  /** Linux says what a process holds; elsewhere nothing is known. */
  private static double resident(String field) {
    Path status = Path.of("/proc/self/status");
    try {
      if (Files.exists(status)) {
        for (String line : Files.readAllLines(status)) {
          if (line.toLowerCase(Locale.ROOT).startsWith(field.toLowerCase(Locale.ROOT))) {
            return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Double.NaN;
  }
}
