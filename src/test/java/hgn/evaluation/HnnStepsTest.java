package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Films;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.Coder;
import hgn.models.HnnBlueprint;
import hgn.models.HnnSpec;
import hgn.nn.Layout;
import hgn.results.StepFinding;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PixelHNN's step is compared with. */
class HnnStepsTest {
  /** More than one chunk, the last one not full. */
  private static final int FILMS = 20;

  private static final DatasetSpec SPEC = DatasetSpec.of("mass-spring", 1, FILMS, 3).withSteps(5);

  @TempDir Path root;

  /** A constant energy stands still, and is then as far off as the encoder sees a film move. */
  @Test
  void aConstantEnergyStandsStill() {
    StepFinding still = measure(0, FILMS);
    assertEquals(0, still.stepped());
    assertTrue(still.seen() > 0, still::toString);
    assertEquals(1, still.share(), 1e-6);
  }

  @Test
  void anEnergyThatVariesSteps() {
    StepFinding moving = measure(1, FILMS);
    assertTrue(moving.stepped() > 0, moving::toString);
    assertEquals(measure(0, FILMS).seen(), moving.seen(), 1e-9);
  }

  @Test
  void noMoreFilmsAreAskedForThanThereAre() {
    assertEquals(measure(1, FILMS), measure(1, 100));
    assertThrows(IllegalArgumentException.class, () -> measure(1, 0));
  }

  private StepFinding measure(float energy, int films) {
    Films split = Dataset.open(SPEC, new Workspace(root), Progress.NONE).test();
    HnnBlueprint blueprint = new HnnBlueprint(new HnnSpec(Coder.PERCEPTRON, 1, SPEC.imageSize()));
    Layout layout = blueprint.layout();
    Random random = new Random(4);
    float[] weights = new float[layout.size()];
    for (Layout.Slot slot : layout.slots()) {
      float scale = slot.name().startsWith("energy") ? energy : 0.05f;
      for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
        weights[i] = scale * (float) random.nextGaussian();
      }
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      return HnnSteps.measure(
          "HNN", blueprint.bind(layout.bind(manager.create(weights))), split, films, manager);
    }
  }
}
