package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.evaluation.DiscTracker;
import hgn.evaluation.Exact;
import hgn.evaluation.Latents;
import hgn.evaluation.LongRollouts;
import hgn.evaluation.Motion;
import hgn.evaluation.PolynomialProbe;
import hgn.evaluation.SampleQuality;
import hgn.evaluation.SyMetric;
import hgn.io.AtomicFiles;
import hgn.io.Hashes;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.Hgn;
import hgn.models.Posterior;
import hgn.results.PhysicsResult;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.StudyResult;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Physics of a trained HGN, measured, and the prior that is fitted to it. Measured once and kept
 * beside the run's weights, whose hash says whether it is theirs.
 */
final class PhysicsStudy {
  /** Not one that any model has seen, nor those of the {@link Study}. */
  private static final long SEED = 2111;

  private static final String VERSION = "3-";
  private static final double[] QUANTILES = {0.1, 0.25, 0.5, 0.75, 0.9};

  /** Draws of a posterior whose spread is measured. */
  private static final int DRAWS = 8;

  /**
   * Extent of the measurements.
   *
   * @param films that dreams are compared with by how they move
   * @param dreams films dreamt from each prior
   * @param compared frames' films, see {@link SampleQuality}
   * @param probed films whose states SyMetric compares
   * @param read films that the true state's regression is fitted to
   */
  private record Extent(int films, int dreams, int compared, int probed, int read) {}

  private static final Extent FULL = new Extent(1024, 256, 64, 128, 512);
  private static final Extent SMOKE = new Extent(32, 8, 4, 16, 16);

  private final Run run;
  private final Workspace workspace;
  private final Extent extent;

  PhysicsStudy(Run run, Workspace workspace) {
    this.run = run;
    this.workspace = workspace;
    extent = smoke() ? SMOKE : FULL;
  }

  private boolean smoke() {
    return run.experiment().budget() == Budget.SMOKE;
  }

  private Path folder() {
    return run.experiment().folder(workspace).path();
  }

  private String weightsKey() {
    float[] weights = run.weights();
    ByteBuffer bytes = ByteBuffer.allocate(weights.length * Float.BYTES);
    bytes.asFloatBuffer().put(weights);
    return Hashes.sha256(bytes.array()).substring(0, 16);
  }

  /** The physics kept in a folder, if of that result, see {@link StudyKey}; else null. */
  static PhysicsResult kept(Path folder, RunResult result) {
    return PhysicsResult.read(folder, VERSION + StudyKey.of(result));
  }

  /** The result: read where it was made of these very weights, else made. */
  PhysicsResult result() {
    PhysicsResult known = kept(folder(), run.result());
    if (known != null && (!run.hasWeights() || known.weights().equals(weightsKey()))) {
      return known;
    }
    FlowPrior prior = prior();
    StudyResult study = run.study(workspace);
    PhysicsResult made = run.with((model, manager) -> make(model, prior, study, manager));
    AtomicFiles.writeText(folder().resolve(PhysicsResult.FILE_NAME), Json.compact(made) + "\n");
    return made;
  }

  /** The learned prior: read where there is one, else fitted. */
  FlowPrior prior() {
    Path file = folder().resolve(FlowPrior.FILE_NAME);
    String key = weightsKey();
    if (Files.exists(file)) {
      return FlowPrior.read(file, key, "./workbook physics --only " + run.experiment().name());
    }
    FlowPrior.Effort effort = smoke() ? FlowPrior.Effort.SMOKE : FlowPrior.Effort.USUAL;
    FlowPrior made =
        run.with(
            (model, manager) -> FlowPrior.fit(key, model, run.dataset().train(), effort, manager));
    made.write(file);
    return made;
  }

  private Split films() {
    DatasetSpec own = run.dataset().spec();
    DatasetSpec fresh = Probing.fresh(own, extent.films(), SEED).withSteps(DatasetSpec.PAPER_STEPS);
    return Dataset.open(fresh, workspace, Progress.NONE).test();
  }

