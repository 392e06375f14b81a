package hgn.flows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every flow, trained or not. */
class FlowLawsTest {
  private static final double WILD = 0.1;

  static Stream<FlowSpec> specs() {
    return Stream.of(
        FlowSpec.nhf(2, 1).withHidden(16),
        FlowSpec.nhf(2, 3).withHidden(16),
        FlowSpec.nhf(6, 2).withHidden(16),
        FlowSpec.nhf(2, 2).sharing().withHidden(16),
        FlowSpec.nhf(2, 2).withFixedKinetic().withHidden(16),
        FlowSpec.nhf(2, 2).on(Prior.SOFT_UNIFORM).withHidden(16),
        FlowSpec.rnvp(2, 2).withHidden(16),
        FlowSpec.rnvp(3, 3).withHidden(16),
        FlowSpec.rnvp(2, 3).on(Prior.SOFT_UNIFORM).withHidden(16));
  }

  /** Far from the start, where nothing is nearly the identity. */
  private static float[] weights(FlowBlueprint blueprint) {
    return weights(blueprint, WILD);
  }

  private static float[] weights(FlowBlueprint blueprint, double wild) {
    float[] weights = blueprint.layout().initial(3);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (wild * random.nextGaussian());
    }
    return weights;
  }

  private static DensityModel bind(FlowBlueprint blueprint, NDArray flat) {
    return blueprint.bind(blueprint.layout().bind(flat));
  }

  private static NDArray normal(NDManager manager, DataType type, long seed, int n, int d) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles((long) n * d, -2, 2).toArray();
    return manager.create(values, new Shape(n, d)).toType(type, false);
  }

  private static NDArray flat(NDManager manager, FlowBlueprint blueprint, DataType type) {
    return manager.create(weights(blueprint)).toType(type, false);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theInverseUndoesTheFlow(FlowSpec spec) {
    FlowBlueprint blueprint = new FlowBlueprint(spec);
    for (DataType type : new DataType[] {DataType.FLOAT64, DataType.FLOAT32}) {
      double tolerance = type == DataType.FLOAT64 ? 1e-11 : 1e-5;
      try (NDManager manager = NDManager.newBaseManager()) {
        DensityModel model = bind(blueprint, flat(manager, blueprint, type));
        NDArray x = normal(manager, type, 1, 50, model.priorDimension());
        Mapped there = model.flow().forward(x);
        Mapped back = model.flow().inverse(there.value());
        assertTrue(largest(back.value().sub(x)) < tolerance, () -> spec + " " + type);
        assertTrue(largest(back.logDet().add(there.logDet())) < tolerance);
        assertTrue(largest(there.value().sub(x)) > 1e-2, "the flow moves nothing");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void theLogDeterminantIsThatOfTheJacobian(FlowSpec spec) {
    FlowBlueprint blueprint = new FlowBlueprint(spec);
    try (NDManager manager = NDManager.newBaseManager()) {
      DensityModel model = bind(blueprint, flat(manager, blueprint, DataType.FLOAT64));
      int d = model.priorDimension();
      double[] x = normal(manager, DataType.FLOAT64, 2, 1, d).toDoubleArray();
      double h = 1e-5;
      double[][] jacobian = new double[d][d];
      for (int j = 0; j < d; j++) {
        double[] up = x.clone();
        double[] down = x.clone();
        up[j] += h;
        down[j] -= h;
        double[] above = forward(model, manager, up);
        double[] below = forward(model, manager, down);
        for (int i = 0; i < d; i++) {
          jacobian[i][j] = (above[i] - below[i]) / (2 * h);
        }
      }
      double stated =
          model.flow().forward(manager.create(x, new Shape(1, d))).logDet().toDoubleArray()[0];
      assertEquals(logAbsDeterminant(jacobian), stated, 1e-6);
      if (spec.kind() == FlowSpec.Kind.NHF) {
        assertEquals(0, stated, 0.0, "leapfrog keeps volumes");
      }
    }
  }

  private static double[] forward(DensityModel model, NDManager manager, double[] x) {
    return model.flow().forward(manager.create(x, new Shape(1, x.length))).value().toDoubleArray();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyWeightGetsTheGradientOfTheElbo(FlowSpec spec) {
    checkGradient(spec, 1);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyWeightGetsTheGradientOfTheImportanceWeightedBound(FlowSpec spec) {
    checkGradient(spec, spec.kind() == FlowSpec.Kind.NHF ? 5 : 1);
  }

  /** What is trained for: the bound of 40 points, k momenta each. */
  private static NDArray bound(DensityModel model, NDManager manager, int k) {
    int d = model.dimension();
    NDArray x = normal(manager, DataType.FLOAT64, 5, 40, d);
    NDArray noise = normal(manager, DataType.FLOAT64, 6, 40 * k, d);
    return Bounds.importanceWeighted(model.logWeight(x, noise), k).mean();
  }

  private static void checkGradient(FlowSpec spec, int k) {
    FlowBlueprint blueprint = new FlowBlueprint(spec);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray flat = flat(manager, blueprint, DataType.FLOAT64);
      flat.setRequiresGradient(true);
      double[] gradient;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        DensityModel model = bind(blueprint, flat);
        collector.backward(bound(model, manager, k));
        gradient = flat.getGradient().toDoubleArray();
      }
      blueprint.layout().slots().stream()
          // An energy's last bias is a constant of the energy and moves nothing.
          .filter(s -> !s.name().matches("(kinetic|potential)\\.\\d\\.2\\.bias"))
          .forEach(
              s ->
                  assertTrue(
                      Arrays.stream(gradient, s.offset(), s.offset() + s.size())
                          .anyMatch(g -> Math.abs(g) > 1e-12),
                      s.name()));
      checkAgainstDifferences(blueprint, manager, k, gradient);
    }
  }

  /** One direction through all weights: the engine's gradient against a central difference. */
  private static void checkAgainstDifferences(
      FlowBlueprint blueprint, NDManager manager, int k, double... gradient) {
    float[] weights = weights(blueprint);
    SplittableRandom random = new SplittableRandom(7);
    double[] direction = random.doubles(weights.length, -1, 1).toArray();
    double h = 1e-6;
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      double[] moved = new double[weights.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = weights[i] + (side == 0 ? h : -h) * direction[i];
      }
      DensityModel model = bind(blueprint, manager.create(moved));
      values[side] = bound(model, manager, k).getDouble();
    }
    double slope = 0;
    for (int i = 0; i < direction.length; i++) {
      slope += direction[i] * gradient[i];
    }
    assertEquals((values[0] - values[1]) / (2 * h), slope, 1e-4 * Math.max(1, Math.abs(slope)));
  }

  @Test
  void theSoftUniformPriorIsNormalisedAndSampledExactly() {
    Prior prior = new Prior(Prior.Kind.SOFT_UNIFORM, 2, 5);
    int n = 40_001;
    double from = -8;
    double step = 16.0 / (n - 1);
    double[] s = new double[n];
    Arrays.setAll(s, i -> from + i * step);
    try (NDManager manager = NDManager.newBaseManager()) {
      double[] density = prior.logDensity(manager.create(s, new Shape(n, 1))).exp().toDoubleArray();
      assertEquals(1, Arrays.stream(density).sum() * step, 1e-6);
      double second = 0;
      for (int i = 0; i < n; i++) {
        second += s[i] * s[i] * density[i] * step;
      }
      float[] draws = prior.sample(new SplittableRandom(1), 200_000);
      double squares = 0;
      double inside = 0;
      for (float v : draws) {
        squares += v * v / draws.length;
        inside += Math.abs(v) < 0.7 ? 1.0 / draws.length : 0;
      }
      double within = 0;
      for (int i = 0; i < n; i++) {
        within += Math.abs(s[i]) < 0.7 ? density[i] * step : 0;
      }
      assertEquals(second, squares, 0.01);
      assertEquals(within, inside, 0.005);
    }
  }

  @Test
  void aDensityOfThePlaneIntegratesToOne() {
    for (FlowSpec spec : new FlowSpec[] {FlowSpec.rnvp(2, 3), FlowSpec.nhf(2, 2)}) {
      FlowBlueprint blueprint = new FlowBlueprint(spec.withHidden(16));
      boolean exact = spec.kind() == FlowSpec.Kind.RNVP;
      int n = exact ? 501 : 201;
      double reach = exact ? 20 : 12;
      try (NDManager manager = NDManager.newBaseManager()) {
        NDArray grid = grid(manager, n, reach);
        double cell = Math.pow(2 * reach / (n - 1), 2);
        double sum = 0;
        int draws = exact ? 1 : 4;
        for (int i = 0; i < draws; i++) {
          try (NDManager scope = manager.newSubManager()) {
            // Tamer than elsewhere, so that all of the mass lies on the grid.
            NDArray tame = scope.create(weights(blueprint, WILD / 3));
            DensityModel model = bind(blueprint, tame.toType(DataType.FLOAT64, false));
            // The weights' mean over the momenta is the density, so their sum is 1 on average.
            SplittableRandom random = new SplittableRandom(i);
            double[] noise = new double[2 * n * n];
            Arrays.setAll(noise, k -> random.nextGaussian());
            NDArray z = scope.create(noise, new Shape((long) n * n, 2));
            sum += model.logWeight(grid, z).exp().sum().getDouble() * cell / draws;
          }
        }
        assertEquals(1, sum, 0.01, spec.toString());
      }
    }
  }

  /** In one dimension the momentum can be integrated out: q and p on a grid. */
  @Test
  void theBoundLiesBelowQuadratureAndTheMarginalIntegratesToOne() {
    for (Prior prior : new Prior[] {Prior.NORMAL, new Prior(Prior.Kind.SOFT_UNIFORM, 4, 5)}) {
      FlowBlueprint blueprint = new FlowBlueprint(FlowSpec.nhf(1, 2).withHidden(16).on(prior));
      try (NDManager manager = NDManager.newBaseManager()) {
        NeuralHamiltonianFlow model =
            (NeuralHamiltonianFlow) bind(blueprint, flat(manager, blueprint, DataType.FLOAT64));
        int n = 401;
        double reach = 10;
        double step = 2 * reach / (n - 1);
        NDArray points = grid(manager, n, reach);
        double[] joint =
            model.logJoint(points.get(":,0:1"), points.get(":,1:2")).exp().toDoubleArray();
        double[] marginal = new double[n];
        for (int i = 0; i < n * n; i++) {
          marginal[i / n] += joint[i] * step;
        }
        assertEquals(1, Arrays.stream(marginal).sum() * step, 0.01, prior.id());
        for (int i : new int[] {170, 200, 230}) {
          double q = -reach + i * step;
          checkBounds(model, manager, q, Math.log(marginal[i]));
        }
      }
    }
  }

  private static void checkBounds(
      NeuralHamiltonianFlow model, NDManager manager, double q, double truth) {
    int k = 4000;
    SplittableRandom random = new SplittableRandom(9);
    double[] noise = new double[k];
    Arrays.setAll(noise, i -> random.nextGaussian());
    double[] weights =
        model
            .logWeight(
                manager.ones(new Shape(k, 1), DataType.FLOAT64).mul(q),
                manager.create(noise, new Shape(k, 1)))
            .toDoubleArray();
    double elbo = Arrays.stream(weights).average().orElseThrow();
    double spread = Math.sqrt(Arrays.stream(weights).map(w -> (w - elbo) * (w - elbo)).sum()) / k;
    assertTrue(elbo <= truth + 3 * spread, () -> "ELBO %s, truth %s".formatted(elbo, truth));
    double bound = Math.log(Arrays.stream(weights).map(Math::exp).average().orElseThrow());
    assertEquals(truth, bound, 0.1);
    assertTrue(bound >= elbo);
  }

  /** The same in two dimensions, and what more momenta make of the bound. */
  @Test
  void theBoundsRiseWithTheMomentaUpToQuadrature() {
    FlowBlueprint blueprint = new FlowBlueprint(FlowSpec.nhf(2, 2).withHidden(16));
    try (NDManager manager = NDManager.newBaseManager()) {
      NeuralHamiltonianFlow model =
          (NeuralHamiltonianFlow) bind(blueprint, flat(manager, blueprint, DataType.FLOAT64));
      for (double[] q : new double[][] {{0, 0}, {1, -0.5}, {-1.5, 1}}) {
        NDArray point = manager.create(q, new Shape(1, 2));
        double truth = quadrature(model, manager, point);
        double[] weights = draws(model, manager, point, 32_000);
        double below = Double.NEGATIVE_INFINITY;
        for (int k : new int[] {1, 4, 32}) {
          double[] bounds = Bounds.importanceWeighted(manager.create(weights), k).toDoubleArray();
          double mean = Arrays.stream(bounds).average().orElseThrow();
          double squares = Arrays.stream(bounds).map(b -> (b - mean) * (b - mean)).sum();
          double error = Math.sqrt(squares) / bounds.length;
          assertTrue(mean <= truth + 3 * error, k + ": " + mean + " > " + truth);
          // The same draws in larger groups: Jensen's inequality, without any noise.
          assertTrue(mean > below, k + ": " + mean + " after " + below);
          below = mean;
        }
        double elbo = Bounds.elbo(manager.create(weights), weights.length).toDoubleArray()[0];
        assertTrue(elbo < below);
        assertEquals(truth, below, 0.3 * (truth - elbo) + 0.01);
      }
    }
  }

  private static double[] draws(
      NeuralHamiltonianFlow model, NDManager manager, NDArray point, int count) {
    SplittableRandom random = new SplittableRandom(10);
    double[] noise = new double[2 * count];
    Arrays.setAll(noise, i -> random.nextGaussian());
    return model.logWeight(point, manager.create(noise, new Shape(count, 2))).toDoubleArray();
  }

  private static double quadrature(NeuralHamiltonianFlow model, NDManager manager, NDArray point) {
    int n = 301;
    double reach = 12;
    NDArray p = grid(manager, n, reach);
    NDArray q = point.repeat(0, (long) n * n);
    double cell = Math.pow(2 * reach / (n - 1), 2);
    return Math.log(model.logJoint(q, p).exp().sum().getDouble() * cell);
  }

  @Test
  void momentaOfOnePointLieSideBySide() {
    FlowBlueprint blueprint = new FlowBlueprint(FlowSpec.nhf(2, 2).withHidden(16));
    try (NDManager manager = NDManager.newBaseManager()) {
      DensityModel model = bind(blueprint, flat(manager, blueprint, DataType.FLOAT64));
      NDArray x = normal(manager, DataType.FLOAT64, 1, 3, 2);
      NDArray noise = normal(manager, DataType.FLOAT64, 2, 12, 2);
      double[] together = model.logWeight(x, noise).toDoubleArray();
      for (int i = 0; i < 3; i++) {
        NDArray own = x.get("{}:{}", i, i + 1).repeat(0, 4);
        double[] alone = model.logWeight(own, noise.get("{}:{}", 4 * i, 4 * i + 4)).toDoubleArray();
        assertArrayEquals(alone, Arrays.copyOfRange(together, 4 * i, 4 * i + 4), 1e-12);
      }
    }
  }

  private static NDArray grid(NDManager manager, int n, double reach) {
    double[] points = new double[n * n * 2];
    for (int i = 0; i < n * n; i++) {
      int row = i / n;
      points[2 * i] = -reach + 2 * reach * row / (n - 1);
      points[2 * i + 1] = -reach + 2 * reach * (i % n) / (n - 1);
    }
    return manager.create(points, new Shape((long) n * n, 2));
  }

  @Test
  void sharedStepsHaveOneHamiltonianAndATimeEach() {
    FlowBlueprint blueprint = new FlowBlueprint(FlowSpec.nhf(2, 2).sharing().withHidden(8));
    assertEquals(
        1,
        blueprint.layout().slots().stream()
            .filter(s -> s.name().contains("kinetic."))
            .map(s -> s.name().substring(0, 9))
            .distinct()
            .count());
    assertArrayEquals(
        new long[] {2},
        blueprint.layout().slots().stream()
            .filter(s -> s.name().equals("dt"))
            .findFirst()
            .orElseThrow()
            .shape()
            .getShape());
  }

  /** Weights outlive many batches: what a batch leaves with them would pile up. */
  @ParameterizedTest
  @MethodSource("specs")
  void nothingOfABatchStaysWithTheWeights(FlowSpec spec) {
    FlowBlueprint blueprint = new FlowBlueprint(spec);
    try (NDManager manager = NDManager.newBaseManager()) {
      DensityModel model = bind(blueprint, flat(manager, blueprint, DataType.FLOAT64));
      int before = manager.getManagedArrays().size();
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = normal(scope, DataType.FLOAT64, 1, 5, model.priorDimension());
        model.flow().inverse(model.flow().forward(x).value());
      }
      assertEquals(before, manager.getManagedArrays().size());
    }
  }

  private static double largest(NDArray x) {
    return x.abs().max().toType(DataType.FLOAT64, false).getDouble();
  }

  private static double logAbsDeterminant(double[][] matrix) {
    double[][] a = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    double log = 0;
    for (int k = 0; k < a.length; k++) {
      int pivot = k;
      for (int i = k + 1; i < a.length; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      double[] swap = a[k];
      a[k] = a[pivot];
      a[pivot] = swap;
      log += Math.log(Math.abs(a[k][k]));
      for (int i = k + 1; i < a.length; i++) {
        double factor = a[i][k] / a[k][k];
        for (int j = k; j < a.length; j++) {
          a[i][j] -= factor * a[k][j];
        }
      }
    }
    return log;
  }
}
