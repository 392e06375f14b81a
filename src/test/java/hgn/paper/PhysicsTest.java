package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.io.Json;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.PhysicsResult;
import hgn.results.TrainingWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured of the physics of a run at the smoke budget, and where it is kept. */
class PhysicsTest {
  @TempDir private static Path root;
  private static Workspace workspace;
  private static Run run;

  @BeforeAll
  static void train() {
    System.setProperty("hgn.home", root.toString());
    workspace = new Workspace(root);
    run = Paper.PENDULUM.within(Budget.SMOKE).train(workspace, TrainingWatch.NONE);
  }

  @AfterAll
  static void forgetHome() {
    System.clearProperty("hgn.home");
  }

  @Test
  void itIsMeasuredOnceAndOneRowOfTheTable() throws Exception {
    Experiment experiment = Paper.PENDULUM.within(Budget.SMOKE);
    PhysicsResult made = run.physics();
    assertEquals(Json.compact(made), Json.compact(Physics.measure(experiment, workspace)));
    Physics.write(workspace);
    assertEquals(1, Files.readAllLines(Physics.table(workspace)).size(), "no smoke in the table");
    List<String> lines = PhysicsResult.csv(List.of(made)).lines().toList();
    assertEquals(
        "model,system,budget,seed,testMse,vptForward,vptBackward,validForward,validBackward,"
            + "symetric,rSquared,dreamDistance,dreamDistanceNormal,dreamKs",
        lines.get(0));
    assertEquals(2, lines.size());
    assertTrue(lines.get(1).startsWith("hgn-leapfrog,pendulum,smoke,1,"), lines.get(1));
    assertEquals(14, lines.get(1).split(",", -1).length);
    for (double apart : made.learned().apart()) {
      assertTrue(apart >= 0 && apart <= 1, "KS " + apart);
    }
    // What was measured of other weights is measured anew, and a prior of theirs is refused.
    Path folder = experiment.folder(workspace).path();
    Path file = folder.resolve(PhysicsResult.FILE_NAME);
    Files.writeString(file, Files.readString(file).replace(made.weights(), "0123456789abcdef"));
    assertEquals(made.weights(), run.physics().weights());
    Path prior = folder.resolve(FlowPrior.FILE_NAME);
    byte[] own = Files.readAllBytes(prior);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      FlowPrior.fit(
              "another",
              new long[] {2},
              new double[][] {{0, 1}, {1, 0}, {2, 2}, {3, 1}},
              new double[4][2],
              new FlowPrior.Effort(4, 2, 4, 1),
              manager)
          .write(prior);
    }
    UserError refused = assertThrows(UserError.class, run::prior);
    Files.write(prior, own);
    assertTrue(refused.getMessage().contains("physics --only"), refused.getMessage());
  }

  @Test
  void dreamsOfTheLearnedPriorAndItsWayBetweenFilmsAreShown() {
    FlowPrior prior = run.prior();
    assertEquals(3, run.samples(3, 1, prior).size());
    assertEquals(31, run.samples(1, 1, prior).get(0).frames().length);
    var way = run.interpolation(0, 1, 3, prior);
    float[] first = run.rollouts(0).get(1).frames()[30];
    float[] shown = way.get(0).frames()[30];
    // Within what the dropped directions of z mean.
    double off = 0;
    for (int i = 0; i < first.length; i++) {
      off = Math.max(off, Math.abs(first[i] - shown[i]));
    }
    assertTrue(off < 0.2, "off by " + off);
  }

  @Test
  void filmsOfSeveralRunsPlayBothWaysBesideTheTruth() {
    for (boolean backward : new boolean[] {false, true}) {
      var film = Physics.film(backward, 0, run, run);
      assertEquals(2, film.models().size());
      assertEquals(36, film.truth().length());
      // The frames at one time are compared: the first one is what the window begins with.
      assertEquals(film.mse(film.models().get(0), 0), film.mse(film.models().get(1), 0));
      assertTrue(film.truthAt(film.models().get(0), 35).isPresent());
    }
    var speeds = Physics.speeds(run, 1);
    assertEquals(4, speeds.size());
    // Both speeds begin with the film's first frame; after two steps at half speed time is one.
    assertEquals(speeds.get(0).frames()[0][500], speeds.get(2).frames()[0][500], 1e-6f);
    assertEquals(
        run.film(1).truth().frames().frames()[1][500], speeds.get(2).frames()[2][500], 1e-4f);
    assertEquals(
        run.film(1).truth().frames().frames()[2][500], speeds.get(0).frames()[1][500], 1e-4f);
  }
}
