package hgn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.data.Upload;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Init;
import hgn.nn.Layout;
import hgn.testing.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLoopTest {
  private static final Geco.Spec GECO = new Geco.Spec(2e-4, 0.1, 0.99);
  private static final int FRAMES = 4;
  private static final int ITERATIONS = 7;

  @TempDir Path folder;

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  @Test
  void anInterruptedRunGoesOnBitForBit() {
    TrainingLoop.Outcome whole = hgn("whole").fit(objective(), Progress.NONE, silent());
    Progress interrupting = Interrupts.after(3, 5);
    for (int i = 0; i < 2; i++) {
      assertThrows(
          TrainingInterrupted.class, () -> hgn("parts").fit(objective(), interrupting, silent()));
    }
    TrainingLoop.Outcome parts = hgn("parts").fit(objective(), Progress.NONE, silent());
    assertArrayEquals(whole.weights(), parts.weights());
    for (String column : new String[] {"iteration", "mse", "kl", "lambda", "gradientNorm"}) {
      assertArrayEquals(whole.log().column(column), parts.log().column(column), column);
    }
  }

  /** On a GPU, whose numbers are read for the log alone. */
  @Test
  void aRunThatReadsSeldomGoesOnBitForBit() {
    TrainingLoop.Outcome whole = hgn("whole").deferred().fit(objective(), Progress.NONE, silent());
    Progress interrupting = Interrupts.after(3);
    assertThrows(
        TrainingInterrupted.class,
        () -> hgn("parts").deferred().fit(objective(), interrupting, silent()));
    TrainingLoop.Outcome parts = hgn("parts").deferred().fit(objective(), Progress.NONE, silent());
    assertArrayEquals(whole.weights(), parts.weights());
    for (String column : whole.log().columns()) {
      if (!column.equals("seconds")) {
        assertArrayEquals(whole.log().column(column), parts.log().column(column), column);
      }
    }
    // Beside reading every step only the multiplier's last bits may differ.
    TrainingLoop.Outcome eager = hgn("eager").fit(objective(), Progress.NONE, silent());
    assertArrayEquals(eager.log().column("lambda"), whole.log().column("lambda"), 1e-12);
    assertArrayEquals(eager.weights(), whole.weights(), 1e-5f);
  }

  @Test
  void aStepThatTheDeviceHasNoMemoryForLeavesARunToGoOnWith() {
    TrainingLoop.Outcome whole =
        bowlLoop("whole", 30).fit(new Bowl(i -> false), Progress.NONE, silent());
    Bowl full =
        new Bowl(
            i -> {
              if (i == 12) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
              }
              return false;
            });
    UserError error =
        assertThrows(
            UserError.class,
            () -> bowlLoop("parts", 30).deferred().fit(full, Progress.NONE, silent()));
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertTrue(error.getMessage().contains("Tried to allocate 2.00 GiB"), error.getMessage());
    assertTrue(error.getMessage().contains("after iteration 12 of 30"), error.getMessage());
    TrainingLoop.Outcome rest =
        bowlLoop("parts", 30).fit(new Bowl(i -> false), Progress.NONE, silent());
    assertArrayEquals(whole.weights(), rest.weights());
  }

  /** Whether a step counts is decided where it is computed. */
  @Test
  void nonFiniteStepsThatAreReadLaterAreSkippedAndCountedAlike() {
    TrainingSpec spec = new TrainingSpec(40, 1, Schedule.constant(0.1), 1, 16);
    Bowl bowl = new Bowl(i -> i == 0 || i % 4 == 1);
    TrainingLoop loop = new TrainingLoop(spec, 1, folder.resolve("e.npz"), "b", Device.cpu());
    TrainingLoop.Outcome eager = loop.fit(bowl, Progress.NONE, silent());
    TrainingLoop.Outcome seldom =
        new TrainingLoop(spec, 1, folder.resolve("s.npz"), "b", Device.cpu())
            .deferred()
            .fit(bowl, Progress.NONE, silent());
    assertEquals(11, seldom.skipped());
    assertArrayEquals(eager.weights(), seldom.weights());
    assertArrayEquals(eager.log().column("loss"), seldom.log().column("loss"));
  }

  /**
   * The checkpoint of a process that was killed while it wrote the next one is the last whole one.
   */
  @Test
  void aKilledRunGoesOnFromItsLastCheckpoint() throws IOException {
    TrainingLoop.Outcome whole = hgn("whole").fit(objective(), Progress.NONE, silent());
    Progress interrupting = Interrupts.after(4);
    assertThrows(
        TrainingInterrupted.class, () -> hgn("killed").fit(objective(), interrupting, silent()));
    Files.write(folder.resolve(".killed.npz.123.tmp"), new byte[] {1, 2, 3});
    TrainingLoop.Outcome rest = hgn("killed").fit(objective(), Progress.NONE, silent());
    assertArrayEquals(whole.weights(), rest.weights());
  }

  @Test
  void seedsMakeTwoRunsEqualAndDifferentSeedsDiffer() {
    TrainingLoop.Outcome one = hgn("one").fit(objective(), Progress.NONE, silent());
    TrainingLoop.Outcome two = hgn("two").fit(objective(), Progress.NONE, silent());
    TrainingLoop.Outcome three =
        new TrainingLoop(spec(ITERATIONS), 2, folder.resolve("three.npz"), "spec", Device.cpu())
            .fit(objective(), Progress.NONE, silent());
    assertArrayEquals(one.weights(), two.weights());
    assertFalse(Arrays.equals(one.weights(), three.weights()));
  }

  @Test
  void aCorruptCheckpointIsRefusedAndLeftAlone() throws IOException {
    hgn("c").fit(objective(), Progress.NONE, silent());
    Path file = folder.resolve("c.npz");
    byte[] bytes = Files.readAllBytes(file);
    byte[] bad = bytes.clone();
    bad[bytes.length / 2] ^= 1;
    Files.write(file, bad);
    UserError flipped =
        assertThrows(UserError.class, () -> hgn("c").fit(objective(), Progress.NONE, silent()));
    assertEquals(UserError.Kind.DATA, flipped.kind());
    assertTrue(flipped.getMessage().contains("c.npz"), flipped.getMessage());
    assertArrayEquals(bad, Files.readAllBytes(file));
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThrows(UserError.class, () -> hgn("c").fit(objective(), Progress.NONE, silent()));
  }

  /** Whole files, checksums and all, that this program never wrote. */
  @Test
  void aCheckpointWithoutItsArraysIsRefused() {
    hgn("c").fit(objective(), Progress.NONE, silent());
    Path file = folder.resolve("c.npz");
    Map<String, Tensor> whole = Npz.read(file);
    Tensor other = new Tensor(new int[] {1}, 1);
    Tensor cut = new Tensor(new float[] {1}, 1);
    for (String name : whole.keySet()) {
      for (Tensor wrong : new Tensor[] {null, other, cut, Tensor.ofText("{}")}) {
        Map<String, Tensor> arrays = new LinkedHashMap<>(whole);
        arrays.put(name, wrong);
        arrays.values().removeIf(Objects::isNull);
        Npz.write(file, arrays);
        UserError error =
            assertThrows(
                UserError.class, () -> hgn("c").fit(objective(), Progress.NONE, silent()), name);
        assertEquals(UserError.Kind.DATA, error.kind());
      }
    }
    for (String name : new String[] {"objective", "log"}) {
      Map<String, Tensor> arrays = new LinkedHashMap<>(whole);
      arrays.put(name, new Tensor(new double[17], 17));
      Npz.write(file, arrays);
      assertThrows(UserError.class, () -> hgn("c").fit(objective(), Progress.NONE, silent()), name);
    }
  }

  @Test
  void weightsOfAnotherTypeAreRefused() {
    Path file = folder.resolve("w.npz");
    Layout layout = new Bowl(i -> false).layout();
    WeightsFile.write(file, layout, new float[] {1, 2, 3}, "spec");
    Map<String, Tensor> whole = Npz.read(file);
    for (String name : whole.keySet()) {
      Map<String, Tensor> arrays = new LinkedHashMap<>(whole);
      arrays.put(name, new Tensor(new double[3], 3));
      Npz.write(file, arrays);
      UserError error =
          assertThrows(UserError.class, () -> WeightsFile.read(file, layout, "spec"), name);
      assertTrue(error.getMessage().contains("'" + name + "'"), error.getMessage());
    }
  }

  @Test
  void aCheckpointOfAnotherSpecIsRefused() {
    hgn("c").fit(objective(), Progress.NONE, silent());
    TrainingLoop other =
        new TrainingLoop(spec(ITERATIONS), 1, folder.resolve("c.npz"), "other", Device.cpu());
    UserError error =
        assertThrows(UserError.class, () -> other.fit(objective(), Progress.NONE, silent()));
    assertTrue(error.getMessage().contains("another spec"), error.getMessage());
  }

  @Test
  void aFolderThatCannotBeWrittenIsFoundOutBeforeTheFirstStep() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    TrainingLoop loop =
        new TrainingLoop(spec(ITERATIONS), 1, file.resolve("c.npz"), "spec", Device.cpu());
    Progress none =
        (done, total, note) -> {
          throw new AssertionError("trained");
        };
    UserError error = assertThrows(UserError.class, () -> loop.fit(objective(), none, silent()));
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
  }

  @Test
  void nonFiniteStepsAreSkippedAndCounted() {
    TrainingLoop.Outcome outcome =
        bowlLoop("b", 40).fit(new Bowl(i -> i % 4 == 1), Progress.NONE, silent());
    assertEquals(10, outcome.skipped());
    assertTrue(Float.isFinite(outcome.weights()[0]));
  }

  @Test
  void aLossThatStaysNonFiniteEndsTheRunAndSaysWhy() {
    UserError error =
        assertThrows(
            UserError.class,
            () -> bowlLoop("b", 200).fit(new Bowl(i -> i > 20), Progress.NONE, silent()));
    assertTrue(error.getMessage().contains("not finite"), error.getMessage());
    UserError later =
        assertThrows(
            UserError.class,
            () ->
                bowlLoop("later", 200)
                    .deferred()
                    .fit(new Bowl(i -> i > 20), Progress.NONE, silent()));
    assertTrue(later.getMessage().contains("last at iteration 72"), later.getMessage());
  }

  /** Adam as Kingma and Ba write it, with the clip before it, in plain Java. */
  @Test
  void updatesAreAdamsBehindAClipByTheGlobalNorm() {
    int n = 25;
    TrainingLoop.Outcome outcome =
        bowlLoop("b", n).fit(new Bowl(i -> false), Progress.NONE, silent());
    double[] w = {0, 0, 0};
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= n; t++) {
      double[] g = new double[3];
      double norm = 0;
      for (int i = 0; i < 3; i++) {
        g[i] = 2 * (w[i] - Bowl.CENTRE[i]);
        norm += g[i] * g[i];
      }
      double clip = Math.min(1, 1 / Math.sqrt(norm));
      for (int i = 0; i < 3; i++) {
        m[i] = 0.9 * m[i] + 0.1 * clip * g[i];
        v[i] = 0.999 * v[i] + 0.001 * clip * clip * g[i] * g[i];
        double mean = m[i] / (1 - Math.pow(0.9, t));
        double deviation = Math.sqrt(v[i] / (1 - Math.pow(0.999, t)));
        w[i] -= 0.1 * mean / (deviation + Adam.EPSILON);
      }
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(w[i], outcome.weights()[i], 1e-4);
    }
  }

  private TrainingLoop bowlLoop(String name, int iterations) {
    TrainingSpec spec = new TrainingSpec(iterations, 1, Schedule.constant(0.1), 1, 1);
    return new TrainingLoop(spec, 1, folder.resolve(name + ".npz"), "bowl", Device.cpu());
  }

  private TrainingLoop hgn(String name) {
    return new TrainingLoop(
        spec(ITERATIONS), 1, folder.resolve(name + ".npz"), "spec", Device.cpu());
  }

  private static TrainingSpec spec(int iterations) {
    return new TrainingSpec(iterations, 2, new Schedule(1e-3, 2, 0.1), 1, 2);
  }

  private static HgnObjective objective() {
    HgnBlueprint blueprint = new HgnBlueprint(HgnSpec.of(Architecture.COMPACT, FRAMES));
    HgnTraining training = new HgnTraining(2, new Horizon(2, 2), GECO, false);
    FrameSource source =
        iteration -> {
          Shape shape = new Shape(2, FRAMES, 3, 32, 32);
          double[] values = new SplittableRandom(iteration).doubles(shape.size()).toArray();
          float[] floats = new float[values.length];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
          }
          return new Upload(floats, shape);
        };
    return new HgnObjective(blueprint, training, source, Division.NONE);
  }

  private static TrainingLoop.Observer silent() {
    return TrainingLoop.Observer.NONE;
  }

  /** |w − centre|², not finite where it is told so. */
  private record Bowl(java.util.function.LongPredicate broken) implements Objective {
    static final double[] CENTRE = {1, -2, 3};

    @Override
    public Layout layout() {
      Layout layout = new Layout();
      layout.add("w", Init.ZERO, 3);
      return layout;
    }

    @Override
    public Terms accumulate(Step step) {
      NDArray centre = step.manager().create(new float[] {1, -2, 3});
      NDArray loss = step.weights().sub(centre).square().sum();
      NDArray scaled = broken.test(step.iteration()) ? loss.mul(Float.NaN) : loss;
      step.backward(scaled);
      return Terms.of(numbers -> Map.of("loss", numbers[0]), scaled);
    }
  }
}
