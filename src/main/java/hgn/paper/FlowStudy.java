package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.Target;
import hgn.data.Targets;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Separable;
import hgn.evaluation.FlowEvaluation;
import hgn.evaluation.Statistics;
import hgn.flows.FlowSpec;
import hgn.flows.HamiltonianFlow;
import hgn.flows.NeuralHamiltonianFlow;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.Band;
import hgn.results.FlowCost;
import hgn.results.FlowPortrait;
import hgn.results.Grid2D;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.StatUtils;

/** Figures 9 and 10 and §A.7 in numbers, computed from trained flows. */
public final class FlowStudy {
  /** §A.2: bandwidth and samples of the kernel estimates. */
  private static final double BANDWIDTH = 0.3;

  private static final int KDE_SAMPLES = 1000;
  private static final int FIELD_POINTS = 61;
  private static final int ARROWS = 17;
  private static final double REACH = 4;
  private static final int PATHS = 150;

  /** Fig 10's runs. */
  private static final int SEEDS = 5;

  /** Points whose momenta are integrated by quadrature. */
  private static final int GAP_POINTS = 64;

  private FlowStudy() {}

  /**
   * A row of Fig 9.
   *
   * @param run an NHF of the plane
   * @throws UserError if it is no NHF or its points are not of the plane
   */
  public static FlowPortrait portrait(FlowRun run) {
    Target target = run.experiment().target();
    if (target.dimension() != 2 || run.experiment().spec().model().kind() != FlowSpec.Kind.NHF) {
      throw UserError.usage(
          "%s has no portrait: expected an NHF of two dimensions", run.experiment().name());
    }
    double[][] truth = target.samples(new SplittableRandom(1), KDE_SAMPLES);
    return run.with(
        (model, manager) -> {
          NeuralHamiltonianFlow nhf = (NeuralHamiltonianFlow) model;
          List<Separable> steps = nhf.flow().hamiltonians();
          Separable last = steps.get(steps.size() - 1);
          double[] axis = Grid2D.linspace(-REACH, REACH, FIELD_POINTS);
          NDArray mesh = mesh(axis, manager);
          NDArray k = last.kinetic().value(mesh);
          NDArray v = last.potential().value(mesh);
          boolean turned = k.getFloat(k.size() / 2) > k.getFloat(0);
          Grid2D kinetic = grid(axis, turned ? k.neg() : k);
          Grid2D potential = grid(axis, turned ? v.neg() : v);
          double[][] samples =
              FlowEvaluation.samples(model, KDE_SAMPLES, new SplittableRandom(2), manager);
          Grid2D[] move = stepField(last, manager);
          return new FlowPortrait(
              target.id(),
              density(truth),
              density(samples),
              turned,
              kinetic,
              potential,
              minima(potential),
              move[0],
              move[1],
              paths(nhf, manager));
        });
  }

  private static Grid2D density(double[][] points) {
    double[] axis = Grid2D.linspace(-REACH, REACH, FIELD_POINTS);
    double norm = 1 / (points.length * 2 * Math.PI * BANDWIDTH * BANDWIDTH);
    return Grid2D.of(
        axis,
        axis,
        (x, y) -> {
          double sum = 0;
          for (double[] p : points) {
            double square = (p[0] - x) * (p[0] - x) + (p[1] - y) * (p[1] - y);
            sum += Math.exp(-square / (2 * BANDWIDTH * BANDWIDTH));
          }
          return norm * sum;
        });
  }

  private static NDArray mesh(double[] axis, NDManager manager) {
    return manager.create(Grid2D.points(axis, axis)).toType(DataType.FLOAT32, false);
  }

  private static Grid2D grid(double[] axis, NDArray values) {
    return Grid2D.of(axis, axis, values.toType(DataType.FLOAT64, false).toDoubleArray());
  }