  private PhysicsResult make(Hgn model, FlowPrior prior, StudyResult study, NDManager manager) {
    Split films = films();
    double[][][] filmed = tracks(films.size(), manager, films::frames);
    Motion known = motion(filmed);
    int half = filmed.length / 2;
    Motion.Distance halves =
        motion(Arrays.copyOf(filmed, half))
            .from(motion(Arrays.copyOfRange(filmed, half, filmed.length)));
    Latents usual = Latents.normal(model);
    SampleQuality normal = quality(model, usual, films, manager);
    SampleQuality learned = quality(model, prior, films, manager);
    SyMetric symetric = symetric(model, films, manager);
    String variation = run.experiment().name().replace("." + run.experiment().system(), "");
    return new PhysicsResult(
        weightsKey(),
        VERSION + StudyKey.of(run.result()),
        variation,
        run.experiment().system(),
        run.experiment().budget().id(),
        run.experiment().seed(),
        run.result().testMse(),
        study.time()[study.time().length - 1],
        study.validForward(),
        study.validBackward(),
        new PhysicsResult.Symplectic(
            symetric.verdict(),
            symetric.rSquared(),
            symetric.deviation(),
            symetric.order(),
            symetric.pairs()),
        dreams(normal, motion(dreamt(model, usual, manager)), known),
        dreams(learned, motion(dreamt(model, prior, manager)), known),
        learned.floor(),
        new double[] {halves.reach(), halves.speed(), halves.drift()},
        chaos(model, films, manager));
  }

  private Motion motion(double[][][] tracks) {
    return Motion.of(run.dataset().spec().physics(), tracks, run.dt());
  }

  private SampleQuality quality(Hgn model, Latents prior, Split films, NDManager manager) {
    return SampleQuality.of(
        model, prior, films, extent.compared(), new SplittableRandom(SEED), manager);
  }

  private static PhysicsResult.Dreams dreams(SampleQuality quality, Motion dreamt, Motion known) {
    Motion.Distance apart = dreamt.from(known);
    return new PhysicsResult.Dreams(
        quality.distance(),
        quality.coverage(),
        new double[] {apart.reach(), apart.speed(), apart.drift()},
        quantiles(dreamt.reach()),
        quantiles(known.reach()));
  }

  private static double[] quantiles(double... values) {
    return Arrays.stream(QUANTILES).map(q -> StudyResult.quantile(q, values)).toArray();
  }

  /** Positions of the discs of dreamt films. */
  private double[][][] dreamt(Hgn model, Latents prior, NDManager manager) {
    SplittableRandom random = new SplittableRandom(SEED);
    return tracks(
        extent.dreams(),
        manager,
        (scope, chunk) ->
            RunFilms.frames(
                model, prior.draw(scope, chunk.length, random), DatasetSpec.PAPER_STEPS));
  }

  /**
   * Positions of discs as they are found in frames, [count][frames][2 · bodies]: of films too, or a
   * dream would differ from them by what the tracker misses.
   */
  private double[][][] tracks(
      int count, NDManager manager, BiFunction<NDManager, int[], NDArray> frames) {
    DiscTracker tracker = new DiscTracker(run.dataset().spec().rendering());
    double[][][] tracks = new double[count][][];
    for (int from = 0; from < count; from += Probing.CHUNK) {
      int[] chunk = IntStream.range(from, Math.min(count, from + Probing.CHUNK)).toArray();
      try (NDManager scope = manager.newSubManager()) {
        NDArray shown = frames.apply(scope, chunk);
        for (int i = 0; i < chunk.length; i++) {
          tracks[chunk[i]] = tracker.track(List.of(RunFilms.sequence("", shown.get(i)).frames()));
        }
      }
    }
    return tracks;
  }

  private NDArray latents(Hgn model, Split films, int count, NDManager manager) {
    return Probing.latents(model, films, count, run.firstTarget(), manager);
  }

  private NDArray truth(Split films, int count, NDManager manager) {
    return Probing.flat(Probing.truth(films, count, run.firstTarget(), manager));
  }

