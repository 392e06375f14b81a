package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.data.LampFilms;
import hgn.data.OwnFilms;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An HGN on films from disk, at smoke: what the run records, and that changed films are noticed.
 */
class OwnFilmsExperimentTest {
  private static final String NAME = "hgn-leapfrog.films:films/lamp";

  @TempDir Path root;
  private Workspace workspace;

  @BeforeEach
  void draw() {
    workspace = new Workspace(root);
    LampFilms.write(root.resolve("films/lamp"), 6, 32, Progress.NONE);
  }

  private static Experiment smoke(String name) {
    return Paper.experiment(name).within(Budget.SMOKE);
  }

  @Test
  void aRunRecordsItsFilmsAndIsLoadedAgain() {
    List<String> said = new ArrayList<>();
    Run run = smoke(NAME).train(workspace, watch(said));
    assertTrue(
        said.stream().anyMatch(s -> s.contains("48 × 48 pixels, scaled to 32 × 32")),
        said.toString());
    RunResult result = run.result();
    assertEquals(NAME, result.experiment());
    Map<?, ?> films = (Map<?, ?>) result.spec().get("films");
    assertEquals("films/lamp", films.get("path"));
    assertEquals(6.0, films.get("films"));
    assertEquals(192.0, films.get("frames"));
    assertEquals(64, ((String) films.get("checksum")).length());
    assertTrue(result.meanImageMse() > 1e-3 && result.testMse() < 1);
    assertEquals(31, run.rollouts(0).get(1).frames().length);
    assertTrue(
        Files.exists(root.resolve("data/runs/hgn-leapfrog.films-films-lamp/smoke/result.json")));
    Run again = smoke("hgn-leapfrog.films:./films/lamp/").train(workspace, watch(said));
    assertEquals(Json.map(result), Json.map(again.result()));
    UserError fresh = assertThrows(UserError.class, () -> Shipping.verify(smoke(NAME), workspace));
    assertTrue(fresh.getMessage().contains("no fresh ones"), fresh.getMessage());
    assertTrue(Double.isNaN(run.paper().testMse()));
    assertThrows(UserError.class, run::dataset);
  }

  private static TrainingWatch watch(List<String> said) {
    return new TrainingWatch() {
      @Override
      public void update(long done, long total, String note) {}

      @Override
      public void curves(List<hgn.results.Series> curves) {}

      @Override
      public void say(String message) {
        said.add(message);
      }
    };
  }

  @Test
  void changedFilmsAreNotSilentlyUsed() throws IOException {
    smoke(NAME).train(workspace, TrainingWatch.NONE);
    Path one = root.resolve("films/lamp/film-001/frame-004.png");
    Files.copy(
        root.resolve("films/lamp/film-002/frame-009.png"),
        one,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    UserError error =
        assertThrows(UserError.class, () -> smoke(NAME).train(workspace, TrainingWatch.NONE));
    for (String part : List.of("films/lamp have changed since", "--fresh", NAME)) {
      assertTrue(error.getMessage().contains(part), error.getMessage());
    }
    smoke(NAME).moveAside(workspace);
    smoke(NAME).train(workspace, TrainingWatch.NONE);
  }

  @Test
  void badFilmsAreRefusedBeforeAnythingIsWritten() throws IOException {
    Path one = root.resolve("films/lamp/film-001/frame-004.png");
    Files.write(one, new byte[100]);
    UserError error =
        assertThrows(UserError.class, () -> smoke(NAME).train(workspace, TrainingWatch.NONE));
    assertTrue(error.getMessage().contains(one.toString()), error.getMessage());
    assertFalse(Files.exists(root.resolve("data/runs")));
  }

  @Test
  void anArchiveAndAnotherProtocolAndModel() throws IOException {
    OwnFilms films =
        OwnFilms.open("films/lamp", workspace, Protocol.RECONSTRUCT.steps(), Progress.NONE);
    Path file = NpzExport.films(films.train(), root.resolve("lamp.npz"));
    Run run = smoke("hgn-determ.films:lamp.npz").train(workspace, TrainingWatch.NONE);
    assertEquals("lamp.npz", ((Map<?, ?>) run.result().spec().get("films")).get("path"));
    assertTrue(Files.size(file) > 0);
    UserError error =
        assertThrows(
            UserError.class, () -> smoke(NAME + ".predict").train(workspace, TrainingWatch.NONE));
    assertTrue(error.getMessage().contains("needs at least 35"), error.getMessage());
    assertThrows(UserError.class, () -> Paper.experiment("hnn.films:films/lamp"));
    assertThrows(UserError.class, () -> Paper.experiment("hgn-x.films:films/lamp"));
  }

  @Test
  void numpyReadsAnExport() throws IOException, InterruptedException {
    assumeTrue(python("import numpy") == 0, "no python3 with numpy on this machine");
    Run run = smoke(NAME).train(workspace, TrainingWatch.NONE);
    Path own = new NpzExport(1, false, true).write(run, root.resolve("own.npz"));
    String error = "r = numpy.mean((z['truth'] - z['reconstruction']) ** 2, axis=(2, 3, 4))[0];";
    assertEquals(
        0,
        python(
            "import numpy, json; z = numpy.load('%s');".formatted(own)
                + " assert z['truth'].shape == (1, 31, 32, 32, 3);"
                + " assert z['latent_q'].shape == z['latent_p'].shape == (1, 31, 16);"
                + " assert z['energy'].shape == (1, 31) and z['time'].shape == (31,);"
                + " assert z['train_frames'].dtype == 'uint8';"
                + " assert z['weight.potential.0.weight'].shape == (128, 16);"
                + " assert json.loads(bytes(z['spec']))['films']['path'] == 'films/lamp';"
                + error
                + " t = json.loads(bytes(z['result']))['metrics']['testFrameMse'];"
                + " assert numpy.allclose(r, t, rtol=1e-3), (r, t)"));
    assertThrows(
        UserError.class,
        () -> new NpzExport(1, true, false).write(run, root.resolve("states.npz")));
    Run simulated = Paper.MASS_SPRING.within(Budget.SMOKE).train(workspace, TrainingWatch.NONE);
    Path all = new NpzExport(3, true, true).write(simulated, root.resolve("all.npz"));
    assertEquals(
        0,
        python(
            "import numpy; z = numpy.load('%s');".formatted(all)
                + " assert z['state_q'].shape == (3, 31, 1);"
                + " assert (z['state_q'] == z['test_q'][:3]).all();"
                + " assert z['train_noisy_p'].shape == (64, 31, 1);"
                + " assert (numpy.abs(z['test_frames'] / 255 - z['truth']) < 0.002).all()"));
    // What is exported can be learned from.
    Path again = NpzExport.films(simulated.films().test(), root.resolve("films.npz"));
    OwnFilms read =
        OwnFilms.open(again.toString(), workspace, Protocol.RECONSTRUCT.steps(), Progress.NONE);
    assertEquals(64, read.spec().films());
    assertArrayEquals(simulated.films().meanImage(), read.meanImage(), 0.05f);
  }

  @Test
  void whatIsNotFinishedIsNotExported() {
    UserError error = assertThrows(UserError.class, () -> smoke(NAME).finished(workspace));
    assertTrue(error.getMessage().contains("./workbook train " + NAME), error.getMessage());
  }

  private static int python(String script) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", script).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), output);
      if (process.exitValue() != 0) {
        System.out.println(output);
      }
      return process.exitValue();
    } catch (IOException e) {
      return -1; // no python3
    }
  }
}