  /** Displacement of points at rest by one step. */
  private static Grid2D[] stepField(Separable step, NDManager manager) {
    double[] axis = Grid2D.linspace(-REACH, REACH, ARROWS);
    NDArray q = mesh(axis, manager);
    PhaseState start = new PhaseState(q, q.zerosLike());
    NDArray move = new HamiltonianFlow(List.of(step)).states(start).get(1).q().sub(q);
    return new Grid2D[] {grid(axis, move.get(":,0")), grid(axis, move.get(":,1"))};
  }

  private static List<double[]> minima(Grid2D v) {
    List<double[]> minima = new ArrayList<>();
    for (int j = 1; j + 1 < v.y().length; j++) {
      for (int i = 1; i + 1 < v.x().length; i++) {
        if (isLowest(v.values(), j, i)) {
          minima.add(new double[] {v.x()[i], v.y()[j]});
        }
      }
    }
    return minima;
  }

  private static boolean isLowest(double[][] v, int row, int column) {
    for (int j = row - 1; j <= row + 1; j++) {
      for (int i = column - 1; i <= column + 1; i++) {
        if ((j != row || i != column) && v[j][i] <= v[row][column]) {
          return false;
        }
      }
    }
    return true;
  }

  private static List<Series> paths(NeuralHamiltonianFlow model, NDManager manager) {
    float[] base = model.prior().sample(new SplittableRandom(3), PATHS * 4);
    NDArray s = manager.create(base, new Shape(PATHS, 4));
    List<float[]> states = new ArrayList<>();
    PhaseState start = new PhaseState(s.get(":,0:2"), s.get(":,2:4"));
    for (PhaseState state : model.flow().states(start)) {
      states.add(state.q().toFloatArray());
    }
    List<Series> paths = new ArrayList<>();
    for (int i = 0; i < PATHS; i++) {
      double[] x = new double[states.size()];
      double[] y = new double[states.size()];
      for (int k = 0; k < x.length; k++) {
        x[k] = states.get(k)[2 * i];
        y[k] = states.get(k)[2 * i + 1];
      }
      paths.add(new Series("", x, y));
    }
    return paths;
  }

  /**
   * Fig 10's experiments: five models, five seeds each (two at the smoke budget).
   *
   * @param target what they learn
   * @param budget how much to spend on each
   */
  public static List<FlowExperiment> figure10(String target, Budget budget) {
    int seeds = budget == Budget.SMOKE ? 2 : SEEDS;
    return FlowModel.figure10().stream()
        .map(model -> FlowExperiment.of(model, Targets.named(target)).within(budget))
        .flatMap(e -> LongStream.rangeClosed(1, seeds).mapToObj(e::withSeed))
        .toList();
  }

  /**
   * Runs of experiments; what is on disk is loaded.
   *
   * @param experiments what is trained
   * @param watch who is told
   */
  public static List<FlowRun> train(List<FlowExperiment> experiments, TrainingWatch watch) {
    return experiments.stream().map(e -> e.train(watch)).toList();
  }

  /** Training bounds over the iterations, a band over the seeds for each model. */
  public static List<Band> bands(List<FlowRun> runs) {
    Map<FlowModel, List<Series>> curves = new LinkedHashMap<>();
    for (FlowRun run : runs) {
      curves
          .computeIfAbsent(run.experiment().model(), m -> new ArrayList<>())
          .add(run.boundCurve());
    }
    return curves.values().stream()
        .map(
            own ->
                Band.of(
                    own.get(0).label(),
                    own.get(0).x(),
                    own.stream().map(Series::y).toArray(double[][]::new)))
        .toList();
  }

  /** Results of some runs. */
  public static List<RunResult> results(List<FlowRun> runs) {
    return runs.stream().map(FlowRun::result).toList();
  }

