package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.AtomicFiles;
import hgn.io.Checksums;
import hgn.io.Json;
import hgn.io.Records;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.Axes;
import hgn.results.FrameSequence;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.StudyResult;
import hgn.results.TrainingWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs at the smoke budget, as tables over many see them and as they are shipped. */
class ScoreboardTest {
  private static final Experiment SMOKE = Paper.PENDULUM.within(Budget.SMOKE);

  @TempDir private Path root;

  private Workspace workspace() {
    return new Workspace(root);
  }

  @Test
  void everyCellIsThereFinishedOrNotBesideThePaper() {
    Run run = SMOKE.train(workspace(), TrainingWatch.NONE);
    List<ScoredRun> board = Scoreboard.of("table1", Budget.SMOKE, workspace());
    assertEquals(24, board.size());
    List<ScoredRun> finished = board.stream().filter(r -> r.finished().isPresent()).toList();
    assertEquals(1, finished.size());
    ScoredRun only = finished.get(0);
    assertEquals("HGN (leapfrog)", only.model());
    assertEquals(run.result().testMse(), only.result().testMse());
    assertEquals(11.72e-4, only.paper().testMse(), 1e-12);
    assertEquals(31, only.metrics(Metric.TEST_FRAME_MSE).length);
    // A run that has just been trained gives what it gives when it is read.
    ScoredRun fresh =
        new ScoredRun("", "", run.result(), null, only.paper(), only.file(), Axes.UNNAMED);
    assertArrayEquals(only.metrics(Metric.TEST_FRAME_MSE), fresh.metrics(Metric.TEST_FRAME_MSE));
    assertEquals("data/runs/hgn-leapfrog.pendulum/smoke/result.json", only.file());
    assertTrue(Files.exists(root.resolve(only.file())));
  }

  /** The noise has nothing to do with the frame that is under it: squares add. */
  @Test
  void aRunOnNoisyFilmsIsJudgedByNoisyAndByCleanFrames() {
    Experiment noisy = SMOKE.with(Variation.NOISY_PIXELS_01);
    Run run = noisy.train(workspace(), TrainingWatch.NONE);
    RunResult result = run.result();
    assertEquals(0.01, result.metric(Metric.NOISE_FLOOR), 1e-12);
    assertEquals(0, result.metric(Metric.CLEAN_FLOOR));
    double clean = result.metric(Metric.CLEAN_TEST_MSE);
    assertEquals(result.testMse(), clean + 0.01, 2e-4);
    List<FrameSequence> rows = run.reconstructions(3);
    assertEquals(
        List.of("noisy film", "reconstruction", "clean truth"),
        rows.stream().map(FrameSequence::label).toList());
    float[] seen = rows.get(0).frames()[7];
    float[] truth = rows.get(2).frames()[7];
    double squares =
        IntStream.range(0, seen.length).mapToDouble(i -> Math.pow(seen[i] - truth[i], 2)).sum();
    assertEquals(0.1, Math.sqrt(squares / seen.length), 0.01);
  }

  @Test
  void aStudyAndALogAreShownOfTheVeryResult() throws Exception {
    Run run = SMOKE.train(workspace(), TrainingWatch.NONE);
    Path study = SMOKE.folder(workspace()).path().resolve(StudyResult.FILE_NAME);
    Path other = Path.of("data/runs/hgn-leapfrog.mass-spring/quick", StudyResult.FILE_NAME);
    String key = StudyKey.of(run.result());
    StudyResult made = Records.with(Json.read(other, StudyResult.class), "run", key);
    Files.writeString(study, Json.compact(made));
    assertTrue(onlyFinished().study() != null);
    Files.writeString(study, "{\"run\": \"%s\"}".formatted(key));
    assertThrows(UserError.class, this::onlyFinished);
    Files.writeString(study, "{\"run\": \"3-0123456789abcdef\"}");
    assertTrue(onlyFinished().study() == null);
    System.setProperty("hgn.home", root.toString());
    try {
      assertEquals(1, Scoreboard.logs(SMOKE.model(), Budget.SMOKE, "mse").size());
      Files.delete(SMOKE.folder(workspace()).result());
      assertEquals(List.of(), Scoreboard.logs(SMOKE.model(), Budget.SMOKE, "mse"));
    } finally {
      System.clearProperty("hgn.home");
    }
  }

