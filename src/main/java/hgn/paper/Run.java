package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.FilmData;
import hgn.dynamics.PhaseState;
import hgn.evaluation.HgnEvaluation;
import hgn.evaluation.Latents;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.models.Hgn;
import hgn.nn.Layout;
import hgn.results.Band;
import hgn.results.Film;
import hgn.results.FrameSequence;
import hgn.results.LatentModel;
import hgn.results.PaperScore;
import hgn.results.PhysicsResult;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.SequenceScore;
import hgn.results.Series;
import hgn.results.StudyResult;
import hgn.training.HgnObjective;
import hgn.training.WeightsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A trained HGN or PixelHNN with what was measured of it, to be shown. Holds no native memory. Of
 * some runs the repository has no weights: what they have measured and logged can be shown, and
 * whatever asks the model itself throws a {@link UserError} that says how to train it.
 */
public final class Run implements LatentModel.Source {
  private final Experiment experiment;
  private final Trained<FilmData, FilmModel> trained;
  private final FilmData data;

  Run(Experiment experiment, Trained<FilmData, FilmModel> trained) {
    this.experiment = experiment;
    this.trained = trained;
    this.data = trained.data();
  }

  /** The experiment that was trained. */
  public Experiment experiment() {
    return experiment;
  }

  /** The result: numbers that were measured. */
  public RunResult result() {
    return trained.result();
  }

  /** The films it was trained on and judged by. */
  public FilmData films() {
    return data;
  }

  /**
   * The simulated dataset it was trained on.
   *
   * @throws UserError if it was trained on films of the user's own, of which no states are known
   */
  public Dataset dataset() {
    if (data instanceof Dataset simulated) {
      return simulated;
    }
    throw UserError.usage(
        "%s was trained on films of your own: their true states are not known; use films()",
        experiment.name());
  }

  /** Time between two frames. */
  public double dt() {
    return data.dt();
  }

  /** The paper's numbers of the same model on the same system. */
  public PaperScore paper() {
    return experiment.paper();
  }

  /** Training error over the iterations. */
  public Series errorCurve() {
    return curve("mse", "training MSE");
  }

