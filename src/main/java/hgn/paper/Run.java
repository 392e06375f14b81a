package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import hgn.data.Dataset;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.evaluation.HgnEvaluation;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.models.Hgn;
import hgn.models.ModelBlueprint;
import hgn.results.Band;
import hgn.results.FrameSequence;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.SequenceScore;
import hgn.results.Series;
import hgn.results.StudyResult;
import hgn.training.Compute;
import hgn.training.HgnObjective;
import hgn.training.TrainingLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** A trained HGN or PixelHNN with what was measured of it, to be shown. Holds no native memory. */
public final class Run {
  private final Experiment experiment;
  private final RunResult result;
  private final ModelBlueprint<? extends FilmModel> blueprint;
  private final float[] weights;
  private final Dataset dataset;
  private final TrainingLog log;

  Run(
      Experiment experiment,
      RunResult result,
      ModelBlueprint<? extends FilmModel> blueprint,
      float[] weights,
      Dataset dataset,
      TrainingLog log) {
    this.experiment = experiment;
    this.result = result;
    this.blueprint = blueprint;
    this.weights = weights;
    this.dataset = dataset;
    this.log = log;
  }

  /** What was trained. */
  public Experiment experiment() {
    return experiment;
  }

  /** What was measured. */
  public RunResult result() {
    return result;
  }

  /** What it was trained on. */
  public Dataset dataset() {
    return dataset;
  }

  /** Time between two frames. */
  public double dt() {
    return dataset.spec().dt();
  }

  /** What the paper reports of the same model on the same system. */
  public PaperScore paper() {
    return PaperTables.of(experiment.model(), experiment.system());
  }

  /** Training error over the iterations. */
  public Series errorCurve() {
    return curve("mse", "training MSE");
  }

  /** KL divergence of the posterior from the prior over the iterations. */
  public Series divergenceCurve() {
    return curve("kl", "KL divergence (nats)");
  }

  /** GECO's multiplier over the iterations. */
  public Series multiplierCurve() {
    return curve("lambda", "GECO multiplier λ");
  }

  /**
   * A column of the training's log over the iterations.
   *
   * @param column its name, for example "canonical"
   * @param label what it is called in figures
   */
  public Series curve(String column, String label) {
    return new Series(label, log.column("iteration"), log.column(column));
  }

  /**
   * Uses the HGN with its weights on the device.
   *
   * @param use what to compute; everything it makes is freed when it returns
   * @return what it returns
   * @param <T> its type: nothing native
   * @throws UserError if the run is of another model
   */
  public <T> T with(BiFunction<Hgn, NDManager, T> use) {
    return withModel(
        (model, manager) -> {
          if (model instanceof Hgn hgn) {
            return use.apply(hgn, manager);
          }
          throw new UserError(
              UserError.Kind.USAGE,
              "%s is no HGN: it has no posterior and no prior to sample from; use one of hgn-*"
                  .formatted(experiment.name()));
        });
  }

