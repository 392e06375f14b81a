package hgn.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import hgn.io.Text;
import hgn.nn.Blueprint;
import hgn.nn.ChannelsLast;
import hgn.nn.Layout;
import hgn.nn.ResidualDoubling;
import java.util.ArrayList;
import java.util.List;

/** One block of the decoder, forward and backward: plain or folded, rows or channels last. */
final class DecoderSuite {
  private static final int CHANNELS = 64;
  private static final int FRAMES = 4;

  private DecoderSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    int[] sizes = {8, 16, 32};
    for (int size : sizes) {
      rows.addAll(size(lab, size, seconds / sizes.length));
    }
    return rows;
  }

  private static List<Row> size(Lab lab, int size, double seconds) {
    try (NDManager manager = lab.manager().newSubManager()) {
      Contest contest = new Contest();
      String plain = Text.of("block %d×%d plain", size, size);
      for (boolean folded : new boolean[] {false, true}) {
        Layout layout = new Layout();
        Blueprint<ResidualDoubling> block =
            ResidualDoubling.declare(layout, "block", CHANNELS, CHANNELS, true, false, folded);
        NDArray weights = manager.create(layout.initial(Lab.SEED));
        double first = folded ? Arithmetic.foldedPlaces(size) : (double) size * size;
        double gflop =
            6.0 * FRAMES * Lab.BATCH * 9 * CHANNELS * CHANNELS * (first + size * size) / 1e9;
        String form = folded ? "block %d×%d folded" : "block %d×%d plain";
        String name = Text.of(form, size, size);
        contest.add(
            name,
            folded ? plain : null,
            gflop,
            work(block, layout, weights, image(manager, size, 1), FRAMES));
        for (int frames : new int[] {1, 2, 4}) {
          NDArray x = ChannelsLast.of(image(manager, size, frames));
          contest.add(
              Text.of("%s, channels last, %d of 4 frames at once", name, frames),
              plain,
              gflop,
              work(block, layout, weights, x, FRAMES / frames));
        }
      }
      return contest.run(seconds);
    }
  }

  private static NDArray image(NDManager manager, int size, int frames) {
    return manager.randomNormal(new Shape((long) frames * Lab.BATCH, CHANNELS, size / 2, size / 2));
  }

  /** A number of passes forward and backward. */
  private static Runnable work(
      Blueprint<ResidualDoubling> block, Layout layout, NDArray weights, NDArray x, int times) {
    return () -> {
      try (NDManager scope = weights.getManager().newSubManager();
          GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray flat = weights.stopGradient();
        flat.attach(scope);
        flat.setRequiresGradient(true);
        ResidualDoubling bound = block.bind(layout.bind(flat));
        for (int i = 0; i < times; i++) {
          NDArray input = x.stopGradient();
          input.attach(scope);
          input.setRequiresGradient(true);
          gradients.backward(bound.forward(input).square().sum());
          input.getGradient().attach(scope);
        }
        flat.getGradient().attach(scope);
      }
    };
  }
}
