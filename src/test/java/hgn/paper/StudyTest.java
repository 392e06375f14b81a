package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Json;
import hgn.io.Workspace;
import hgn.results.StudyResult;
import hgn.results.TrainingWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a run at the smoke budget, of an HGN and of a PixelHNN. */
class StudyTest {
  @TempDir private Path root;

  @Test
  void aStudyIsMadeOnceAndBelongsToItsRun() throws Exception {
    Workspace workspace = new Workspace(root);
    Experiment experiment = Paper.MASS_SPRING.by(Protocol.PREDICT).within(Budget.SMOKE);
    Run run = experiment.train(workspace, TrainingWatch.NONE);
    StudyResult made = run.study(workspace);
    assertEquals(experiment.name(), made.experiment());
    assertEquals(made.time().length, made.forwardMse().length);
    assertTrue(Arrays.stream(made.returnErrors()).max().orElseThrow() < 1e-4, "leapfrog returns");
    assertTrue(
        StudyResult.median(made.eulerReturnErrors()) > 10 * StudyResult.median(made.returnErrors()),
        "Euler does not");
    for (double share : made.probeQ()) {
      assertTrue(share <= 1, "R² " + share);
    }
    Path file = experiment.folder(workspace).path().resolve(StudyResult.FILE_NAME);
    String written = Files.readString(file);
    assertEquals(Json.compact(made), Json.compact(run.study(workspace)));
    // A study of another training is made anew.
    Files.writeString(file, written.replace(made.run(), "another"));
    assertEquals(made.run(), run.study(workspace).run());
  }

  @Test
  void aBaselineCanBeStudiedToo() {
    Workspace workspace = new Workspace(root);
    Experiment experiment = Paper.MASS_SPRING.of(Model.HNN).within(Budget.SMOKE);
    StudyResult made = experiment.train(workspace, TrainingWatch.NONE).study(workspace);
    assertEquals(4, made.validForward().length);
  }

  @Test
  void whatIsBetweenTwoSequencesBeginsAndEndsWithThem() {
    Workspace workspace = new Workspace(root);
    Run run = Paper.MASS_SPRING.within(Budget.SMOKE).train(workspace, TrainingWatch.NONE);
    var strips = run.interpolation(0, 1, 3);
    assertEquals(3, strips.size());
    float[] first = run.rollouts(0).get(1).frames()[30];
    float[] end = strips.get(0).frames()[30];
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i], end[i], 1e-5f);
    }
  }
}
