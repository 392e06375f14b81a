package hgn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import hgn.models.Architecture;
import hgn.models.CompactShape;
import hgn.models.EnergyShape;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Layout;
import hgn.testing.Collector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient that training follows, through encoder, f_ψ, rollout and decoder, in float64. */
class HgnObjectiveTest {
  private static final Geco.Spec GECO = new Geco.Spec(2e-4, 0.1, 0.99);
  private static final int FRAMES = 5;

  private static Stream<HgnSpec> variants() {
    HgnSpec compact = HgnSpec.of(Architecture.COMPACT, FRAMES);
    HgnSpec paper = HgnSpec.of(Architecture.PAPER, FRAMES);
    return Stream.of(
        compact,
        compact.withIntegrator("euler"),
        compact.deterministic(),
        compact.withoutTransform(),
        compact.joint(),
        compact.withImageSize(64),
        paper,
        paper.withoutTransform(),
        paper.joint(),
        paper.withEnergy(EnergyShape.PYRAMID, false),
        paper.withEnergy(EnergyShape.FLAT, true));
  }

  /** Every weight at once, along its own gradient: a short step, for ReLU has kinks. */
  @ParameterizedTest
  @MethodSource("variants")
  void gradientMatchesFiniteDifferences(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    assertEquals(1, directionalRatio(blueprint, slot -> true, 1e-9), 1e-6);
  }

  /** The energies alone, whose share of the whole is small: a longer step. */
  @ParameterizedTest
  @MethodSource("variants")
  void energyGradientMatchesFiniteDifferences(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    assertEquals(
        1,
        directionalRatio(
            blueprint, slot -> slot.name().matches("(potential|kinetic|energy).*"), 3e-6),
        3e-4);
  }

  /**
   * The lean network's f_ψ starts as the identity and a small correction; a random one does not.
   */
  @Test
  void theTransformOfTheLeanNetworkStartsNearTheIdentity() {
    HgnSpec usual = HgnSpec.of(Architecture.COMPACT, 31);
    assertTrue(awayFromIdentity(usual.withShape(CompactShape.LEAN)) < 0.3);
    assertTrue(awayFromIdentity(usual) > 1);
  }

