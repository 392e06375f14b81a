package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import hgn.dynamics.PhaseState;
import hgn.io.Npz;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.systems.Systems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  @TempDir Path folder;
  private Workspace workspace;

  @BeforeEach
  void workspace() {
    workspace = new Workspace(folder);
  }

  private Dataset open(DatasetSpec spec) {
    return Dataset.open(spec, workspace, Progress.NONE);
  }

  private static DatasetSpec small(String system) {
    return DatasetSpec.of(system, 20, 8, 1).withSteps(6);
  }

  private static float[] q(Split split, int... indices) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return split.states(manager, indices).q().toFloatArray();
    }
  }

  @ParameterizedTest
  @CsvSource({"mass-spring, 52", "pendulum, 68", "two-body, 80", "three-body, 61"})
  void theMeanImageScoresWhatThePapersCollapsedModelDoes(String system, double expected) {
    Dataset data = open(DatasetSpec.of(system, 512, 512, 0));
    assertEquals(expected, data.meanImageMse() * 1e4, 0.1 * expected);
    if (system.equals("three-body")) {
      double large =
          open(DatasetSpec.of(system, 512, 512, 0).withImageSize(64)).meanImageMse() * 1e4;
      assertEquals(data.meanImageMse() * 1e4, large, 0.01 * expected, "64 only resamples");
    }
  }

  @Test
  void theSecondOpeningReadsTheFile() throws IOException {
    DatasetSpec spec = small("two-body");
    List<Long> calls = new ArrayList<>();
    Dataset made = Dataset.open(spec, workspace, (done, total, note) -> calls.add(done));
    assertEquals(28L, calls.get(calls.size() - 1), "the bar arrives");
    calls.clear();
    byte[] bytes = Files.readAllBytes(spec.file(workspace));
    Dataset read = Dataset.open(spec, workspace, (done, total, note) -> calls.add(done));
    assertTrue(calls.isEmpty(), "nothing is simulated");
    assertArrayEquals(q(made.train(), 0, 19), q(read.train(), 0, 19));
    assertArrayEquals(bytes, Files.readAllBytes(spec.file(workspace)));
    try (Stream<Path> files = Files.list(workspace.datasets())) {
      assertEquals(1, files.count(), "no temporary file is left");
    }
  }

  @Test
  void onlyWhatDecidesTheStatesDecidesTheFile() {
    DatasetSpec spec = small("two-body");
    NoiseSpec noise = spec.noise();
    Path file = spec.file(workspace);
    assertEquals(file, spec.withImageSize(64).file(workspace));
    assertEquals(
        file, spec.withNoise(new NoiseSpec(noise.states(), 0.3, noise.orbit())).file(workspace));
    assertNotEquals(file, spec.withSteps(7).file(workspace));
    assertNotEquals(file, spec.withNoise(NoiseSpec.NONE).file(workspace));
    assertNotEquals(file, DatasetSpec.of("two-body", 20, 8, 2).withSteps(6).file(workspace));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum", "two-body", "three-body"})
  void neitherThreadsNorSizeChangeATrajectory(String system) {
    DatasetSpec large = DatasetSpec.of(system, 1200, 30, 3).withSteps(8);
    DatasetSpec little = DatasetSpec.of(system, 40, 7, 3).withSteps(8);
    States[] one = new Generator(large, 1).generate(Progress.NONE);
    States[] three = new Generator(large, 3).generate(Progress.NONE);
    States[] prefix = new Generator(little, 2).generate(Progress.NONE);
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(one[i].q(), three[i].q());
      assertArrayEquals(one[i].noisyP(), three[i].noisyP());
      float[] p = prefix[i].p();
      assertArrayEquals(p, Arrays.copyOf(one[i].p(), p.length));
      assertArrayEquals(prefix[i].noisyQ(), Arrays.copyOf(one[i].noisyQ(), p.length));
    }
    assertNotEquals(one[0].q()[0], one[1].q()[0], "train and test differ");
  }

  @Test
  void noiseOnStatesHasItsWidthAndLeavesTheTruthAlone() {
    Dataset data = open(DatasetSpec.of("pendulum", 300, 1, 5));
    int[] all = java.util.stream.IntStream.range(0, 300).toArray();
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState clean = data.train().states(manager, all);
      PhaseState noisy = data.train().noisyStates(manager, all);
      assertEquals(0.1, deviation(noisy.q().sub(clean.q())), 0.004);
      assertEquals(0.1, deviation(noisy.p().sub(clean.p())), 0.004);
      NDArray energy =
          Systems.named("pendulum")
              .hamiltonian()
              .energy(new PhaseState(clean.q().reshape(-1, 1), clean.p().reshape(-1, 1)))
              .reshape(300, 31);
      assertTrue(energy.max(new int[] {1}).sub(energy.min(new int[] {1})).max().getFloat() < 1e-5);
    }
  }

  private static double deviation(NDArray a) {
    return Math.sqrt(a.square().mean().getFloat());
  }

  @Test
  void framesShowTheStates() {
    Dataset data = open(small("three-body"));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray frames = data.test().frames(manager, 5, 2);
      assertEquals(new Shape(2, 7, 3, 32, 32), frames.getShape());
      assertEquals(DataType.FLOAT32, frames.getDataType());
      NDArray positions =
          Systems.named("three-body")
              .positions(data.test().states(manager, 5, 2).q().reshape(-1, 6));
      float[] expected =
          new hgn.render.Renderer(data.spec().rendering()).render(positions).toFloatArray();
      assertArrayEquals(expected, frames.toFloatArray());
      assertEquals(
          DataType.FLOAT64, data.test().states(manager, DataType.FLOAT64, 0).p().getDataType());
      Split split = data.test();
      IndexOutOfBoundsException error =
          assertThrows(IndexOutOfBoundsException.class, () -> split.frames(manager, 8));
      assertEquals("trajectory 8 of a split of 8", error.getMessage());
    }
  }

  @Test
  void jitteredFramesAreTheSameEachTimeAndHaveAFloor() {
    DatasetSpec clean = DatasetSpec.of("mass-spring", 20, 64, 1);
    DatasetSpec literal = clean.withNoise(NoiseSpec.literalFor(clean.physics()));
    Dataset data = open(literal);
    assertEquals(0, open(clean).noiseFloor());
    // Half of what numpy finds for two independent jitters of 0.1, about 7e-4.
    assertEquals(7, data.noiseFloor() * 1e4, 1);
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] both = data.test().frames(manager, 3, 4).toFloatArray();
      float[] second = data.test().frames(manager, 4).toFloatArray();
      assertArrayEquals(Arrays.copyOfRange(both, second.length, both.length), second);
      float[] still = open(clean).test().frames(manager, 4).toFloatArray();
      assertFalse(Arrays.equals(still, second));
    }
  }

  @Test
  void noiseOnPixelsIsEachFramesOwnAndHasItsWidth() {
    DatasetSpec plain = small("two-body");
    Dataset data = open(plain.withNoise(plain.noise().onFrames(0, 0.1)));
    assertEquals(plain.file(workspace), data.spec().file(workspace));
    assertEquals(0.01, data.noiseFloor(), 1e-12);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray seen = data.test().frames(manager, 3, 4, 5);
      float[] all = seen.toFloatArray();
      NDArray noise = seen.sub(open(plain).test().frames(manager, 3, 4, 5));
      int values = all.length;
      assertEquals(0, noise.mean().getFloat(), 4 * 0.1 / Math.sqrt(values));
      assertEquals(0.1, deviation(noise), 4 * 0.1 / Math.sqrt(2.0 * values));
      NDArray next = noise.get(":, 1:").mul(noise.get(":, :-1"));
      assertEquals(0, next.mean().getFloat(), 4 * 0.01 / Math.sqrt(values), "frames are alike");
      assertTrue(seen.max().getFloat() > 1.1, "clipped");
      assertArrayEquals(all, data.test().frames(manager, 3, 4, 5).toFloatArray());
      // Film 4 from its third frame on, in another batch and as a clip.
      float[] clip = data.test().clips(manager, 2, new int[] {2, 0}, 4, 1).get(0).toFloatArray();
      int from = (7 + 2) * clip.length / 2;
      assertArrayEquals(Arrays.copyOfRange(all, from, from + clip.length), clip);
      assertArrayEquals(
          open(plain).test().frames(manager, 4).toFloatArray(),
          data.test().clean().frames(manager, 4).toFloatArray());
    }
  }

  @Test
  void theMeanImageIsTheMean() {
    Dataset data = open(small("pendulum"));
    try (NDManager manager = NDManager.newBaseManager()) {
      int[] all = java.util.stream.IntStream.range(0, 20).toArray();
      float[] expected =
          data.train()
              .frames(manager, all)
              .reshape(140, 3, 32, 32)
              .mean(new int[] {0})
              .toFloatArray();
      assertArrayEquals(expected, data.meanImage(), 1e-5f);
    }
    data.meanImage()[0] = 7;
    assertTrue(data.meanImage()[0] < 1, "what was handed out cannot spoil it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flipped", "truncated", "empty", "text", "foreign", "shape", "missing"})
  void aDamagedOrForeignFileIsNamedAndLeftAlone(String damage) throws IOException {
    DatasetSpec spec = small("mass-spring");
    open(spec);
    Path file = spec.file(workspace);
    byte[] bytes = Files.readAllBytes(file);
    switch (damage) {
      case "flipped" -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
      case "truncated" -> Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
      case "empty" -> Files.write(file, new byte[0]);
      case "text" -> Files.writeString(file, "not an archive");
      case "foreign" -> {
        DatasetSpec other = DatasetSpec.of("mass-spring", 20, 8, 2).withSteps(6);
        open(other);
        Files.copy(other.file(workspace), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      default -> {
        Map<String, Npz.Tensor> arrays = new LinkedHashMap<>(Npz.read(file));
        if (damage.equals("missing")) {
          arrays.remove("test_noisy_p");
        } else {
          arrays.put("test_p", new Npz.Tensor(new float[56], 7, 8, 1));
        }
        Npz.write(file, arrays);
      }
    }
    byte[] damaged = Files.readAllBytes(file);
    UserError error = assertThrows(UserError.class, () -> open(spec));
    assertEquals(UserError.Kind.DATA, error.kind());
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    assertTrue(error.getMessage().contains("move it away"), error.getMessage());
    assertArrayEquals(damaged, Files.readAllBytes(file), "left as it is");
  }

  @Test
  void anInterruptStopsTheSimulationAndLeavesNoFile() {
    DatasetSpec spec = DatasetSpec.of("three-body", 20_000, 1, 0);
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, () -> open(spec));
      assertTrue(Thread.interrupted(), "the flag stays set");
    } finally {
      boolean unused = Thread.interrupted();
    }
    assertFalse(Files.exists(spec.file(workspace)));
  }

  @Test
  void theLibraryHasItsThreadsBackAfterwards() throws InterruptedException {
    ai.djl.engine.Engine.getInstance();
    int before = JniUtils.getNumThreads();
    JniUtils.setNumThreads(2);
    try {
      open(small("pendulum"));
      int[] seen = {JniUtils.getNumThreads(), 0};
      Thread later = new Thread(() -> seen[1] = JniUtils.getNumThreads());
      later.start();
      later.join();
      assertArrayEquals(new int[] {2, 2}, seen);
    } finally {
      JniUtils.setNumThreads(before);
    }
  }

  @Test
  void severalAtOnceLeaveOneGoodFile() throws InterruptedException {
    DatasetSpec spec = small("pendulum");
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread = new Thread(() -> open(spec));
      thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
    assertEquals(20, open(spec).train().size());
  }

  @Test
  void numpyReadsIt() throws IOException, InterruptedException {
    assumeTrue(python("import numpy") == 0, "no python3 with numpy on this machine");
    DatasetSpec spec = small("two-body");
    Dataset data = open(spec);
    float first = q(data.train(), 19)[27];
    String script =
        "import numpy, json; z = numpy.load('%s');".formatted(spec.file(workspace))
            + " assert z['train_q'].shape == (20, 7, 4) and z['train_q'].dtype == '<f4';"
            + " assert z['test_noisy_p'].shape == (8, 7, 4);"
            + " assert json.loads(bytes(z['spec']))['system'] == 'two-body';"
            + " assert abs(float(z['train_q'][19, 6, 3]) - (%s)) < 1e-9".formatted((double) first);
    assertEquals(0, python(script));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mass-spring", "pendulum", "two-body", "three-body"})
  void trajectoriesAreExtendedBothWays(String system) {
    DatasetSpec spec = small(system);
    Split known = open(spec).test();
    Split longer = known.extended(9, 12);
    assertEquals(22, longer.frames());
    try (NDManager manager = NDManager.newBaseManager()) {
      int[] all = {0, 1, 2, 3, 4, 5, 6, 7};
      PhaseState before = known.states(manager, DataType.FLOAT64, all);
      PhaseState after = longer.states(manager, DataType.FLOAT64, all);
      NDIndex same = new NDIndex(":,9:16");
      assertEquals(0, distance(before.q(), after.q().get(same)), 1e-5, "the same motion");
      assertEquals(0, distance(before.p(), after.p().get(same)), 1e-5, "the same motion");
      NDIndex start = new NDIndex(":,0");
      PhaseState again =
          Simulation.trajectories(
              spec.physics(),
              new PhaseState(after.q().get(start), after.p().get(start)),
              spec.dt(),
              21);
      assertEquals(0, distance(again.q(), after.q()), 1e-3, "one motion from its first frame on");
      assertEquals(0, distance(again.p(), after.p()), 1e-3, "one motion from its first frame on");
    }
  }

  private static double distance(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getDouble();
  }

  private static int python(String script) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", script).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
      return process.exitValue();
    } catch (IOException e) {
      return -1; // no python3
    }
  }

  @Test
  void valuesThatDoNotFitAreNamed() {
    assertUsage("train is 0, expected 1 to 1000000", () -> DatasetSpec.of("pendulum", 0, 1, 0));
    assertUsage("test is -1, expected 1 to 1000000", () -> DatasetSpec.of("pendulum", 1, -1, 0));
    assertUsage("steps is 0, expected 1 to 10000", () -> small("pendulum").withSteps(0));
    assertUsage("imageSize is 48, expected 32 or 64", () -> small("pendulum").withImageSize(48));
    assertUsage(
        "dt is NaN, expected a positive time",
        () -> new DatasetSpec("pendulum", 1, 1, 1, Double.NaN, 32, NoiseSpec.NONE, 0));
    assertUsage(
        "orbit noise is 0.1, but pendulum has no orbit to perturb: expected 0",
        () -> small("pendulum").withNoise(new NoiseSpec(0, 0, 0.1)));
    assertUsage("noise on states is -0.1, expected at least 0", () -> new NoiseSpec(-0.1, 0, 0));
    UserError error = assertThrows(UserError.class, () -> DatasetSpec.of("spring", 1, 1, 0));
    assertTrue(error.getMessage().startsWith("unknown system 'spring'"), error.getMessage());
  }

  private static void assertUsage(String message, Runnable action) {
    UserError error = assertThrows(UserError.class, action::run);
    assertEquals(message, error.getMessage());
    assertEquals(UserError.Kind.USAGE, error.kind());
  }
}
