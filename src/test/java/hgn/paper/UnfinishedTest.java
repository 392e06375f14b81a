package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.training.TrainingInterrupted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that was stopped is reported as such, and as nothing else; a finished one can be renewed.
 */
class UnfinishedTest {
  private static final Experiment SMOKE = Paper.MASS_SPRING.within(Budget.SMOKE);

  @TempDir private Path root;

  private Workspace workspace() {
    return new Workspace(root);
  }

  @AfterEach
  void forget() {
    Thread.interrupted();
    System.clearProperty("hgn.retrain");
  }

  private void stopAt(int iteration) {
    TrainingWatch stopping =
        TrainingWatch.of(
            (done, total, note) -> {
              if (total == 12 && done == iteration) {
                Thread.currentThread().interrupt();
              }
            });
    assertThrows(TrainingInterrupted.class, () -> SMOKE.train(workspace(), stopping));
  }

  private List<Unfinished> begun() {
    return Unfinished.all(
        workspace(),
        bad -> {
          throw bad;
        });
  }

  @Test
  void oneThatIsDamagedHidesNone() throws Exception {
    Path partial = root.resolve("data/runs/hgn-leapfrog.pendulum/quick/partial.json");
    Files.createDirectories(partial.getParent());
    Files.writeString(partial, "{}");
    stopAt(5);
    List<UserError> bad = new ArrayList<>();
    assertEquals(1, Unfinished.all(workspace(), bad::add).size());
    assertTrue(bad.get(0).getMessage().contains(partial.toString()), bad.toString());
    assertThrows(UserError.class, () -> Unfinished.scored(workspace()));
  }

  @Test
  void aStoppedRunIsScoredAndListedUntilItIsFinished() {
    assertThrows(UserError.class, () -> SMOKE.score(workspace(), TrainingWatch.NONE));
    stopAt(5);
    Unfinished before = begun().get(0);
    assertTrue(before.line().contains("stopped at iteration 5 of 12"), before.line());
    assertTrue(before.line().contains("./workbook score hgn-leapfrog.mass-spring --budget smoke"));
    assertEquals(List.of(), Unfinished.scored(workspace()));

    RunResult partial = SMOKE.score(workspace(), TrainingWatch.NONE);
    assertEquals(5, partial.iterations());
    assertTrue(partial.testMse() > 0 && partial.testMse() < 1);
    Unfinished scored = Unfinished.scored(workspace()).get(0);
    assertTrue(scored.line().contains("at iteration 5 train"), scored.line());
    assertEquals(List.of(), RunResult.all(workspace().runs()), "no result of a finished run");
    assertTrue(
        Scoreboard.of("table1", Budget.SMOKE, workspace()).stream()
            .allMatch(run -> run.finished().isEmpty()));

    SMOKE.train(workspace(), TrainingWatch.NONE);
    assertEquals(List.of(), begun());
    assertFalse(Files.exists(SMOKE.folder(workspace()).partial()));
    assertThrows(UserError.class, () -> SMOKE.score(workspace(), TrainingWatch.NONE));
  }

  /** Only films are scored by a command. */
  @Test
  void aStoppedFlowIsNotAdvisedToBeScored() {
    TrainingWatch stopping =
        TrainingWatch.of(
            (done, total, note) -> {
              if (done == 3) {
                Thread.currentThread().interrupt();
              }
            });
    FlowExperiment flow = FlowExperiment.named("nhf-1.mixture-2").within(Budget.SMOKE);
    assertThrows(TrainingInterrupted.class, () -> flow.train(workspace(), stopping));
    String line = begun().get(0).line();
    assertTrue(line.contains("nhf-1.mixture-2/smoke: stopped at iteration 3"), line);
    assertFalse(line.contains("workbook score"), line);
  }

  @Test
  void retrainingRenewsWhatIsOlderOnce() throws Exception {
    SMOKE.train(workspace(), TrainingWatch.NONE);
    Path result = SMOKE.folder(workspace()).result();
    long now = Instant.now().getEpochSecond();
    Files.setLastModifiedTime(result, FileTime.from(Instant.ofEpochSecond(now - 100)));
    Path attic = root.resolve("data/runs-old");
    SMOKE.train(workspace(), TrainingWatch.NONE);
    assertFalse(Files.exists(attic), "without being asked what is there is used");
    System.setProperty("hgn.retrain", Long.toString(now - 50));
    SMOKE.train(workspace(), TrainingWatch.NONE);
    assertTrue(Files.exists(attic.resolve("hgn-leapfrog.mass-spring.smoke.1/result.json")));
    SMOKE.train(workspace(), TrainingWatch.NONE);
    assertFalse(Files.exists(attic.resolve("hgn-leapfrog.mass-spring.smoke.2")), "once");
    System.setProperty("hgn.retrain", "yes");
    assertThrows(UserError.class, () -> SMOKE.train(workspace(), TrainingWatch.NONE));
  }
}
