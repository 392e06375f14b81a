package hgn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Films;
import hgn.data.Upload;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Separable;
import hgn.io.Progress;
import hgn.io.Records;
import hgn.io.Workspace;
import hgn.models.Anchor;
import hgn.models.Architecture;
import hgn.models.CompactShape;
import hgn.models.EnergyShape;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Layout;
import hgn.nn.Quadratic;
import hgn.testing.Interrupts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The term that makes rollouts last, in float64 where that serves. */
class ConsistencyTest {
  private static final Geco.Spec GECO = new Geco.Spec(2e-4, 0.1, 0.99);
  private static final int SEEN = 3;
  private static final int FRAMES = 9;
  private static final Consistency TERM =
      new Consistency(0.7, 0, 0, 4, 0, 4, 3, Consistency.Bound.SATURATE);
  private static final HgnSpec SMALL =
      HgnSpec.of(Architecture.COMPACT, SEEN)
          .withShape(
              Records.with(
                  CompactShape.USUAL,
                  "latent",
                  3,
                  "encoder",
                  List.of(8, 8, 8),
                  "decoder",
                  List.of(8, 8),
                  "contrast",
                  4.0,
                  "blocky",
                  true,
                  "stemUnits",
                  8,
                  "energyLayers",
                  2,
                  "energyUnits",
                  12))
          .withAnchor(Anchor.START);
  private static final HgnTraining TRAINING =
      new HgnTraining(2, Horizon.FULL, GECO, false, FrameDraw.SPREAD)
          .withWindows(new Windows(5, false, false))
          .withConsistency(TERM)
          .withUnitScale(0.01);

  @TempDir Path folder;

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  /** Along the whole gradient, the term at work: through both windows and every rolled step. */
  @ParameterizedTest
  @EnumSource(Consistency.Bound.class)
  void theGradientMatchesFiniteDifferences(Consistency.Bound bound) {
    HgnTraining training = TRAINING.withConsistency(new Consistency(0.7, 0, 0, 4, 0, 4, 30, bound));
    assertEquals(1, ratio(SMALL, training), 1e-5);
  }

  @Test
  void theGradientMatchesFiniteDifferencesWhereHalfOfTheFilmsRunBackward() {
    HgnTraining both = TRAINING.withWindows(new Windows(5, false, true));
    assertEquals(1, ratio(SMALL.withAnchor(Anchor.MIDDLE), both), 1e-5);
  }

  @Test
  void theTermHasAGradientOfItsOwn() {
    double[] without = gradient(SMALL, TRAINING.withConsistency(null), Division.NONE);
    double[] with = gradient(SMALL, TRAINING, Division.NONE);
    assertTrue(distance(without, with) > 1e-2, () -> "" + distance(without, with));
  }

  @Test
  void partsOfTheBatchGiveTheSameGradient() {
    HgnTraining both = TRAINING.withWindows(new Windows(5, false, true));
    double[] whole = gradient(SMALL, both, Division.NONE);
    double[] parts = gradient(SMALL, both, new Division(2, 2));
    assertTrue(distance(whole, parts) < 1e-12, () -> "" + distance(whole, parts));
  }

