package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer's pullback against the engine's backward pass and against finite differences. */
class LayerTest {

  /** A layer to test, with the shape of its input. */
  private record Case(String name, Blueprint<Layer> blueprint, Layout layout, Shape input) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      cases.add(
          new Case(activation.name(), Blueprints.fixed(activation), new Layout(), new Shape(3, 7)));
    }
    Layout dense = new Layout();
    cases.add(new Case("dense", Blueprints.dense(dense, "d", 5, 4, 1), dense, new Shape(3, 5)));
    Layout conv = new Layout();
    cases.add(
        new Case("conv3", Blueprints.conv3(conv, "c", 3, 5, 1, 1), conv, new Shape(2, 3, 4, 4)));
    Layout one = new Layout();
    cases.add(
        new Case(
            "conv 1x1",
            Blueprints.convolution(one, "c", 3, 5, 1, 1, 0, 1),
            one,
            new Shape(2, 3, 4, 4)));
    Layout even = new Layout();
    cases.add(
        new Case(
            "conv 2x2 padded",
            Blueprints.convolution(even, "c", 3, 5, 2, 1, 1, 1),
            even,
            new Shape(2, 3, 4, 4)));
    cases.add(
        new Case(
            "space to depth",
            Blueprints.fixed(new SpaceToDepth()),
            new Layout(),
            new Shape(2, 3, 4, 6)));
    cases.add(
        new Case(
            "reshape",
            Blueprints.fixed(new Reshape(new Shape(12), new Shape(3, 2, 2))),
            new Layout(),
            new Shape(2, 12)));
    Layout mlp = new Layout();
    cases.add(
        new Case(
            "perceptron",
            Blueprints.mlp(mlp, "m", Activation.SOFTPLUS, 1, 4, 8, 8, 2),
            mlp,
            new Shape(3, 4)));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pullbackIsTheEnginesBackward(Case c) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Layer layer = layer(c, manager);
      NDArray x = random(manager, c.input(), 1);
      NDArray dy = random(manager, layer.forward(x).getShape(), 2);
      NDArray mine = layer.pullback(x, dy);
      x.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        gradients.backward(layer.forward(x).mul(dy).sum());
      }
      assertTrue(distance(mine, x.getGradient()) < 1e-13);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void pullbackMatchesFiniteDifferences(Case c) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Layer layer = layer(c, manager);
      NDArray x = random(manager, c.input(), 1);
      NDArray dx = random(manager, c.input(), 3);
      NDArray dy = random(manager, layer.forward(x).getShape(), 2);
      double h = 1e-6;
      double numeric =
          layer
                  .forward(x.add(dx.mul(h)))
                  .sub(layer.forward(x.sub(dx.mul(h))))
                  .mul(dy)
                  .sum()
                  .getDouble()
              / (2 * h);
      assertEquals(numeric, layer.pullback(x, dy).mul(dx).sum().getDouble(), 1e-8);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anAffineLayerNeedsNoInput(Case c) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Layer layer = layer(c, manager);
      NDArray x = random(manager, c.input(), 1);
      NDArray y = random(manager, c.input(), 4);
      NDArray dy = random(manager, layer.forward(x).getShape(), 2);
      boolean same = distance(layer.pullback(x, dy), layer.pullback(y, dy)) == 0;
      assertEquals(layer.affine(), same);
    }
  }

  @Test
  void aStridedConvolutionSaysThatItHasNoPullback() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.zeros(new Shape(2, 2, 3, 3));
      Convolution strided = new Convolution(weight, manager.zeros(new Shape(2)), 2, 1);
      NDArray x = manager.zeros(new Shape(1, 2, 4, 4));
      assertThrows(
          UnsupportedOperationException.class, () -> strided.pullback(x, strided.forward(x)));
    }
  }

  @Test
  void foldedDoublingEqualsThePlainOneWithItsGradients() {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int n : new int[] {4, 7}) {
        NDArray[] plain = upsampled(manager, n, false);
        NDArray[] phased = upsampled(manager, n, true);
        for (int i = 0; i < plain.length; i++) {
          assertTrue(distance(plain[i], phased[i]) < 1e-13, "part " + i);
        }
      }
    }
  }

  /** Output, and gradients with respect to input, kernel and bias. */
  private static NDArray[] upsampled(NDManager manager, int n, boolean phased) {
    NDArray x = random(manager, new Shape(2, 3, n, n), 1);
    NDArray weight = random(manager, new Shape(5, 3, 3, 3), 2);
    NDArray bias = random(manager, new Shape(5), 3);
    for (NDArray leaf : List.of(x, weight, bias)) {
      leaf.setRequiresGradient(true);
    }
    NDArray y;
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      y = new UpsampledConvolution(weight, bias, phased).forward(x);
      gradients.backward(y.mul(random(manager, y.getShape(), 4)).sum());
    }
    return new NDArray[] {
      y.stopGradient(), x.getGradient(), weight.getGradient(), bias.getGradient()
    };
  }

  @Test
  void anEnergysGradientIsThatOfItsValue() {
    Layout layout = new Layout();
    Blueprint<Layer> blueprint = Blueprints.mlp(layout, "e", Activation.SOFTPLUS, 1, 6, 16, 16, 2);
    try (NDManager manager = NDManager.newBaseManager()) {
      Layer network = blueprint.bind(layout.bind(weights(manager, layout)));
      EnergyNet energy = new EnergyNet(network, new Shape(2), 0.7);
      NDArray x = random(manager, new Shape(4, 6), 1);
      NDArray mine = energy.gradient(x);
      x.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        gradients.backward(energy.value(x).sum());
      }
      assertEquals(new Shape(4), energy.value(x).getShape());
      assertTrue(distance(mine, x.getGradient()) < 1e-14);
    }
  }

  private static Layer layer(Case c, NDManager manager) {
    if (c.layout().size() == 0) {
      return c.blueprint().bind(null);
    }
    return c.blueprint().bind(c.layout().bind(weights(manager, c.layout())));
  }

  private static NDArray weights(NDManager manager, Layout layout) {
    return random(manager, new Shape(layout.size()), 9);
  }

  private static NDArray random(NDManager manager, Shape shape, long seed) {
    return manager.create(new SplittableRandom(seed).doubles(shape.size(), -1, 1).toArray(), shape);
  }

  private static double distance(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getDouble();
  }
}