  /** |f(z) − z|² / |z|² of 64 draws from N(0, I). */
  private static double awayFromIdentity(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    float[] gray = new float[3 * 32 * 32];
    Arrays.fill(gray, 0.5f);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weights = manager.create(blueprint.initial(1, () -> gray));
      NDArray z = manager.randomNormal(new Shape(64, 32));
      PhaseState state = blueprint.bind(blueprint.layout().bind(weights)).initialState(z);
      NDArray off = NDArrays.concat(new NDList(state.q(), state.p()), 1).sub(z);
      return off.square().sum().getFloat() / z.square().sum().getFloat();
    }
  }

  /** What is cut off from the graph by mistake would pass every comparison with itself. */
  @ParameterizedTest
  @MethodSource("variants")
  void everyWeightHasItsShareOfTheGradient(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    HgnTraining training = new HgnTraining(0, Horizon.FULL, GECO, false);
    double[] gradient = gradient(blueprint, training, weights(blueprint), Division.NONE);
    List<String> without = new ArrayList<>();
    for (Layout.Slot slot : blueprint.layout().slots()) {
      if (IntStream.range(slot.offset(), slot.offset() + slot.size())
          .allMatch(i -> gradient[i] == 0)) {
        without.add(slot.name());
      }
    }
    assertEquals(List.of(), without.stream().filter(name -> !idle(spec, name)).toList());
  }

  /** A constant added to an energy moves nothing, and who does not sample needs no variance. */
  private static boolean idle(HgnSpec spec, String slot) {
    int last =
        spec.architecture() == Architecture.COMPACT
            ? 3
            : spec.energy() == EnergyShape.PYRAMID ? 4 : -1;
    return slot.matches("(kinetic|potential|energy)\\." + last + "\\.bias")
        || (!spec.variational() && slot.startsWith("encoder.logVariance."));
  }

  private static Stream<HgnSpec> reversibleVariants() {
    return variants().filter(s -> s.separable() && s.integrator().equals("leapfrog"));
  }

  @ParameterizedTest
  @MethodSource("reversibleVariants")
  void reversibleTrainingHasTheSameGradient(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    double[] weights = weights(blueprint);
    double[] stored =
        gradient(blueprint, new HgnTraining(3, Horizon.FULL, GECO, false), weights, Division.NONE);
    double[] reversible =
        gradient(blueprint, new HgnTraining(3, Horizon.FULL, GECO, true), weights, Division.NONE);
    assertTrue(distance(stored, reversible) < 1e-10, () -> "" + distance(stored, reversible));
  }

  /** In the precision of training. */
  @ParameterizedTest
  @MethodSource("reversibleVariants")
  void reversibleTrainingHasTheSameGradientInSinglePrecision(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    float[] weights = blueprint.layout().initial(7);
    double[] stored = single(blueprint, new HgnTraining(3, Horizon.FULL, GECO, false), weights);
    double[] reversible = single(blueprint, new HgnTraining(3, Horizon.FULL, GECO, true), weights);
    assertTrue(distance(stored, reversible) < 1e-5, () -> "" + distance(stored, reversible));
  }

  /** Whatever Java frees between the forward and the backward pass: every bit. */
  @ParameterizedTest
  @MethodSource("variants")
  void theGradientDoesNotDependOnWhenTheCollectorRuns(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    HgnTraining training = new HgnTraining(2, Horizon.FULL, GECO, false);
    float[] weights = blueprint.layout().initial(7);
    List<Object> held = new ArrayList<>();
    PhaseClock collecting = (phase, nanos) -> held.add(Collector.collectAndOverwrite());
    double[] collected =
        evaluate(blueprint, training, m -> m.create(weights), Division.NONE, 3, true, collecting);
    assertFalse(held.isEmpty());
    assertArrayEquals(single(blueprint, training, weights), collected);
  }

  /** The mean over all subsets is the gradient of all frames, and all are drawn alike. */
  @Test
  void aRandomSubsetOfFramesIsUnbiased() {
    HgnBlueprint blueprint =
        new HgnBlueprint(HgnSpec.of(Architecture.COMPACT, FRAMES).deterministic());
    double[] weights = weights(blueprint);
    double[] all =
        gradient(blueprint, new HgnTraining(0, Horizon.FULL, GECO, false), weights, Division.NONE);
    HgnTraining two = new HgnTraining(2, Horizon.FULL, GECO, false);
    Map<String, double[]> bySubset = new HashMap<>();
    Map<String, Integer> draws = new HashMap<>();
    int seeds = 400;
    for (long seed = 0; seed < seeds; seed++) {
      String subset = Arrays.toString(TargetTimes.shared(2, FRAMES, new SplittableRandom(seed)));
      draws.merge(subset, 1, Integer::sum);
      long drawn = seed;
      bySubset.computeIfAbsent(
          subset,
          s ->
              evaluate(
                  blueprint, two, manager -> manager.create(weights), Division.NONE, drawn, true));
    }
    assertEquals(10, bySubset.size());
    double[] mean = new double[weights.length];
    for (double[] gradient : bySubset.values()) {
      mean = moved(mean, gradient, 1.0 / bySubset.size());
    }
    double error = distance(all, mean);
    assertTrue(error < 1e-12, () -> "" + error);
    // And each is drawn as often as any other: χ² with 9 degrees of freedom is above 28 by chance
    // once in a thousand.
    double expected = seeds / 10.0;
    double chi = draws.values().stream().mapToDouble(n -> square(n - expected) / expected).sum();
    assertTrue(chi < 28, () -> draws.toString());
  }

  /** Every film its own frames: the gradient of what is drawn, whole, in parts, and reversibly. */
  @Test
  void framesOfEachFilmsOwnHaveTheGradientOfTheirLoss() {
    HgnBlueprint blueprint = new HgnBlueprint(HgnSpec.of(Architecture.COMPACT, FRAMES));
    HgnTraining own = new HgnTraining(2, Horizon.FULL, GECO, false, FrameDraw.SPREAD);
    assertEquals(1, directionalRatio(blueprint, own, slot -> true, 1e-9), 1e-6);
    double[] weights = weights(blueprint);
    double[] whole = gradient(blueprint, own, weights, Division.NONE);
    double[] parts = gradient(blueprint, own, weights, new Division(2, 2));
    assertTrue(distance(whole, parts) < 1e-12, () -> "" + distance(whole, parts));
    HgnTraining reversible = new HgnTraining(2, Horizon.FULL, GECO, true, FrameDraw.SPREAD);
    double[] back = gradient(blueprint, reversible, weights, Division.NONE);
    assertTrue(distance(whole, back) < 1e-10, () -> "" + distance(whole, back));
    double[] shared =
        gradient(blueprint, new HgnTraining(2, Horizon.FULL, GECO, false), weights, Division.NONE);
    assertTrue(distance(whole, shared) > 1e-3, "not the frames that all films share");
  }

  private static double square(double x) {
    return x * x;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void chunksOfFramesGiveTheSameGradient(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    HgnTraining training = new HgnTraining(0, Horizon.FULL, GECO, false);
    double[] weights = weights(blueprint);
    double[] one = gradient(blueprint, training, weights, Division.NONE);
    double[] all = gradient(blueprint, training, weights, new Division(1, Integer.MAX_VALUE));
    assertTrue(distance(one, all) < 1e-12, () -> "" + distance(one, all));
  }

  /** Two threads, the first with one sequence and the second with two. */
  @ParameterizedTest
  @MethodSource("variants")
  void partsOfTheBatchGiveTheSameGradient(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    HgnTraining training = new HgnTraining(0, Horizon.FULL, GECO, false);
    double[] weights = weights(blueprint);
    double[] whole = gradient(blueprint, training, weights, Division.NONE);
    double[] parts = gradient(blueprint, training, weights, new Division(2, 2));
    assertTrue(distance(whole, parts) < 1e-12, () -> "" + distance(whole, parts));
    double loss = evaluate(blueprint, training, whole(weights), Division.NONE, 3, false)[0];
    double sum = evaluate(blueprint, training, whole(weights), new Division(2, 2), 3, false)[0];
    assertEquals(loss, sum, 1e-12 * loss);
  }

  @ParameterizedTest
  @MethodSource("reversibleVariants")
  void partsOfTheBatchGiveTheSameReversibleGradient(HgnSpec spec) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    HgnTraining training = new HgnTraining(3, Horizon.FULL, GECO, true);
    double[] weights = weights(blueprint);
    double[] whole = gradient(blueprint, training, weights, Division.NONE);
    double[] parts = gradient(blueprint, training, weights, new Division(3, 1));
    assertTrue(distance(whole, parts) < 1e-10, () -> "" + distance(whole, parts));
  }

  /** Whichever thread is ready first: a resumed run has to repeat every bit. */
  @Test
  void partsOfTheBatchGiveTheSameBitsEveryTime() {
    HgnBlueprint blueprint = new HgnBlueprint(HgnSpec.of(Architecture.COMPACT, FRAMES));
    float[] weights = blueprint.layout().initial(7);
    HgnTraining training = new HgnTraining(2, Horizon.FULL, GECO, false);
    Function<NDManager, NDArray> single = manager -> manager.create(weights);
    double[] once = evaluate(blueprint, training, single, new Division(3, 1), 3, true);
    for (int i = 0; i < 5; i++) {
      double[] again = evaluate(blueprint, training, single, new Division(3, 1), 3, true);
      assertArrayEquals(once, again);
    }
  }

  @Test
  void aBatchIsCutIntoPartsThatDifferByOneAtMost() {
    assertArrayEquals(new int[] {0, 1, 3}, new Division(2, 1).cuts(3));
    assertArrayEquals(new int[] {0, 8, 16}, new Division(2, 1).cuts(16));
    assertArrayEquals(new int[] {0, 1, 2}, new Division(5, 1).cuts(2));
    assertThrows(IllegalArgumentException.class, () -> new Division(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Division(1, 0));
  }

  private static Function<NDManager, NDArray> whole(double[] weights) {
    return manager -> manager.create(weights);
  }

  /**
   * Derivative along the sum of the slots' unit gradients: by back-propagation over numerically.
   */
  private static double directionalRatio(
      HgnBlueprint blueprint, Predicate<Layout.Slot> chosen, double h) {
    HgnTraining all = new HgnTraining(0, Horizon.FULL, GECO, false);
    return directionalRatio(blueprint, all, chosen, h);
  }

  private static double directionalRatio(
      HgnBlueprint blueprint, HgnTraining training, Predicate<Layout.Slot> chosen, double h) {
    double[] weights = weights(blueprint);
    double[] gradient = gradient(blueprint, training, weights, Division.NONE);
    double[] direction = new double[weights.length];
    for (Layout.Slot slot : blueprint.layout().slots()) {
      double[] part = Arrays.copyOfRange(gradient, slot.offset(), slot.offset() + slot.size());
      double norm = Math.sqrt(dot(part, part));
      for (int i = 0; chosen.test(slot) && norm > 0 && i < part.length; i++) {
        direction[slot.offset() + i] = part[i] / norm;
      }
    }
    double numeric =
        (loss(blueprint, training, moved(weights, direction, h))
                - loss(blueprint, training, moved(weights, direction, -h)))
            / (2 * h);
    return dot(gradient, direction) / numeric;
  }

  private static double loss(HgnBlueprint blueprint, HgnTraining training, double[] weights) {
    return evaluate(
        blueprint, training, manager -> manager.create(weights), Division.NONE, 3, false)[0];
  }

  private static double[] gradient(
      HgnBlueprint blueprint, HgnTraining training, double[] weights, Division division) {
    return evaluate(blueprint, training, manager -> manager.create(weights), division, 3, true);
  }

  private static double[] single(HgnBlueprint blueprint, HgnTraining training, float[] weights) {
    return evaluate(
        blueprint, training, manager -> manager.create(weights), Division.NONE, 3, true);
  }

  private static double[] evaluate(
      HgnBlueprint blueprint,
      HgnTraining training,
      Function<NDManager, NDArray> weights,
      Division division,
      long seed,
      boolean wantGradient) {
    return evaluate(blueprint, training, weights, division, seed, wantGradient, PhaseClock.NONE);
  }

  private static double[] evaluate(
      HgnBlueprint blueprint,
      HgnTraining training,
      Function<NDManager, NDArray> weights,
      Division division,
      long seed,
      boolean wantGradient,
      PhaseClock clock) {
    int size = blueprint.spec().imageSize();
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = weights.apply(manager);
      leaf.setRequiresGradient(true);
      FrameSource source = iteration -> films(size, leaf.getDataType());
      HgnObjective objective = new HgnObjective(blueprint, training, source, division);
      Step step = new Step(0, leaf, manager, new SplittableRandom(seed), collector, clock);
      double loss = objective.accumulate(step).read().get("loss");
      NDArray gradient = leaf.getGradient().toType(DataType.FLOAT64, false);
      return wantGradient ? gradient.toDoubleArray() : new double[] {loss};
    }
  }

  private static Upload films(int size, DataType type) {
    Shape shape = new Shape(3, FRAMES, 3, size, size);
    return new Upload(
        new float[1], shape, none -> frames(none.getManager(), shape).toType(type, false));
  }

  private static NDArray frames(NDManager manager, Shape shape) {
    double[] values = new SplittableRandom(11).doubles(shape.size(), 0, 1).toArray();
    return manager.create(values, shape).toType(DataType.FLOAT64, false);
  }

  private static double[] weights(HgnBlueprint blueprint) {
    float[] initial = blueprint.layout().initial(7);
    double[] weights = new double[initial.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = initial[i];
    }
    return weights;
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

  private static double distance(double[] a, double[] b) {
    double[] difference = moved(a, b, -1);
    return Math.sqrt(dot(difference, difference) / dot(a, a));
  }
}