  private ScoredRun onlyFinished() {
    return Scoreboard.of("table1", Budget.SMOKE, workspace()).stream()
        .filter(run -> run.finished().isPresent())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aResultOfAnotherSpecIsNotPutIntoATable() throws Exception {
    SMOKE.train(workspace(), TrainingWatch.NONE);
    Path file = SMOKE.folder(workspace()).result();
    Files.writeString(
        file, Files.readString(file).replace("\"iterations\": 12.0", "\"iterations\": 13.0"));
    assertThrows(UserError.class, () -> Scoreboard.of("table1", Budget.SMOKE, workspace()));
  }

  /** Results are made up here: of the spec that each seed's experiment has, and of another. */
  @Test
  void seedsAreThoseThatAreFinishedEachOfItsExperimentsSpec() {
    write(1, SMOKE);
    write(3, SMOKE);
    write(4, SMOKE);
    List<Long> found =
        Scoreboard.seeds("table1", Budget.SMOKE, workspace()).stream()
            .flatMap(run -> run.finished().stream())
            .map(RunResult::seed)
            .toList();
    assertEquals(List.of(1L, 3L), found, "2 is missing, 4 is none of the grid's");
    assertEquals(25, Scoreboard.seeds("table1", Budget.SMOKE, workspace()).size());
    assertEquals(24, Scoreboard.of("table1", Budget.SMOKE, workspace()).size());
    write(2, SMOKE.named("wider").with(spec -> spec.latent(2)));
    UserError refused =
        assertThrows(UserError.class, () -> Scoreboard.seeds("table1", Budget.SMOKE, workspace()));
    assertTrue(refused.getMessage().contains("smoke-seed2"), refused.getMessage());
    assertTrue(refused.getMessage().contains("another spec"), refused.getMessage());
    write(2, SMOKE.withSeed(5));
    assertThrows(
        UserError.class,
        () -> Scoreboard.seeds("table1", Budget.SMOKE, workspace()),
        "of another seed than its folder");
  }

  @Test
  void aSeedChangesTheSeedOfTheSpecAndNothingElse() {
    for (Experiment cell : Grids.experiments("table1")) {
      Map<String, Object> first = Json.map(cell.spec());
      Map<String, Object> other = new LinkedHashMap<>(Json.map(cell.withSeed(7).spec()));
      assertEquals(7.0, ((Number) other.put("seed", first.get("seed"))).doubleValue());
      assertEquals(Json.compact(first), Json.compact(other), cell.name());
    }
  }

  private void write(long seed, Experiment spec) {
    Experiment seeded = spec.seed() == SMOKE.seed() ? spec.withSeed(seed) : spec;
    RunResult result =
        new RunResult(
            null,
            SMOKE.name(),
            SMOKE.model().id(),
            SMOKE.system(),
            SMOKE.protocol().id(),
            "compact",
            "smoke",
            seed,
            "cpu",
            Map.of(),
            Json.map(seeded.spec()),
            12,
            1,
            1e-4,
            1e-4,
            1e-4,
            1e-4,
            Map.of());
    AtomicFiles.writeText(SMOKE.withSeed(seed).folder(workspace()).result(), Json.pretty(result));
  }

  @Test
  void packingHalvesTheWeightsAndSaysWhatItCosts() throws Exception {
    Run run = SMOKE.train(workspace(), TrainingWatch.NONE);
    Path weights = SMOKE.folder(workspace()).weights();
    long before = Files.size(weights);
    RunResult packed = Shipping.pack(SMOKE, workspace()).result();
    assertTrue(Files.size(weights) < 0.55 * before, Files.size(weights) + " of " + before);
    double cost = packed.metric(Metric.PACKED_TEST_MSE);
    assertEquals(run.result().testMse(), cost, 0.01 * cost);
    assertFalse(cost == run.result().testMse(), "rounding changes something");
    // A packed run is a finished run like any other, and is packed once.
    byte[] bytes = Files.readAllBytes(weights);
    assertEquals(Json.compact(packed), Json.compact(Shipping.pack(SMOKE, workspace()).result()));
    assertEquals(cost, SMOKE.train(workspace(), TrainingWatch.NONE).score().mse(), 1e-9);
    assertTrue(java.util.Arrays.equals(bytes, Files.readAllBytes(weights)));
  }

  @Test
  void aClaimIsCheckedOnFreshSequencesAndAFalseOneDoesNotHold() throws Exception {
    SMOKE.train(workspace(), TrainingWatch.NONE);
    assertTrue(Shipping.verify(SMOKE, workspace()).holds());
    Path file = SMOKE.folder(workspace()).result();
    RunResult result = Json.read(file, RunResult.class);
    String claimed = "\"testMse\": " + result.testMse();
    String text = Files.readString(file);
    assertTrue(text.contains(claimed), text);
    Files.writeString(file, text.replace(claimed, "\"testMse\": " + result.testMse() / 2));
    Files.delete(file.resolveSibling(Checksums.FILE_NAME));
    assertFalse(Shipping.verify(SMOKE, workspace()).holds());
    for (String score : List.of("trainMse", "meanImageMse", "energyVariance")) {
      Matcher said = Pattern.compile("\"" + score + "\": ([^,\\s]+)").matcher(text);
      assertTrue(said.find(), score);
      double threefold = 3 * Double.parseDouble(said.group(1));
      Files.writeString(
          file, said.replaceFirst(Matcher.quoteReplacement("\"" + score + "\": " + threefold)));
      Shipping.Check check = Shipping.verify(SMOKE, workspace());
      assertFalse(check.holds(), score);
      assertTrue(check.differing().get(0).startsWith(score), check.toString());
    }
  }

  @Test
  void aVariationChangesWhatItSaysAndNothingElse() {
    Experiment conv = Paper.MASS_SPRING.of(Model.HNN_CONV);
    for (Variation variation : Variation.all()) {
      Experiment plain = variation.suits(Model.HGN_LEAPFROG) ? Paper.MASS_SPRING : conv;
      Experiment varied = plain.with(variation);
      assertEquals(varied.name(), Paper.experiment(varied.name()).name());
      boolean same = Json.compact(varied.spec()).equals(Json.compact(plain.spec()));
      // The quick budget is lean already.
      boolean nothing = variation.equals(Variation.LEAN);
      assertEquals(nothing, same, variation.id());
      assertEquals(Json.map(plain.spec()).get("dataset"), Json.map(varied.spec()).get("dataset"));
    }
    for (Experiment noisy : Paper.noisy()) {
      HgnExperimentSpec usual = noisy.with(Variation.NONE).hgnSpec();
      HgnExperimentSpec spec = noisy.hgnSpec();
      assertTrue(spec.dataset().noise().isOnFrames(), noisy.name());
      assertEquals(Json.compact(usual), Json.compact(spec.dataset(d -> usual.dataset())));
      assertEquals(noisy.name(), Paper.experiment(noisy.name()).name());
    }
    assertEquals(4000, conv.with(Variation.FIVE_TIMES).spec().training().iterations());
    assertThrows(UserError.class, () -> conv.with(Variation.LITERAL));
    assertThrows(UserError.class, () -> Paper.MASS_SPRING.with(Variation.FIVE_TIMES));
  }
}
