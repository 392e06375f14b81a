package hgn.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import hgn.nn.ChannelsLast;
import java.util.List;

/** The fastest arithmetic there is: one convolution, one product of matrices. */
final class RoofSuite {
  private static final int CHANNELS = 64;
  private static final int SIZE = 32;
  private static final int MATRIX = 2048;

  private RoofSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    try (NDManager manager = lab.manager().newSubManager()) {
      NDArray weight = leaf(manager.randomNormal(new Shape(CHANNELS, CHANNELS, 3, 3)));
      NDArray rows = manager.randomNormal(new Shape(Lab.BATCH, CHANNELS, SIZE, SIZE));
      NDArray pixels = ChannelsLast.of(rows);
      NDArray a = manager.randomNormal(new Shape(MATRIX, MATRIX));
      double gflop = 2.0 * Lab.BATCH * SIZE * SIZE * weight.size() / 1e9;
      String first = "convolution forward";
      return new Contest()
          .add(first, null, gflop, () -> forward(rows, weight))
          .add("convolution forward, channels last", first, gflop, () -> forward(pixels, weight))
          .add("convolution forward and backward", null, 3 * gflop, () -> both(rows, weight))
          .add(
              "convolution forward and backward, channels last",
              "convolution forward and backward",
              3 * gflop,
              () -> both(pixels, weight))
          .add("matrix product", null, 2 * Math.pow(MATRIX, 3) / 1e9, () -> product(a))
          .run(seconds);
    }
  }

  /** The fastest convolution, forward or both ways: what the others' fractions are of. */
  static double convolution(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.name().startsWith("convolution"))
        .mapToDouble(Row::gflopPerSecond)
        .max()
        .orElseThrow();
  }

  private static NDArray leaf(NDArray x) {
    x.setRequiresGradient(true);
    return x;
  }

  private static void forward(NDArray x, NDArray weight) {
    try (NDManager scope = x.getManager().newSubManager()) {
      convolution(scope, x.stopGradient(), weight.stopGradient());
    }
  }

  private static void both(NDArray x, NDArray weight) {
    try (NDManager scope = x.getManager().newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray input = leaf(x.stopGradient());
      NDArray y = convolution(scope, input, weight);
      gradients.backward(y.mul(x).sum());
      input.getGradient().attach(scope);
    }
  }

  private static NDArray convolution(NDManager scope, NDArray x, NDArray weight) {
    // Results belong to the manager of what they are made from.
    x.attach(scope);
    return Conv2d.conv2d(x, weight, null, new Shape(1, 1), new Shape(1, 1)).singletonOrThrow();
  }

  private static void product(NDArray a) {
    try (NDArray c = a.matMul(a)) {
      // A GPU has only queued it: reading one value waits for it.
      c.getFloat(0, 0);
    }
  }
}