  <T> T withModel(BiFunction<FilmModel, NDManager, T> use) {
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray flat = manager.create(weights);
      return use.apply(blueprint.bind(blueprint.layout().bind(flat)), manager);
    }
  }

  /**
   * A test sequence and its rollouts, as in Fig. 7: forward, backward from where the forward one
   * ended, at double and at half speed.
   *
   * @param index of the test sequence
   * @return truth, forward, backward, double speed, half speed
   */
  public List<FrameSequence> rollouts(int index) {
    return rollouts(dataset.test(), index);
  }

  /**
   * The same of a training sequence.
   *
   * @param index of the training sequence
   */
  public List<FrameSequence> trainRollouts(int index) {
    return rollouts(dataset.train(), index);
  }

  private List<FrameSequence> rollouts(Split split, int index) {
    return withModel(
        (model, manager) -> {
          NDArray frames = split.frames(manager, index);
          int first = firstTarget();
          int steps = split.frames() - first - 1;
          double dt = model.dt();
          List<PhaseState> forward = HgnEvaluation.infer(model, frames, steps);
          List<PhaseState> backward = model.rollout(forward.get(steps), -dt, steps);
          NDArray truth = frames.get(new NDIndex("0,{}:", first));
          return List.of(
              sequence("truth", truth),
              sequence("forward (+dt)", decoded(model, forward)),
              sequence("backward (−dt), from its end", decoded(model, backward)),
              sequence("double speed (+2dt)", decoded(model, faster(model, forward, 2 * dt))),
              sequence("half speed (+½dt)", decoded(model, faster(model, forward, dt / 2))));
        });
  }

  private static List<PhaseState> faster(FilmModel model, List<PhaseState> forward, double dt) {
    return model.rollout(forward.get(0), dt, forward.size() - 1);
  }

  /**
   * Truth and reconstruction of some test sequences.
   *
   * @param indices of the test sequences
   * @return two strips a sequence
   */
  public List<FrameSequence> reconstructions(int... indices) {
    List<FrameSequence> strips = new ArrayList<>();
    for (int index : indices) {
      List<FrameSequence> rows = rollouts(index);
      strips.add(rows.get(0));
      strips.add(new FrameSequence("reconstruction", rows.get(1).size(), rows.get(1).frames()));
    }
    return strips;
  }

  /**
   * Rollouts of states drawn from the prior (Fig. 8).
   *
   * @param count how many
   * @param seed of the draw
   */
  public List<FrameSequence> samples(int count, long seed) {
    return with(
        (model, manager) -> {
          SplittableRandom random = new SplittableRandom(seed);
          Shape shape = new Shape(count).addAll(model.latentShape());
          float[] z = new float[(int) shape.size()];
          for (int i = 0; i < z.length; i++) {
            z[i] = (float) random.nextGaussian();
          }
          PhaseState start = model.initialState(manager.create(z, shape));
          int steps = dataset.test().frames() - firstTarget() - 1;
          List<PhaseState> states = model.rollout(start, model.spec().dt(), steps);
          NDArray frames =
              NDArrays.stack(
                  new NDList(states.stream().map(s -> model.decode(s.q())).toArray(NDArray[]::new)),
                  1);
          return IntStream.range(0, count)
              .mapToObj(i -> sequence("sample " + (i + 1), frames.get(i)))
              .toList();
        });
  }

  /** Error of every frame on the test set, with the energy's conservation. */
  public SequenceScore score() {
    return score(dataset.test(), 0);
  }

  /**
   * The score that a table has, on other sequences of the same kind.
   *
   * @param split where they come from
   */
  SequenceScore tableScore(Split split) {
    return score(split, experiment.protocol() == Protocol.PREDICT ? 1 : 0);
  }

  private SequenceScore score(Split split, int skipped) {
    return withModel(
        (model, manager) ->
            HgnEvaluation.score(
                experiment.model().title(),
                model,
                split,
                experiment.spec().evaluationSequences(),
                firstTarget(),
                skipped,
                manager,
                Progress.NONE));
  }

  /** The same run with its weights as they are in that file now. */
  Run with(float[] other, RunResult measured) {
    return new Run(experiment, measured, blueprint, other, dataset, log);
  }

  ModelBlueprint<? extends FilmModel> blueprint() {
    return blueprint;
  }

  float[] weights() {
    return weights.clone();
  }

  /**
   * Error of every target frame of the test set, over time, with one standard deviation over the
   * sequences.
   */
  public Band frameErrors() {
    SequenceScore score = score();
    double dt = dt();
    double[] time =
        IntStream.range(0, score.frameMeans().length).mapToDouble(t -> t * dt).toArray();
    return Band.around(score.label(), time, score.frameMeans(), score.frameDeviations());
  }

  /**
   * The learned energy along rollouts of the first test sequences.
   *
   * @param count how many sequences
   * @param steps how many steps, beyond the training horizon if wished
   * @return energy over time, a curve a sequence
   */
  public List<Series> energies(int count, int steps) {
    return withModel(
        (model, manager) -> {
          NDArray frames = dataset.test().frames(manager, IntStream.range(0, count).toArray());
          List<PhaseState> states = HgnEvaluation.infer(model, frames, steps);
          double dt = dt();
          double[] time = IntStream.rangeClosed(0, steps).mapToDouble(t -> t * dt).toArray();
          double[][] energy = new double[count][steps + 1];
          for (int t = 0; t <= steps; t++) {
            float[] values = model.hamiltonian().energy(states.get(t)).toFloatArray();
            for (int i = 0; i < count; i++) {
              energy[i][t] = values[i];
            }
          }
          return IntStream.range(0, count)
              .mapToObj(i -> new Series("test sequence " + i, time, energy[i]))
              .toList();
        });
  }

  /**
   * How long its rollouts hold, whether they return, what its latent state knows: kept in this
   * workspace beside the run.
   */
  public StudyResult study() {
    return study(Workspace.find());
  }

  /** What was measured and studied beside the paper's numbers: a row of tables over many runs. */
  public ScoredRun scored() {
    Workspace workspace = Workspace.find();
    return new ScoredRun(
        experiment.title(),
        experiment.system(),
        result,
        study(workspace),
        paper(),
        workspace.root().relativize(experiment.folder(workspace).result()).toString());
  }

  StudyResult study(Workspace workspace) {
    return new Study(this, workspace, firstTarget()).result();
  }

  /**
   * Rollouts of states between those of two test sequences: z on the line between the posteriors'
   * means.
   *
   * @param from index of the first test sequence
   * @param to index of the second
   * @param count how many rollouts, both ends included
   * @return a strip each
   */
  public List<FrameSequence> interpolation(int from, int to, int count) {
    return with(
        (model, manager) -> {
          NDArray frames = dataset.test().frames(manager, from, to);
          NDArray context = frames.get(new NDIndex(":,0:{}", model.spec().contextFrames()));
          NDArray ends = model.encode(context).mean();
          NDArray a = ends.get(new NDIndex("0:1"));
          NDArray b = ends.get(new NDIndex("1:2"));
          int steps = dataset.test().frames() - firstTarget() - 1;
          List<FrameSequence> strips = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            double share = i / (count - 1.0);
            NDArray z = a.mul(1 - share).add(b.mul(share));
            List<PhaseState> states =
                model.rollout(model.initialState(z), model.spec().dt(), steps);
            strips.add(sequence("%.2f".formatted(share), decoded(model, states)));
          }
          return strips;
        });
  }

  private int firstTarget() {
    return HgnObjective.firstTarget(
        dataset.train().frames(), experiment.protocol().contextFrames());
  }

  /** Frames [n, 3, size, size] of the batch's first sequence. */
  private static NDArray decoded(FilmModel model, List<PhaseState> states) {
    return NDArrays.concat(
        new NDList(states.stream().map(s -> model.frame(first(s))).toArray(NDArray[]::new)), 0);
  }

  private static PhaseState first(PhaseState s) {
    return new PhaseState(s.q().get(new NDIndex("0:1")), s.p().get(new NDIndex("0:1")));
  }

  private static FrameSequence sequence(String label, NDArray frames) {
    int n = (int) frames.getShape().get(0);
    int size = (int) frames.getShape().get(3);
    float[] all = frames.toFloatArray();
    float[][] each = new float[n][];
    int length = all.length / n;
    for (int i = 0; i < n; i++) {
      each[i] = java.util.Arrays.copyOfRange(all, i * length, (i + 1) * length);
    }
    return new FrameSequence(label, size, each);
  }
}