  /**
   * Training error over the wall time of the training, in seconds.
   *
   * @param label what the run is called in figures
   */
  public Series errorOverTime(String label) {
    return new Series(label, trained.log().column("seconds"), trained.log().column("mse"));
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
    return trained.curve(column, label);
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
          throw UserError.usage(
              "%s is no HGN: it has no posterior and no prior to sample from; use one of hgn-*",
              experiment.name());
        });
  }

  /** Shapes of the frames seen, of z, of q and of a decoded frame: "31 × 3 × 32 × 32" and so on. */
  public List<String> shapes() {
    return new RunFilms(this).shapes();
  }

  <T> T withModel(BiFunction<FilmModel, NDManager, T> use) {
    return trained.with(use);
  }

  /**
   * A test sequence and its rollouts, as in Fig. 7: forward, backward from where the forward one
   * ended, at double and at half speed.
   *
   * @param index of the test sequence
   * @return truth, forward, backward, double speed, half speed
   */
  public List<FrameSequence> rollouts(int index) {
    return new RunFilms(this).rollouts(data.test(), index);
  }

  /**
   * The same of a training sequence.
   *
   * @param index of the training sequence
   */
  public List<FrameSequence> trainRollouts(int index) {
    return new RunFilms(this).rollouts(data.train(), index);
  }

  /**
   * A test sequence and what the model makes of it, to be played: its reconstruction, or, where the
   * encoder sees the first frames only, its prediction of the others.
   *
   * @param index of the test sequence
   * @return truth and model
   */
  public Film film(int index) {
    return new RunFilms(this).film(index);
  }

  /**
   * The rollouts of a test sequence, to be played frame by frame beside it: forward, backward from
   * where the forward one ended, at double and at half speed.
   *
   * @param index of the test sequence
   * @return truth and four rollouts
   */
  public Film rolloutFilm(int index) {
    return new RunFilms(this).rolloutFilm(index);
  }

  /**
   * A film of the {@link #study}'s, as long as its rollouts: ten times the training horizon.
   *
   * @param index of the film, from 0
   * @return truth and rollout from the frames that the encoder sees
   */
  public Film longFilm(int index) {
    return new RunFilms(this).longFilm(index);
  }

  /**
   * Truth and reconstruction of some test sequences; where frames are noisy, the noisy film that
   * the encoder sees, the reconstruction and the film without noise.
   *
   * @param indices of the test sequences
   * @return two strips a sequence, or three
   */
  public List<FrameSequence> reconstructions(int... indices) {
    return new RunFilms(this).reconstructions(indices);
  }

  /**
   * Rollouts of states drawn from the prior (Fig. 8).
   *
   * @param count how many
   * @param seed of the draw
   */
  public List<FrameSequence> samples(int count, long seed) {
    return samples(count, seed, null);
  }

  /**
   * Rollouts of states drawn from a prior that was learned after training.
   *
   * @param count how many
   * @param seed of the draw
   * @param learned see {@link #prior}; null for N(0, I)
   */
  public List<FrameSequence> samples(int count, long seed, Latents learned) {
    return with(
        (model, manager) -> {
          Latents prior = learned == null ? Latents.normal(model) : learned;
          NDArray z = prior.draw(manager, count, new SplittableRandom(seed));
          return new RunFilms(this).dreamt(model, z, i -> "sample " + (i + 1));
        });
  }

  /**
   * Decoder and energies with states to start from: what {@code Show.explorer(run)} runs in the
   * browser.
   *
   * @throws UserError if the run is of no HGN with a vector latent, or has no weights
   */
  @Override
  public LatentModel latentModel() {
    return LatentModels.of(this);
  }

  /** Error of every frame on the test set, with the energy's conservation. */
  public SequenceScore score() {
    return withModel(
        (model, manager) ->
            HgnEvaluation.score(
                experiment.model().title(),
                model,
                data.test(),
                experiment.budget().evaluationSequences(),
                firstTarget(),
                0,
                manager,
                Progress.NONE));
  }

  /** The same of weights from elsewhere, by name and shape, as {@link NpzExport} writes them. */
  public SequenceScore score(Path safetensors) {
    float[] others = WeightsFile.imported(safetensors, layout());
    return new Run(experiment, trained.with(others, result())).score();
  }

  Layout layout() {
    return trained.recipe().layout;
  }

  /** Whether there are weights, so that the model itself can be asked. */
  public boolean hasWeights() {
    return trained.weights() != null;
  }

  float[] weights() {
    return trained.needed().clone();
  }

  /**
   * Error of every target frame of the test set, over time, with one standard deviation over the
   * sequences.
   */
  public Band frameErrors() {
    SequenceScore score = score();
    double[] mean = score.frameMeans();
    double[] time = Series.times(mean.length, dt());
    return Band.around(score.label(), time, mean, score.frameDeviations());
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
          NDArray frames = data.test().frames(manager, IntStream.range(0, count).toArray());
          List<PhaseState> states = HgnEvaluation.infer(model, frames, steps);
          double[] time = Series.times(steps + 1, dt());
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
   * Study of the model: how long rollouts hold, whether they return, what the latent state knows;
   * kept in this workspace beside the run.
   */
  public StudyResult study() {
    return study(Workspace.find());
  }

  /**
   * Result and study beside the paper's numbers: a row of tables over many runs. Where there are no
   * weights to study, the study is the one that is kept, or none.
   */
  public ScoredRun scored() {
    Workspace workspace = Workspace.find();
    return Scoreboard.scored(
        experiment,
        result(),
        hasWeights() ? study(workspace) : Scoreboard.study(experiment, result(), workspace),
        workspace);
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
    return interpolation(from, to, count, null);
  }

  /**
   * The same on a way through a learned prior, along which each z is as likely as films are.
   *
   * @param learned see {@link #prior}; null for the straight line
   */
  public List<FrameSequence> interpolation(int from, int to, int count, FlowPrior learned) {
    return new RunFilms(this).interpolation(from, to, count, learned);
  }

  /**
   * The prior that is fitted to its posterior after training, kept in this workspace beside the
   * run: read, or fitted now, within minutes.
   *
   * @throws UserError if it has no weights or is no HGN, or what is kept is damaged or of others
   */
  public FlowPrior prior() {
    return new PhysicsStudy(this, Workspace.find()).prior();
  }

  /**
   * Physics that it has learned: measured once, within minutes, and kept in this workspace beside
   * the run.
   *
   * @throws UserError if it has no weights or is no HGN, and nothing was kept
   */
  public PhysicsResult physics() {
    return new PhysicsStudy(this, Workspace.find()).result();
  }

  int firstTarget() {
    return HgnObjective.firstTarget(data.train().frames(), experiment.protocol().contextFrames());
  }
}