  /**
   * Times of the five models of Fig 10 with fresh weights, on one native thread. As of a training,
   * they are measured once and kept: in {@code flow-costs.json} beside the tables. Without that
   * file, or with {@code ./workbook run --retrain}, they are measured on this machine.
   *
   * @param budget smoke measures two dimensions a few times, the others d = 2 … 64
   * @return a model after the other in each dimension
   * @throws UserError if what is kept cannot be read
   */
  public static List<FlowCost> costs(Budget budget) {
    return costs(budget, Workspace.find());
  }

  static List<FlowCost> costs(Budget budget, Workspace workspace) {
    String name = budget == Budget.SMOKE ? "flow-costs-smoke" : "flow-costs";
    Path kept = workspace.tables().resolve(Workspace.fileName(name, ".json"));
    if (!Files.exists(kept) || RunFolder.outdated(kept)) {
      AtomicFiles.writeText(kept, Json.pretty(FlowTrial.costs(budget)) + "\n");
    }
    return List.of(Json.read(kept, FlowCost[].class));
  }

  /**
   * §A.7 checked: along a line, ln p(q) by quadrature over the momenta, and its two bounds.
   *
   * @param run an NHF of one or two dimensions
   * @param draws momenta of the bounds
   * @return "quadrature", "importance-weighted bound", "ELBO" over q₁, where q₂ = 0 if there is one
   * @throws UserError if it is no such flow
   */
  public static List<Series> bounds(FlowRun run, int draws) {
    int d = run.experiment().target().dimension();
    double[] q = Grid2D.linspace(-REACH, REACH, 33);
    double[][] points =
        Arrays.stream(q)
            .mapToObj(v -> d == 1 ? new double[] {v} : new double[] {v, 0})
            .toArray(double[][]::new);
    double[] truth = Quadrature.logDensity(run, points);
    FlowEvaluation.Scores scores = run.scores(points, draws, 1);
    return List.of(
        new Series("ln p by quadrature", q, truth),
        new Series(Text.of("importance-weighted bound, %d momenta", draws), q, scores.bound()),
        new Series("ELBO", q, scores.elbo()));
  }

  /**
   * Gap of the importance-weighted bound below ln p of the target's points, by the number of
   * momenta; with one momentum that is the ELBO's gap.
   *
   * @param run an NHF of one or two dimensions
   * @return the mean gap over 1, 2, 4, … 256 momenta and its standard error: what other momenta of
   *     the same points would change
   * @throws UserError if it is no such flow
   */
  public static Band gap(FlowRun run) {
    double[][] points = run.experiment().target().samples(new SplittableRandom(1), GAP_POINTS);
    double truth = StatUtils.mean(Quadrature.logDensity(run, points));
    double[] momenta = IntStream.rangeClosed(0, 8).mapToDouble(i -> 1 << i).toArray();
    double[] gaps = new double[momenta.length];
    double[] errors = new double[momenta.length];
    for (int k = 0; k < momenta.length; k++) {
      // Few momenta scatter more, so they are drawn more often: as many in all.
      int repeats = (1 << 10) / (int) momenta[k];
      double[][] repeated = new double[points.length * repeats][];
      Arrays.setAll(repeated, i -> points[i % points.length]);
      // Another seed than the points': one stream would give a point its own numbers as momenta.
      double[] bounds = run.scores(repeated, (int) momenta[k], 2).bound();
      gaps[k] = truth - StatUtils.mean(bounds);
      errors[k] = standardError(bounds, points.length);
    }
    return Band.around(run.experiment().name(), momenta, gaps, errors);
  }

  /**
   * Standard error of the mean over points and repeats, from each point's scatter over its own
   * repeats.
   */
  private static double standardError(double[] values, int points) {
    double squares = 0;
    for (int p = 0; p < points; p++) {
      int first = p;
      double error =
          Statistics.standardError(
              IntStream.range(0, values.length / points)
                  .mapToDouble(r -> values[first + r * points])
                  .toArray());
      squares += error * error;
    }
    return Math.sqrt(squares) / points;
  }
}
