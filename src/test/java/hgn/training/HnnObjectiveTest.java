package hgn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import hgn.data.Upload;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.models.Coder;
import hgn.models.Hnn;
import hgn.models.HnnBlueprint;
import hgn.models.HnnSpec;
import hgn.models.StateBlueprint;
import hgn.models.StateSpec;
import hgn.testing.Interrupts;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HNNs' losses: their gradients in float64, what they can fit, and how a run goes on. */
class HnnObjectiveTest {
  private static final HnnTraining HEAVY = new HnnTraining(1, 5, 1e-2);

  @TempDir Path folder;

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  private static Stream<Arguments> objectives() {
    return Stream.of(
        Arguments.of("perceptron", pixels(Coder.PERCEPTRON), 1e-7),
        Arguments.of("compact", pixels(Coder.COMPACT), 1e-7),
        Arguments.of("paper", pixels(Coder.PAPER), 1e-7),
        Arguments.of("hnn from states", states(true), 1e-4),
        Arguments.of("plain twin", states(false), 1e-4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objectives")
  void gradientMatchesFiniteDifferences(String name, Objective objective, double h) {
    double[] weights = weights(objective);
    double[] gradient = evaluate(objective, weights, true);
    double norm = Math.sqrt(dot(gradient, gradient));
    double[] direction = new double[weights.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = gradient[i] / norm;
    }
    double up = evaluate(objective, moved(weights, direction, h), false)[0];
    double down = evaluate(objective, moved(weights, direction, -h), false)[0];
    assertEquals(1, norm / ((up - down) / (2 * h)), 1e-5, name);
  }

  /** The dynamics alone, whose share of the whole is small. */
  @ParameterizedTest
  @EnumSource(Coder.class)
  void everyWeightOfTheEnergyGetsAGradient(Coder coder) {
    Objective objective = pixels(coder);
    double[] gradient = evaluate(objective, weights(objective), true);
    objective.layout().slots().stream()
        .filter(s -> !s.name().equals("energy.2.bias")) // H is defined up to a constant
        .forEach(
            s -> {
              double sum = 0;
              for (int i = s.offset(); i < s.offset() + s.size(); i++) {
                sum += Math.abs(gradient[i]);
              }
              assertTrue(sum > 0, s.name());
            });
  }

  /** Along an RK4 rollout the learned energy drifts with the step's fourth power or better. */
  @Test
  void rolloutsConserveTheLearnedEnergyToOrderFour() {
    HnnBlueprint blueprint = new HnnBlueprint(new HnnSpec(Coder.PERCEPTRON, 2, 32));
    try (NDManager manager = NDManager.newBaseManager()) {
      double[] weights = weights(new HnnObjective(blueprint, HEAVY, i -> null));
      Hnn model = blueprint.bind(blueprint.layout().bind(manager.create(weights)));
      PhaseState start =
          new PhaseState(
              manager.create(new double[] {1.5, -0.8}, new Shape(1, 2)),
              manager.create(new double[] {0.4, 1.1}, new Shape(1, 2)));
      double coarse = drift(model, start, 1.0, 8);
      double fine = drift(model, start, 0.5, 16);
      assertTrue(coarse > 1e-12, () -> "no drift to measure: " + coarse);
      double order = Math.log(coarse / fine) / Math.log(2);
      assertTrue(order > 3.7, () -> "order " + order);
    }
  }

  private static double drift(Hnn model, PhaseState start, double dt, int steps) {
    PhaseState end = model.rollout(start, dt, steps).get(steps);
    return Math.abs(
        model.hamiltonian().energy(end).toDoubleArray()[0]
            - model.hamiltonian().energy(start).toDoubleArray()[0]);
  }

  @Test
  void oneBatchCanBeFitted() {
    TrainingSpec spec = new TrainingSpec(300, 4, Schedule.constant(1e-3), 1e6, 10);
    TrainingLog log =
        new TrainingLoop(spec, 1, folder.resolve("o.npz"), "spec", Device.cpu())
            .fit(single(Coder.PERCEPTRON), Progress.NONE, (rows, weights) -> {})
            .log();
    double[] mse = log.column("mse");
    assertTrue(mse[mse.length - 1] < mse[0] / 50, mse[0] + " → " + mse[mse.length - 1]);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRunGoesOnBitForBit(boolean pixels) {
    Objective objective = pixels ? single(Coder.PERCEPTRON) : single(true);
    float[] whole = loop("whole").fit(objective, Progress.NONE, (rows, weights) -> {}).weights();
    Progress interrupting = Interrupts.after(3);
    assertThrows(
        TrainingInterrupted.class,
        () -> loop("parts").fit(objective, interrupting, (rows, weights) -> {}));
    assertArrayEquals(
        whole, loop("parts").fit(objective, Progress.NONE, (rows, weights) -> {}).weights());
  }

  private TrainingLoop loop(String name) {
    TrainingSpec spec = new TrainingSpec(6, 4, Schedule.constant(1e-3), 1e6, 2);
    return new TrainingLoop(spec, 1, folder.resolve(name + ".npz"), "spec", Device.cpu());
  }

  @Test
  void valuesThatDoNotFitAreNamed() {
    assertNamed("coordinates", () -> new HnnSpec(Coder.COMPACT, 0, 32));
    assertNamed("image size 48", () -> new HnnSpec(Coder.COMPACT, 1, 48));
    assertNamed("-1.0", () -> new HnnTraining(1, -1, 0));
    assertNamed("coordinates", () -> new StateSpec(true, 0));
    Shape two = new Shape(1, 2, 3, 32, 32);
    FrameSource short2 = i -> new Upload(new float[(int) two.size()], two);
    HnnBlueprint blueprint = new HnnBlueprint(new HnnSpec(Coder.PERCEPTRON, 1, 32));
    HnnObjective objective = new HnnObjective(blueprint, HnnTraining.PAPER, short2);
    double[] weights = weights(objective);
    assertNamed("2 frames, expected 3", () -> evaluate(objective, weights, false));
  }

  private static void assertNamed(String what, Runnable made) {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, made::run);
    assertTrue(error.getMessage().contains(what), error.getMessage());
  }

  private static Objective pixels(Coder coder) {
    return objective(coder, DataType.FLOAT64, HEAVY);
  }

  private static Objective single(Coder coder) {
    return objective(coder, DataType.FLOAT32, HnnTraining.PAPER);
  }

  private static Objective objective(Coder coder, DataType type, HnnTraining training) {
    HnnBlueprint blueprint = new HnnBlueprint(new HnnSpec(coder, 2, 32));
    Shape shape = new Shape(4, 3, 3, 32, 32);
    return new HnnObjective(
        blueprint,
        training,
        iteration ->
            new Upload(new float[1], shape, none -> values(none.getManager(), shape, 0, type)));
  }

  private static Objective states(boolean hamiltonian) {
    return states(hamiltonian, DataType.FLOAT64);
  }

  private static Objective single(boolean hamiltonian) {
    return states(hamiltonian, DataType.FLOAT32);
  }

  private static Objective states(boolean hamiltonian, DataType type) {
    Shape shape = new Shape(5, 2);
    UnaryOperator<NDArray> points =
        none -> {
          NDArray q = values(none.getManager(), shape, -1, type);
          NDArray p = values(none.getManager(), shape, -0.5, type);
          return NDArrays.stack(new NDList(q, p, p, q.neg()));
        };
    return new StateObjective(
        new StateBlueprint(new StateSpec(hamiltonian, 2)),
        i -> new Upload(new float[1], new Shape(4, 5, 2), points));
  }

  private static NDArray values(NDManager manager, Shape shape, double from, DataType type) {
    double[] values = new SplittableRandom(11).doubles(shape.size(), from, from + 1).toArray();
    return manager.create(values, shape).toType(type, false);
  }

  private static double[] weights(Objective objective) {
    float[] initial = objective.layout().initial(7);
    double[] weights = new double[initial.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = initial[i];
    }
    return weights;
  }

  private static double[] evaluate(Objective objective, double[] weights, boolean wantGradient) {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = manager.create(weights);
      leaf.setRequiresGradient(true);
      Step step = new Step(0, leaf, manager, new SplittableRandom(3), collector);
      double loss = objective.accumulate(step).read().get("loss");
      return wantGradient ? leaf.getGradient().toDoubleArray() : new double[] {loss};
    }
  }

  private static double[] moved(double[] x, double[] direction, double h) {
    double[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] += h * direction[i];
    }
    return y;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