  /** Whichever thread is ready first, and whichever computes what the parts have in common. */
  @Test
  void partsOfTheBatchGiveTheSameBitsEveryTime() {
    HgnTraining both = TRAINING.withWindows(new Windows(5, false, true));
    float[] weights = new HgnBlueprint(SMALL).layout().initial(7);
    List<double[]> found = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      terms(SMALL, both, m -> m.create(weights), new Division(2, 1), found::add);
      assertArrayEquals(found.get(0), found.get(i));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reversibleTrainingHasTheSameGradient(boolean bothWays) {
    HgnTraining stored = TRAINING.withWindows(new Windows(5, false, bothWays));
    HgnTraining reversible =
        new HgnTraining(2, Horizon.FULL, GECO, true, FrameDraw.SPREAD)
            .withWindows(stored.windows())
            .withConsistency(TERM)
            .withUnitScale(0.01);
    double[] one = gradient(SMALL, stored, Division.NONE);
    double[] other = gradient(SMALL, reversible, Division.NONE);
    assertTrue(distance(one, other) < 1e-10, () -> "" + distance(one, other));
  }

  /** The states of a harmonic oscillator: what a perfect encoder of its films would give. */
  @Test
  void exactPhysicsIsConsistent() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Separable oscillator = new Separable(Quadratic.UNIT, Quadratic.UNIT);
      PhaseState start = new PhaseState(random(manager, 1), random(manager, 2));
      List<PhaseState> path = Integrators.LEAPFROG.rollout(oscillator, start, 0.125, 40);
      assertEquals(0, largest(Consistency.distances(path.get(40), path.get(40))), 0);
      PhaseState through =
          Integrators.LEAPFROG.rollout(oscillator, path.get(15), 0.125, 25).get(25);
      assertEquals(0, largest(Consistency.distances(through, path.get(40))), 1e-24);
      assertTrue(largest(Consistency.distances(path.get(39), path.get(40))) > 1e-3);
    }
  }

  /** In units of each half's own variance: a latent that shrinks gains nothing. */
  @Test
  void distancesDoNotDependOnUnits() {
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState a = new PhaseState(random(manager, 1), random(manager, 2));
      PhaseState b = new PhaseState(random(manager, 3), random(manager, 4));
      PhaseState a2 = new PhaseState(a.q().mul(30), a.p().div(30));
      PhaseState b2 = new PhaseState(b.q().mul(30), b.p().div(30));
      assertArrayEquals(
          Consistency.distances(a, b).toDoubleArray(),
          Consistency.distances(a2, b2).toDoubleArray(),
          1e-4);
    }
  }

  @Test
  void aFilmThatHasRunAwayPullsNoMoreThanTheLimitAllows() {
    Consistency clamp = new Consistency(1, 0, 0, 4, 0, 4, 3, Consistency.Bound.CLAMP);
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      PhaseState far = new PhaseState(full(manager, 1e8), full(manager, 0));
      PhaseState seen = new PhaseState(random(manager, 1), random(manager, 2));
      BatchTerms terms = terms(manager, collector, clamp, far, seen);
      assertEquals(4 * 3, terms.distances().getDouble(), 1e-12);
      assertEquals(0, terms.lost().getDouble());
      assertEquals(0, largest(terms.rolled().q().abs()), 0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aRolloutOfNoNumbersIsCountedAndHasNoGradient(double lost) {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray q = full(manager, 0);
      q.set(new ai.djl.ndarray.index.NDIndex("1"), lost);
      PhaseState away = new PhaseState(q, full(manager, 0));
      PhaseState seen = new PhaseState(random(manager, 1), random(manager, 2));
      BatchTerms terms = terms(manager, collector, TERM, away, seen);
      assertEquals(1, terms.lost().getDouble());
      assertTrue(Double.isFinite(terms.distances().getDouble()));
      assertNull(terms.rolled());
    }
  }

  private static BatchTerms terms(
      NDManager manager,
      GradientCollector collector,
      Consistency term,
      PhaseState rolled,
      PhaseState seen) {
    BatchTerms.View view = new BatchTerms.View(rolled.q(), rolled, seen);
    Step step =
        new Step(0, manager.zeros(new Shape(1)), manager, new SplittableRandom(1), collector);
    NDArray weight = Float64.of(manager, 1);
    return BatchTerms.of(step, TRAINING.withConsistency(term), weight, List.of(view));
  }

  /** The energies' last weights so large that a few steps overflow: the step is not lost. */
  @Test
  void aStepWhoseRolloutRunsAwayStillLearnsFromItsFrames() {
    HgnTraining frameZero =
        new HgnTraining(0, new Horizon(1, 1000), GECO, false)
            .withWindows(new Windows(5, false, false))
            .withConsistency(TERM);
    HgnBlueprint blueprint = new HgnBlueprint(SMALL);
    float[] weights = blueprint.layout().initial(7);
    for (Layout.Slot slot : blueprint.layout().slots()) {
      for (int i = 0; i < slot.size() && slot.name().matches("(kinetic|potential).*"); i++) {
        weights[slot.offset() + i] = (float) (weights[slot.offset() + i] * 1e18);
      }
    }
    Map<String, Double> terms =
        terms(
            SMALL,
            frameZero,
            m -> m.create(weights),
            Division.NONE,
            gradient -> {
              assertTrue(Arrays.stream(gradient).allMatch(Double::isFinite));
              assertTrue(Arrays.stream(gradient).anyMatch(g -> g != 0));
            });
    assertTrue(terms.get("lost") > 0, terms::toString);
    assertTrue(Double.isFinite(terms.get("loss")));
  }

  @Test
  void aResumedRunRepeatsEveryBit() {
    TrainingLoop.Outcome whole =
        loop("whole").fit(objective(), Progress.NONE, (log, weights) -> {});
    Progress interrupting = Interrupts.after(3);
    assertThrows(
        TrainingInterrupted.class,
        () -> loop("parts").fit(objective(), interrupting, (log, weights) -> {}));
    TrainingLoop.Outcome parts =
        loop("parts").fit(objective(), Progress.NONE, (log, weights) -> {});
    assertArrayEquals(whole.weights(), parts.weights());
    assertArrayEquals(whole.log().column("consistency"), parts.log().column("consistency"));
    assertTrue(whole.log().column("consistency")[2] > 0);
  }

  @Test
  void shiftsGrowToTheLongestAndAreSpreadEvenly() {
    Consistency term = new Consistency(1e-3, 100, 50, 5, 8, 60, 3, Consistency.Bound.LOG);
    assertEquals(0, term.longest(99));
    assertEquals(0, term.at(99), 0);
    assertEquals(5, term.longest(100));
    assertEquals(6, term.longest(108));
    assertEquals(60, term.longest(100_000));
    assertEquals(5e-4, term.at(124), 1e-12);
    assertEquals(1e-3, term.at(150), 1e-12);
    Cut cut = Cut.drawn(91, 6, 31, 0, true, 60, new SplittableRandom(5));
    int[] sorted = Arrays.stream(cut.shift()).sorted().toArray();
    for (int i = 0; i < 6; i++) {
      assertTrue(sorted[i] > 10 * i && sorted[i] <= 10 * (i + 1), Arrays.toString(sorted));
    }
    assertEquals(0, Arrays.stream(cut.direction()).sum());
    for (int film = 0; film < 6; film++) {
      assertEquals(cut.direction()[film] > 0 ? 0 : 60, cut.seen()[film]);
    }
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    Consistency.Bound clamp = Consistency.Bound.CLAMP;
    assertThrows(IllegalArgumentException.class, () -> new Consistency(0, 0, 0, 1, 0, 1, 3, clamp));
    assertThrows(IllegalArgumentException.class, () -> new Consistency(1, 0, 0, 9, 0, 4, 3, clamp));
    assertThrows(IllegalArgumentException.class, () -> CompactShape.USUAL.withLatent(0));
    assertThrows(IllegalArgumentException.class, () -> new Windows(0, true, true));
    assertThrows(IllegalArgumentException.class, () -> new Divergence(-1, 0, 0));
  }

  /** What a state is followed back to is where its own rollout would have come from. */
  @Test
  void anInferredStateIsFollowedToTheFirstFrameSeen() {
    HgnSpec middle = HgnSpec.of(Architecture.COMPACT, 5).withAnchor(Anchor.MIDDLE);
    HgnSpec start = middle.withAnchor(Anchor.START);
    float[] weights = new HgnBlueprint(start).layout().initial(7);
    try (NDManager manager = NDManager.newBaseManager()) {
      Shape shape = new Shape(2, 5, 3, 32, 32);
      NDArray frames =
          manager.create(new SplittableRandom(1).doubles(shape.size()).toArray(), shape);
      NDArray flat = manager.create(weights).toType(DataType.FLOAT64, false);
      HgnBlueprint blueprint = new HgnBlueprint(middle);
      Hgn followed = blueprint.bind(blueprint.layout().bind(flat));
      PhaseState first = followed.infer(frames);
      PhaseState there = followed.rollout(first, middle.dt(), 2).get(2);
      Hgn plain = new HgnBlueprint(start).bind(blueprint.layout().bind(flat));
      assertEquals(0, largest(plain.infer(frames).q().sub(there.q()).abs()), 1e-12);
      assertEquals(0, largest(plain.infer(frames).p().sub(there.p()).abs()), 1e-12);
    }
  }

  @Test
  void plusPlusSeesFiveFramesAndHasAVectorOfSixteenAndSixteen() {
    HgnSpec spec =
        HgnSpec.of(Architecture.COMPACT, 5)
            .withoutTransform()
            .withEnergy(EnergyShape.FLAT, false)
            .withAnchor(Anchor.MIDDLE)
            .withShape(CompactShape.PLUS_PLUS);
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    assertEquals(new Shape(32), blueprint.latentShape());
    Map<String, Shape> shapes = new HashMap<>();
    blueprint.layout().slots().forEach(slot -> shapes.put(slot.name(), slot.shape()));
    assertEquals(new Shape(64, 15, 3, 3), shapes.get("encoder.0.weight"));
    assertEquals(new Shape(64, 64, 3, 3), shapes.get("encoder.5.weight"));
    assertEquals(new Shape(250, 16), shapes.get("kinetic.0.weight"));
    assertEquals(new Shape(1, 250), shapes.get("potential.4.weight"));
    assertTrue(shapes.keySet().stream().noneMatch(name -> name.contains("projection")));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray flat = manager.create(blueprint.layout().initial(1));
      Hgn model = blueprint.bind(blueprint.layout().bind(flat));
      PhaseState state = model.infer(manager.ones(new Shape(2, 9, 3, 32, 32)));
      assertEquals(new Shape(2, 16), state.q().getShape());
      assertEquals(new Shape(2, 3, 32, 32), model.frame(state).getShape());
    }
  }

  /**
   * A decoder of fewer doublings that paints blocks ends at the same size, from the mean colour.
   */
  @Test
  void aModelThatKnowsTheMeanImageStartsAtItsColour() {
    HgnBlueprint blueprint = new HgnBlueprint(SMALL);
    float[] image = new float[3 * 32 * 32];
    for (int i = 0; i < image.length; i++) {
      image[i] = 0.2f * (1 + i / 1024);
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray flat = manager.create(blueprint.initial(1, () -> image));
      Hgn model = blueprint.bind(blueprint.layout().bind(flat));
      NDArray frame = model.decode(manager.zeros(new Shape(1, 3)));
      assertEquals(new Shape(1, 3, 32, 32), frame.getShape());
      for (int plane = 0; plane < 3; plane++) {
        assertEquals(0.2 * (1 + plane), frame.get(0).get(plane).mean().getFloat(), 1e-5);
      }
    }
  }

  @Test
  void filmsThatAreTooShortAreRefusedWithTheLengthTheyNeed() {
    Films films =
        Dataset.open(
                DatasetSpec.of("pendulum", 4, 1, 1).withSteps(7),
                new Workspace(folder),
                Progress.NONE)
            .train();
    Batches batches = new Batches(1, 4, 2);
    assertEquals(7, TRAINING.longestClip(SMALL));
    new ClipSource(films, batches, SMALL, TRAINING, 1);
    HgnTraining farther =
        TRAINING.withConsistency(
            new Consistency(0.7, 0, 0, 4, 0, 60, 3, Consistency.Bound.SATURATE));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new ClipSource(films, batches, SMALL, farther, 1))
            .getMessage();
    assertTrue(message.contains("films of 8 frames") && message.contains("63"), message);
  }

  private static double[] gradient(HgnSpec spec, HgnTraining training, Division division) {
    double[][] found = new double[1][];
    double[] weights = weights(spec);
    terms(spec, training, m -> m.create(weights), division, gradient -> found[0] = gradient);
    return found[0];
  }

  private static double ratio(HgnSpec spec, HgnTraining training) {
    double[] weights = weights(spec);
    double[] gradient = gradient(spec, training, Division.NONE);
    double norm = Math.sqrt(dot(gradient, gradient));
    double[] loss = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] moved = weights.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (side == 0 ? 1 : -1) * 1e-7 * gradient[i] / norm;
      }
      loss[side] =
          terms(spec, training, m -> m.create(moved), Division.NONE, unused -> {}).get("loss");
    }
    return norm / ((loss[0] - loss[1]) / 2e-7);
  }

  private static Map<String, Double> terms(
      HgnSpec spec,
      HgnTraining training,
      Function<NDManager, NDArray> weights,
      Division division,
      java.util.function.Consumer<double[]> gradient) {
    HgnBlueprint blueprint = new HgnBlueprint(spec);
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray leaf = weights.apply(manager);
      leaf.setRequiresGradient(true);
      HgnObjective objective =
          new HgnObjective(blueprint, training, iteration -> sent(leaf.getDataType()), division);
      Step step = new Step(0, leaf, manager, new SplittableRandom(3), collector);
      Map<String, Double> terms = objective.accumulate(step).read();
      gradient.accept(leaf.getGradient().toType(DataType.FLOAT64, false).toDoubleArray());
      return terms;
    }
  }

  private TrainingLoop loop(String name) {
    TrainingSpec spec = new TrainingSpec(6, 4, Schedule.constant(1e-3), 1, 1);
    return new TrainingLoop(spec, 1, folder.resolve(name + ".npz"), "spec", Device.cpu());
  }

  private static HgnObjective objective() {
    return new HgnObjective(
        new HgnBlueprint(SMALL), TRAINING, iteration -> sent(DataType.FLOAT32), Division.NONE);
  }

  private static Upload sent(DataType type) {
    Shape shape = new Shape(4, FRAMES, 3, 32, 32);
    return new Upload(
        new float[1], shape, none -> films(none.getManager(), shape).toType(type, false));
  }

  private static NDArray films(NDManager manager, Shape shape) {
    double[] values = new SplittableRandom(11).doubles(shape.size(), 0, 1).toArray();
    return manager.create(values, shape);
  }

  private static double[] weights(HgnSpec spec) {
    float[] initial = new HgnBlueprint(spec).layout().initial(7);
    double[] weights = new double[initial.length];
    Arrays.setAll(weights, i -> initial[i]);
    return weights;
  }

  private static NDArray random(NDManager manager, long seed) {
    return manager.create(new SplittableRandom(seed).doubles(12, -1, 1).toArray(), new Shape(4, 3));
  }

  private static NDArray full(NDManager manager, double value) {
    double[] values = new double[12];
    Arrays.fill(values, value);
    return manager.create(values, new Shape(4, 3));
  }

  private static double largest(NDArray x) {
    return Arrays.stream(x.toType(DataType.FLOAT64, false).toDoubleArray()).max().orElseThrow();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return Math.sqrt(dot(difference, difference) / dot(a, a));
  }
}
