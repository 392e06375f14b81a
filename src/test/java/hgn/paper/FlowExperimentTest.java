package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.TrainingWatch;
import hgn.training.TrainingInterrupted;
import java.nio.file.Path;
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
    UserError error = assertThrows(UserError.class, () -> FlowExperiment.named("nhf-9.two-moons"));
    assertTrue(error.getMessage().contains("nhf-3"));
  }

  @Test
  @Tag("learning")
  void fourModesAreLearnedWithinTwoMinutes() {
    FlowRun run =
        FlowExperiment.named("nhf-2.mixture-4").train(new Workspace(home), TrainingWatch.NONE);
    double kl = (Double) run.result().metrics().get("kl");
    assertTrue(kl < 0.05, "KL(target ‖ model) is " + kl);
    for (double mass : (double[]) run.result().metrics().get("masses")) {
      assertEquals(0.25, mass, 0.025);
    }
  }
}
