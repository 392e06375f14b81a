package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hgn.data.NativeThreads;
import hgn.io.Checksums;
import hgn.io.Json;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.FrameSequence;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import hgn.training.FrameDraw;
import hgn.training.HgnTraining;
import hgn.training.TrainingInterrupted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs at the smoke budget: what they leave behind, and what they say when something is wrong. */
class ExperimentTest {
  private static final Experiment SMOKE = Paper.MASS_SPRING.within(Budget.SMOKE);

  @TempDir Path root;

  private Workspace workspace() {
    return new Workspace(root);
  }

  private Path folder(Experiment experiment) {
    return root.resolve("data/runs").resolve(experiment.name()).resolve("smoke");
  }

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hgn-leapfrog.mass-spring",
        "hgn-euler.pendulum",
        "hgn-determ.two-body",
        "hgn-no-fpsi.three-body",
        "hgn-leapfrog.pendulum.predict",
        "hnn.two-body",
        "hnn-conv.pendulum"
      })
  void aFinishedRunLeavesItsResultWeightsAndLog(String name) throws IOException {
    Experiment experiment = Paper.experiment(name).within(Budget.SMOKE);
    Run run = experiment.train(workspace(), TrainingWatch.NONE);
    Path folder = folder(experiment);
    JsonObject json = Json.read(folder.resolve("result.json"), JsonObject.class);
    for (String key :
        List.of(
            "experiment",
            "model",
            "system",
            "protocol",
            "architecture",
            "budget",
            "seed",
            "device",
            "versions",
            "spec",
            "iterations",
            "wallSeconds",
            "trainMse",
            "testMse",
            "meanImageMse",
            "energyVariance")) {
      assertTrue(json.has(key), key);
    }
    assertEquals(name, json.get("experiment").getAsString());
    assertTrue(run.result().testMse() > 0 && run.result().testMse() < 1);
    assertTrue(Files.exists(folder.resolve("weights.npz")));
    assertFalse(Files.exists(folder.resolve("checkpoint.npz")));
    assertTrue(Files.readString(folder.resolve("log.csv")).startsWith("iteration,seconds,loss"));
    List<FrameSequence> strips = run.rollouts(0);
    assertEquals(5, strips.size());
    assertEquals(31, strips.get(1).frames().length);
    int scored = experiment.protocol() == Protocol.PREDICT ? 30 : 31;
    assertEquals(scored, json.getAsJsonObject("metrics").getAsJsonArray("testFrameMse").size());
  }

  @Test
  void aFinishedRunIsLoadedAndNotTrainedAgain() {
    Run first = SMOKE.train(workspace(), TrainingWatch.NONE);
    Run second =
        SMOKE.train(
            workspace(),
            new TrainingWatch() {
              @Override
              public void update(long done, long total, String note) {
                throw new AssertionError("trained again");
              }

              @Override
              public void curves(List<Series> curves) {}

              @Override
              public void say(String message) {}
            });
    assertEquals(Json.map(first.result()), Json.map(second.result()));
    assertArrayEquals(first.rollouts(1).get(1).frames()[7], second.rollouts(1).get(1).frames()[7]);
    assertArrayEquals(first.errorCurve().y(), second.errorCurve().y(), 1e-5);
  }

  @Test
  void aFinishedRunIsLookedAtOnTheFirstOfItsFilms() throws IOException {
    UserError early = assertThrows(UserError.class, () -> SMOKE.finished(workspace(), 3));
    assertTrue(early.getMessage().contains("train hgn-leapfrog.mass-spring"), early.getMessage());
    Run all = SMOKE.train(workspace(), TrainingWatch.NONE);
    Files.delete(SMOKE.hgnSpec().dataset().file(workspace()));

    Run some = SMOKE.finished(workspace(), 3);

    assertFalse(Files.exists(SMOKE.hgnSpec().dataset().file(workspace())), "all were simulated");
    assertEquals(3, some.films().test().size());
    // However many there are: last digits, and so the pixels of figures, depend on their number.
    assertEquals(1, some.withModel((model, manager) -> NativeThreads.count()).intValue());
    assertEquals(Json.map(all.result()), Json.map(some.result()));
    for (int row = 0; row < 2; row++) {
      float[] expected = all.rollouts(2).get(row).frames()[30];
      assertArrayEquals(expected, some.rollouts(2).get(row).frames()[30]);
      expected = all.trainRollouts(2).get(row).frames()[30];
      assertArrayEquals(expected, some.trainRollouts(2).get(row).frames()[30]);
    }
  }

  @Test
  void anInterruptedRunGoesOnWithTheSameResult() throws IOException {
    Path other = Files.createDirectory(root.resolve("other"));
    Run whole = SMOKE.train(new Workspace(other), TrainingWatch.NONE);
    int[] calls = new int[1];
    TrainingWatch interrupting =
        TrainingWatch.of(
            (done, total, note) -> {
              if (total == 12 && done == 5 && calls[0]++ == 0) {
                Thread.currentThread().interrupt();
              }
            });
    assertThrows(TrainingInterrupted.class, () -> SMOKE.train(workspace(), interrupting));
    assertTrue(Files.exists(folder(SMOKE).resolve("checkpoint.npz")));
    Run rest = SMOKE.train(workspace(), TrainingWatch.NONE);
    assertEquals(whole.result().testMse(), rest.result().testMse());
    assertEquals(whole.result().energyVariance(), rest.result().energyVariance());
  }

  @Test
  void anotherSeedHasAFolderOfItsOwn() {
    Run run = SMOKE.withSeed(7).train(workspace(), TrainingWatch.NONE);
    assertEquals(7, run.result().seed());
    assertTrue(Files.exists(folder(SMOKE).resolveSibling("smoke-seed7").resolve("result.json")));
  }

  @Test
  void aRunThatAnotherProcessTrainsIsRefused() throws IOException {
    Files.createDirectories(folder(SMOKE));
    Path lock = folder(SMOKE).resolve("run.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertTrue(held.isValid());
      UserError error =
          assertThrows(UserError.class, () -> SMOKE.train(workspace(), TrainingWatch.NONE));
      assertEquals(UserError.Kind.BUSY, error.kind());
    }
  }

  @Test
  void aFinishedRunIsLoadedWhileAnotherReadsIt() {
    SMOKE.train(workspace(), TrainingWatch.NONE);
    RunFolder.Hold hold = SMOKE.folder(workspace()).hold();
    try (hold) {
      assertEquals(1, SMOKE.train(workspace(), TrainingWatch.NONE).result().seed());
    }
  }

  /** Runs from before there was a choice keep their keys, and a spec is what its text says. */
  @Test
  void framesThatAllFilmsShareAreNotMentionedInTheSpec() {
    HgnExperimentSpec shared = Paper.PENDULUM.with(Variation.COMPACT).hgnSpec();
    assertFalse(Json.compact(shared).contains("\"draw\""), Json.compact(shared));
    HgnTraining said = shared.hgn().withFrames(shared.hgn().framesPerStep(), FrameDraw.SHARED);
    assertEquals(shared.hgn(), said);
    HgnExperimentSpec own = Paper.PENDULUM.with(Variation.OWN_FRAMES).hgnSpec();
    assertEquals(FrameDraw.SPREAD, own.hgn().draw());
    assertEquals(own, Json.parse(Json.compact(own), HgnExperimentSpec.class));
  }

  /** Or what is advised would move another seed's run aside. */
  @Test
  void whatIsAdvisedNamesTheSeed() throws IOException {
    Experiment second = SMOKE.withSeed(2);
    String command = "'./workbook train " + SMOKE.name() + " --budget smoke --seed 2";
    UserError none = assertThrows(UserError.class, () -> second.finished(workspace()));
    assertTrue(none.getMessage().contains(command + "' makes it"), none.getMessage());
    second.train(workspace(), TrainingWatch.NONE);
    second.requireWeights(workspace());
    Files.delete(second.folder(workspace()).weights());
    UserError before = assertThrows(UserError.class, () -> second.requireWeights(workspace()));
    assertTrue(before.getMessage().contains("without its weights"), before.getMessage());
    Run measured = second.train(workspace(), TrainingWatch.NONE);
    assertTrue(measured.result().testMse() > 0 && measured.errorCurve().y().length > 0);
    assertFalse(measured.hasWeights());
    UserError weightless = assertThrows(UserError.class, () -> measured.rollouts(0));
    assertTrue(weightless.getMessage().contains("without its weights"), weightless.getMessage());
    assertTrue(weightless.getMessage().contains(command + " --fresh'"), weightless.getMessage());
    Path result = second.folder(workspace()).result();
    Files.writeString(result, Files.readString(result).replace("\"batch\": 4", "\"batch\": 5"));
    Files.delete(result.resolveSibling(Checksums.FILE_NAME));
    UserError other =
        assertThrows(UserError.class, () -> second.train(workspace(), TrainingWatch.NONE));
    assertTrue(other.getMessage().contains("another spec"), other.getMessage());
    assertTrue(other.getMessage().contains(command + " --fresh'"), other.getMessage());
  }

  @Test
  void aResultOfAnotherSpecIsRefusedUntilItIsMovedAside() throws IOException {
    RunResult result = SMOKE.train(workspace(), TrainingWatch.NONE).result();
    Path file = folder(SMOKE).resolve("result.json");
    JsonObject json = Json.read(file, JsonObject.class);
    json.getAsJsonObject("spec").addProperty("evaluationSequences", 9);
    Files.writeString(file, Json.pretty(json));
    Files.delete(file.resolveSibling(Checksums.FILE_NAME));
    UserError error =
        assertThrows(UserError.class, () -> SMOKE.train(workspace(), TrainingWatch.NONE));
    assertEquals(UserError.Kind.DATA, error.kind());
    assertTrue(error.getMessage().contains("--fresh"), error.getMessage());
    SMOKE.moveAside(workspace());
    assertTrue(
        Files.exists(root.resolve("data/runs-old/" + SMOKE.name() + ".smoke.1/result.json")));
    assertEquals(result.testMse(), SMOKE.train(workspace(), TrainingWatch.NONE).result().testMse());
  }

  @Test
  void corruptWeightsAreRefusedAndLeftAlone() throws IOException {
    SMOKE.train(workspace(), TrainingWatch.NONE);
    Path weights = folder(SMOKE).resolve("weights.npz");
    byte[] bytes = Files.readAllBytes(weights);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 100);
    Files.write(weights, cut);
    UserError error =
        assertThrows(UserError.class, () -> SMOKE.train(workspace(), TrainingWatch.NONE));
    assertEquals(UserError.Kind.DATA, error.kind());
    assertArrayEquals(cut, Files.readAllBytes(weights));
  }

  @Test
  void unknownNamesSayWhichAreKnown() {
    UserError error = assertThrows(UserError.class, () -> Paper.experiment("hgn-foo.pendulum"));
    assertEquals(2, error.exitCode());
    assertTrue(error.getMessage().contains("hgn-leapfrog.pendulum"), error.getMessage());
  }

  @Test
  void everySpecIsAsTheBudgetSays() {
    HgnExperimentSpec paper = Paper.PENDULUM.within(Budget.PAPER).hgnSpec();
    assertEquals(15_000, paper.training().iterations());
    assertEquals(16, paper.training().batch());
    assertEquals(1.5e-4, paper.training().schedule().at(14_999, 15_000));
    assertEquals(50_000, paper.dataset().train());
    assertEquals(0, paper.hgn().framesPerStep());
    assertEquals(40, Paper.experimentNames().size());
    Map<String, Object> map = Json.map(paper);
    assertEquals(paper, Json.parse(Json.compact(map), HgnExperimentSpec.class));
  }

  @Test
  void leanMeansTheQuickRecipeOnThePapersData() {
    Experiment lean = Paper.experiment("hgn-leapfrog.three-body+lean");
    Experiment plain = Paper.THREE_BODY;
    HgnExperimentSpec paper = lean.within(Budget.PAPER).hgnSpec();
    HgnExperimentSpec quick = plain.hgnSpec();
    assertEquals(quick, lean.hgnSpec());
    assertEquals(quick.model(), paper.model());
    assertEquals(quick.hgn(), paper.hgn());
    assertEquals(quick.training().schedule(), paper.training().schedule());
    assertEquals(plain.within(Budget.PAPER).hgnSpec().dataset(), paper.dataset());
    assertEquals(15_000, paper.training().iterations());
  }
}
