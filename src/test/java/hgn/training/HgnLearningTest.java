package hgn.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever cannot fit one batch has an error in the model, not in its training. */
@Tag("learning")
class HgnLearningTest {
  private static final int FILMS = 4;
  private static final int FRAMES = 8;
  private static final int ITERATIONS = 400;

  @TempDir private Path root;

  static Stream<HgnSpec> variants() {
    HgnSpec compact = HgnSpec.of(Architecture.COMPACT, FRAMES);
    return Stream.of(
        compact,
        compact.withIntegrator("euler"),
        compact.deterministic(),
        compact.withoutTransform());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void oneBatchIsFitted(HgnSpec spec) {
    DatasetSpec data = DatasetSpec.of("mass-spring", FILMS, 1, 5).withSteps(FRAMES - 1);
    Split films = Dataset.open(data, new Workspace(root), Progress.NONE).train();
    HgnObjective objective =
        new HgnObjective(
            new HgnBlueprint(spec),
            new HgnTraining(0, Horizon.FULL, new Geco.Spec(2e-4, 0.1, 0.99), false),
            iteration -> films.upload(0, 1, 2, 3),
            Division.NONE);
    TrainingSpec training =
        new TrainingSpec(ITERATIONS, FILMS, new Schedule(1e-3, 20, 0.01), 1, ITERATIONS / 10);
    double[] errors =
        new TrainingLoop(training, 1, root.resolve("checkpoint.npz"), "one batch", Device.cpu())
            .fit(objective, Progress.NONE, (log, weights) -> {})
            .log()
            .column("mse");
    double last = errors[errors.length - 1];
    double still = meanPictureError(films);
    assertTrue(last < still / 20, "error " + last + ", of the mean picture " + still);
  }

  /** What a model that paints one picture for all can reach. */
  private static double meanPictureError(Split films) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDArray frames = films.frames(manager, 0, 1, 2, 3);
      NDArray mean = frames.reshape((long) FILMS * FRAMES, -1).mean(new int[] {0}, true);
      return frames.reshape((long) FILMS * FRAMES, -1).sub(mean).square().mean().getFloat();
    }
  }
}