  private SyMetric symetric(Hgn model, Split films, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      int count = Math.min(extent.probed(), films.size());
      double[][] latent = PhaseState.rows(latents(model, films, count, scope));
      double[][] truth = PhaseState.rows(truth(films, count, scope));
      return SyMetric.of(latent, truth, count, uncertain(model, films, count, scope));
    }
  }

  /**
   * The share of each latent variable's variance that lies within the posterior of a film. Behind
   * f_ψ it is that of the states that draws of z become.
   */
  private static double[] uncertain(Hgn model, Split films, int count, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      int few = Math.min(count, 2 * Probing.CHUNK);
      NDArray frames = films.frames(scope, Probing.range(few));
      NDArray seen = frames.get(new NDIndex(":,0:{}", model.spec().contextFrames()));
      Posterior posterior = model.encode(seen);
      SplittableRandom random = new SplittableRandom(SEED);
      NDList draws = new NDList();
      for (int i = 0; i < DRAWS; i++) {
        float[] noise = new float[(int) posterior.mean().size()];
        for (int j = 0; j < noise.length; j++) {
          noise[j] = model.spec().variational() ? (float) random.nextGaussian() : 0;
        }
        NDArray z = posterior.sample(scope.create(noise, posterior.mean().getShape()));
        draws.add(Probing.flat(model.firstState(z)));
      }
      NDArray all = NDArrays.stack(draws, 0);
      NDArray own = all.sub(all.mean(new int[] {0}, true)).square().reshape(-1, all.size(2));
      NDArray flat = all.reshape(-1, all.size(2));
      NDArray spread = flat.sub(flat.mean(new int[] {0}, true)).square().mean(new int[] {0});
      return own.mean(new int[] {0}).div(spread.add(1e-12)).toDoubleArray();
    }
  }

  /** Reads the true state off the latent one. */
  private PolynomialProbe probe(Hgn model, Split films, NDManager manager) {
    int count = Math.min(extent.read(), films.size());
    return PolynomialProbe.fit(latents(model, films, count, manager), truth(films, count, manager));
  }

  /** Valid times of the exact physics from the states that the model infers. */
  private PhysicsResult.Chaos chaos(Hgn model, Split films, NDManager manager) {
    Study study = new Study(run, workspace, run.firstTarget());
    Split longer = study.films();
    int steps = study.steps();
    try (NDManager scope = manager.newSubManager()) {
      PolynomialProbe probe = probe(model, films, scope);
      DatasetSpec spec = run.dataset().spec();
      Exact exact =
          new Exact(
              spec.physics(),
              spec.rendering(),
              run.dt(),
              frames -> probe.read(Probing.flat(model.infer(frames))));
      LongRollouts rollouts = LongRollouts.of(exact, longer, run.firstTarget(), steps, scope);
      PhaseState all = longer.states(scope, DataType.FLOAT64, Probing.range(longer.size()));
      NDIndex present = new NDIndex(":,{}", steps);
      double[] times =
          exact.lyapunovTimes(new PhaseState(all.q().get(present), all.p().get(present)), steps);
      double[] chaotic = Arrays.stream(times).filter(Double::isFinite).toArray();
      return new PhysicsResult.Chaos(
          chaotic.length / (double) times.length,
          chaotic.length == 0 ? Double.NaN : StudyResult.median(chaotic),
          Probing.times(run.dt(), rollouts.valid(false)),
          Probing.times(run.dt(), rollouts.valid(true)));
    }
  }

  /** First coordinate and momentum along a film of the study's: the truth, and what is read. */
  List<Series> orbit(int index, String label) {
    Study study = new Study(run, workspace, run.firstTarget());
    Split longer = study.films();
    int steps = study.steps();
    return run.with(
        (model, manager) -> {
          Split films = films();
          PolynomialProbe probe = probe(model, films, manager);
          NDIndex seen = new NDIndex(":,{}:", steps - run.firstTarget());
          PhaseState start = model.infer(longer.frames(manager, index).get(seen));
          NDList rows = new NDList();
          model
              .rollout(start, model.dt(), steps)
              .forEach(s -> rows.add(probe.read(Probing.flat(s))));
          PhaseState all = longer.states(manager, DataType.FLOAT64, index);
          NDIndex known = new NDIndex("0,{}:{},0", steps, 2 * steps + 1);
          NDArray read = NDArrays.concat(rows, 0);
          return List.of(
              new Series(
                  "truth", all.q().get(known).toDoubleArray(), all.p().get(known).toDoubleArray()),
              new Series(
                  label,
                  read.get(new NDIndex(":,0")).toDoubleArray(),
                  read.get(new NDIndex(":,{}", longer.dimension())).toDoubleArray()));
        });
  }
}
