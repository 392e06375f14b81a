package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.io.Npz.Tensor;
import hgn.io.SafeTensors;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.training.WeightsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of a shipped run on their way to PyTorch and back. */
class InteropTest {
  private static final Path SCRIPT = Path.of("docs/interop/hgn_torch.py").toAbsolutePath();
  private static Run run;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    run = Paper.PENDULUM.finished(new Workspace(Path.of("").toAbsolutePath()), 16);
  }

  @Test
  void exportedWeightsComeBackAndScoreAlike() {
    Path file = NpzExport.USUAL.write(run, folder.resolve("weights.safetensors"));
    assertArrayEquals(run.weights(), WeightsFile.imported(file, run.layout()));
    assertEquals(run.score().mse(), run.score(file).mse());
  }

  @Test
  void aWeightThatDoesNotFitIsNamed() {
    Path file = NpzExport.USUAL.write(run, folder.resolve("weights.safetensors"));
    String name = run.layout().slots().get(0).name();
    Map<String, Tensor> arrays = SafeTensors.read(file);
    Tensor whole = arrays.get(name);
    arrays.put(name, new Tensor(new float[] {1, 2}, 2));
    assertRefused(arrays, "for '" + name + "', expected shape");
    arrays.remove(name);
    assertRefused(arrays, "has nothing for '" + name + "'");
    arrays.put(name, whole);
    arrays.put("encoder.extra", new Tensor(new float[] {1, 2}, 2));
    assertRefused(arrays, "has [encoder.extra], which this model does not have");
  }

  private void assertRefused(Map<String, Tensor> arrays, String part) {
    Path file = folder.resolve("other.safetensors");
    SafeTensors.write(file, arrays, Map.of());
    UserError error = assertThrows(UserError.class, () -> run.score(file));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  @Test
  void pyTorchPaintsTheSameFramesAndItsFileComesBack() throws Exception {
    String python = Optional.ofNullable(System.getenv("HGN_PYTHON")).orElse("python3");
    assumeTrue(python(python, "-c", "import torch, numpy").isEmpty(), "no PyTorch here");
    Path npz = NpzExport.USUAL.write(run, folder.resolve("export.npz"));
    assertEquals("", python(python, SCRIPT.toString(), npz.toString()).orElse(""));
    Path there = NpzExport.USUAL.write(run, folder.resolve("weights.safetensors"));
    Path back = folder.resolve("back.safetensors");
    String code =
        "import sys; sys.path.insert(0, '%s'); from hgn_torch import Hgn; Hgn.load('%s').save('%s')"
            .formatted(SCRIPT.getParent(), there, back);
    assertEquals("", python(python, "-c", code).orElse(""));
    assertArrayEquals(run.weights(), WeightsFile.imported(back, run.layout()));
  }

  /** What it says where it fails. */
  private static Optional<String> python(String... command) throws InterruptedException {
    try {
      List<String> words = new ArrayList<>(Arrays.asList(command));
      Path log = Files.createTempFile("python", ".log");
      ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
      Process process = builder.redirectOutput(log.toFile()).start();
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      String said = Files.readString(log, StandardCharsets.UTF_8);
      Files.delete(log);
      return ended && process.exitValue() == 0 ? Optional.empty() : Optional.of("failed: " + said);
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }
}
