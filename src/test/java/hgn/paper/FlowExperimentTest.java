package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.flows.FlowSpec;
import hgn.flows.Prior;
import hgn.io.AtomicFiles;
import hgn.io.Checksums;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.FlowCost;
import hgn.results.Metric;
import hgn.results.TrainingWatch;
import hgn.training.TrainingInterrupted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowExperimentTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"nhf-2.two-moons", "rnvp-3.mixture-8", "nhf-2-soft-uniform.mixture-4-d6"})
  void aFlowIsSavedLoadedAndSampledAsBefore(String name) {
    FlowExperiment experiment = FlowExperiment.named(name).within(Budget.SMOKE);
    assertEquals(name, experiment.name());
    Workspace workspace = new Workspace(home);
    FlowRun trained = experiment.train(workspace, TrainingWatch.NONE);
    FlowRun loaded = experiment.train(workspace, TrainingWatch.NONE);
    double[][] samples = trained.samples(50, 7);
    assertEquals(experiment.target().dimension(), samples[0].length);
    assertArrayEquals(samples, loaded.samples(50, 7));
    assertEquals(Json.map(trained.result()), Json.map(loaded.result()));
    assertTrue(trained.boundCurve().y().length > 1);
  }

  @Test
  void anEarlierProgramsResultIsCalledByItsSpec() throws IOException {
    FlowExperiment experiment = FlowExperiment.named("nhf-3.mixture-2").within(Budget.SMOKE);
    Workspace workspace = new Workspace(home);
    FlowRun trained = experiment.train(workspace, TrainingWatch.NONE);
    String words = "3 leapfrog steps, networks of 2 × 128 units";
    assertTrue(
        trained.result().caption().contains(", " + words + ", "), trained.result().caption());
    Files.delete(experiment.folder(workspace).path().resolve(Checksums.FILE_NAME));
    AtomicFiles.writeText(
        experiment.folder(workspace).result(),
        Json.pretty(trained.result().withArchitecture("3 layers of 128 units")));
    assertEquals(words, experiment.train(workspace, TrainingWatch.NONE).result().architecture());
  }

  @Test
  void aFlowsShapeInWords() {
    assertEquals("1 leapfrog step, networks of 2 × 128 units", words("nhf-1"));
    assertEquals("3 couplings, networks of 2 × 128 units", words("rnvp-3"));
    assertTrue(words("nhf-2-shared").startsWith("2 leapfrog steps along one H"));
    assertTrue(words("nhf-2-fixed-kinetic").contains("quadratic kinetic energy"));
  }

  private static String words(String model) {
    return FlowModel.named(model).spec(2).words();
  }

  @Test
  void variantsOfAFlowComposeByName() {
    FlowModel model = FlowModel.named("nhf-8-shared-fixed-kinetic-soft-uniform-20-elbo");
    assertEquals(
        new FlowSpec(FlowSpec.Kind.NHF, 2, 8, true, true, 0.1, 128, softUniform(20)),
        model.plane());
    assertTrue(model.elbo());
    assertEquals(softUniform(5), FlowModel.named("rnvp-4-soft-uniform").spec(3).prior());
    for (String wrong : List.of("nhf-0", "nhf-2-elbo-shared", "rnvp-2-elbo", "nhf", "nhf-2-")) {
      UserError e = assertThrows(UserError.class, () -> FlowModel.named(wrong));
      assertTrue(e.getMessage().contains("'" + wrong + "'"), e.getMessage());
      assertTrue(e.getMessage().contains("nhf-2-elbo"), e.getMessage());
    }
  }

  private static Prior softUniform(double sharpness) {
    return new Prior(Prior.Kind.SOFT_UNIFORM, 3.5, sharpness);
  }

  /** What the other process runs. */
  static final class Sampler {
    private Sampler() {}

    public static void main(String[] args) {
      FlowRun loaded =
          FlowExperiment.named(args[1])
              .within(Budget.SMOKE)
              .train(new Workspace(Path.of(args[0])), TrainingWatch.NONE);
      // The engine's start may write to the same stream.
      System.out.println();
      System.out.println(Arrays.deepToString(loaded.samples(50, 7)));
    }
  }

  @Test
  void anotherProcessDrawsTheSameSamples() throws Exception {
    String name = "nhf-2.mixture-4";
    FlowExperiment experiment = FlowExperiment.named(name).within(Budget.SMOKE);
    Workspace workspace = new Workspace(home);
    FlowRun trained = experiment.train(workspace, TrainingWatch.NONE);
    Path weights = experiment.folder(workspace).weights();
    FileTime written = Files.getLastModifiedTime(weights);
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Sampler.class.getName(),
                home.toString(),
                name)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines =
        new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertEquals(0, other.waitFor());
    assertEquals(Arrays.deepToString(trained.samples(50, 7)), lines.get(lines.size() - 1));
    assertEquals(written, Files.getLastModifiedTime(weights), "it was loaded, not trained again");
  }

  @Test
  void anInterruptedTrainingGoesOnToTheSameWeights() {
    FlowExperiment experiment = FlowExperiment.named("nhf-1.mixture-2").within(Budget.SMOKE);
    double[][] straight =
        experiment.train(new Workspace(home.resolve("a")), TrainingWatch.NONE).samples(20, 1);
    Workspace broken = new Workspace(home.resolve("b"));
    Progress stop =
        (done, total, note) -> {
          if (done == 11) {
            Thread.currentThread().interrupt();
          }
        };
    assertThrows(TrainingInterrupted.class, () -> experiment.train(broken, TrainingWatch.of(stop)));
    assertArrayEquals(straight, experiment.train(broken, TrainingWatch.NONE).samples(20, 1));
  }

  @Test
  void unknownNamesAreAnswered() {
    assertThrows(UserError.class, () -> FlowExperiment.named("nhf-2"));
    UserError error = assertThrows(UserError.class, () -> FlowExperiment.named("nhf-0.two-moons"));
    assertTrue(error.getMessage().contains("nhf-2-elbo"));
    UserError line =
        assertThrows(UserError.class, () -> FlowExperiment.named("rnvp-2.mixture-2-d1"));
    assertTrue(line.getMessage().contains("use one of nhf-*"), line.getMessage());
    assertEquals(1, FlowExperiment.named("nhf-1.mixture-2-d1").target().dimension());
  }

  /** Times are never the same twice: costs that are, were not measured again. */
  @Test
  void costsAreMeasuredOnceAndKept() {
    Workspace workspace = new Workspace(home);
    List<FlowCost> costs = FlowStudy.costs(Budget.SMOKE, workspace);
    assertEquals(costs, FlowStudy.costs(Budget.SMOKE, workspace));
    System.setProperty("hgn.retrain", Long.toString(Instant.now().getEpochSecond() + 60));
    try {
      assertNotEquals(costs, FlowStudy.costs(Budget.SMOKE, workspace));
    } finally {
      System.clearProperty("hgn.retrain");
    }
  }

  @Test
  @Tag("learning")
  void fourModesAreLearnedWithinTwoMinutes() {
    FlowRun run =
        FlowExperiment.named("nhf-2.mixture-4").train(new Workspace(home), TrainingWatch.NONE);
    double kl = run.result().metric(Metric.KL);
    assertTrue(kl < 0.05, "KL(target ‖ model) is " + kl);
    for (double mass : Metric.MASSES.in(run.result().metrics()).orElseThrow()) {
      assertEquals(0.25, mass, 0.025);
    }
  }
}
