package hgn.paper;

import hgn.data.DatasetSpec;
import hgn.io.Records;
import hgn.io.Text;
import hgn.models.Architecture;
import hgn.models.CompactShape;
import hgn.models.HgnSpec;
import hgn.training.FrameDraw;
import hgn.training.Geco;
import hgn.training.HgnTraining;
import hgn.training.Horizon;
import hgn.training.Schedule;
import hgn.training.TrainingSpec;
import java.util.function.UnaryOperator;

/**
 * Spec of everything that determines a run of an HGN. Its JSON is what a checkpoint and a result
 * belong to.
 *
 * @param model which HGN
 * @param dataset what it learns from
 * @param training how long and how fast
 * @param hgn how
 * @param seed of weights, batches and noise
 * @param evaluationSequences how many sequences of each split are scored
 * @param films longer ones to learn from, where they are not those of the dataset, which is then
 *     what is scored; null, which a spec's text leaves out, where they are
 */
public record HgnExperimentSpec(
    HgnSpec model,
    DatasetSpec dataset,
    TrainingSpec training,
    HgnTraining hgn,
    long seed,
    int evaluationSequences,
    DatasetSpec films)
    implements ExperimentSpec {

  /** GECO's constants (§A.1): tolerance², rate, memory. None is stated. */
  public static final Geco.Spec GECO = new Geco.Spec(2e-4, 0.1, 0.99);

  /** Not the paper's: found by trial to learn within minutes. */
  private static final Schedule QUICK_SCHEDULE = new Schedule(2e-3, 50, 0);

  /**
   * A rate by which the multiplier grows tenfold in two thousand steps. With {@link #GECO}'s it
   * hardly moves: the divergence then takes more of the effort, and films are painted worse.
   */
  private static final Geco.Spec QUICK_GECO = Records.with(GECO, "rate", 0.6);

  /** Two frames of each film's own below a growing horizon, found as the schedule was. */
  private static final HgnTraining QUICK_TRAINING =
      new HgnTraining(2, new Horizon(2, 15), QUICK_GECO, false, FrameDraw.SPREAD);

  /** The quick budget's before: of runs at the paper's length that began with it. */
  private static final Schedule COMPACT_SCHEDULE = new Schedule(1e-3, 20, 0.01);

  private static final HgnTraining COMPACT_TRAINING =
      new HgnTraining(6, new Horizon(2, 20), GECO, false);

  /** §A.1: Adam's rate. */
  public static final double PAPER_RATE = 1.5e-4;

  /** §A.5: iterations and batch. */
  private static final int PAPER_ITERATIONS = 15_000;

  private static final int PAPER_BATCH = 16;

  /** Not stated. From our initial values the norm is below it after the first steps. */
  private static final double CLIP_NORM = 1;

  static HgnExperimentSpec of(
      Model model, String system, Protocol protocol, Budget budget, long seed) {
    HgnExperimentSpec usual =
        new HgnExperimentSpec(
            network(model, protocol, budget),
            dataset(system, protocol, budget),
            training(budget, quickIterations(system)),
            objective(budget),
            seed,
            budget.evaluationSequences(),
            null);
    return model.successor() == null ? usual : model.successor().of(usual, system, budget);
  }

  /** The paper's architecture at the paper's budget, the lean network below it. */
  static HgnSpec network(Model model, Protocol protocol, Budget budget) {
    return budget == Budget.PAPER
        ? model.spec(Architecture.PAPER, protocol)
        : model.spec(Architecture.COMPACT, protocol).withShape(CompactShape.LEAN);
  }

  /**
   * Length and rate of a training.
   *
   * @param budget how much to spend
   * @param quickIterations of the quick budget
   */
  static TrainingSpec training(Budget budget, int quickIterations) {
    return switch (budget) {
      case SMOKE -> new TrainingSpec(12, 4, new Schedule(1e-3, 0, 1), CLIP_NORM, 2);
      case QUICK -> new TrainingSpec(quickIterations, PAPER_BATCH, QUICK_SCHEDULE, CLIP_NORM, 10);
      case PAPER ->
          new TrainingSpec(
              PAPER_ITERATIONS, PAPER_BATCH, Schedule.constant(PAPER_RATE), CLIP_NORM, 50);
    };
  }

  /** Targets and weights of a training step. */
  static HgnTraining objective(Budget budget) {
    return switch (budget) {
      case SMOKE -> new HgnTraining(2, new Horizon(2, 1), GECO, false);
      case QUICK -> QUICK_TRAINING;
      case PAPER -> new HgnTraining(0, Horizon.FULL, GECO, false);
    };
  }

  /** The same with a change of the network. */
  public HgnExperimentSpec model(UnaryOperator<HgnSpec> change) {
    return Records.with(this, "model", change.apply(model));
  }

  /** The same with a change of the data. */
  public HgnExperimentSpec dataset(UnaryOperator<DatasetSpec> change) {
    return Records.with(this, "dataset", change.apply(dataset));
  }

  /** The same with a change of what a step asks for. */
  public HgnExperimentSpec hgn(UnaryOperator<HgnTraining> change) {
    return Records.with(this, "hgn", change.apply(hgn));
  }

  /** The same for another number of iterations. */
  public HgnExperimentSpec iterations(int count) {
    return Records.with(this, "training", Records.with(training, "iterations", count));
  }

  /** The same with another number of films a step. */
  public HgnExperimentSpec batch(int films) {
    return Records.with(this, "training", Records.with(training, "batch", films));
  }

  /** The same with another learning rate over the iterations. */
  public HgnExperimentSpec schedule(Schedule other) {
    return Records.with(this, "training", Records.with(training, "schedule", other));
  }

  /** The same with another highest learning rate. */
  public HgnExperimentSpec rate(double highest) {
    return schedule(Records.with(training.schedule(), "rate", highest));
  }

  /** The same with another time between two frames, of all films and of the model's rollouts. */
  public HgnExperimentSpec dt(double time) {
    return model(m -> Records.with(m, "dt", time)).everyFilm(d -> Records.with(d, "dt", time));
  }

  private HgnExperimentSpec everyFilm(UnaryOperator<DatasetSpec> change) {
    HgnExperimentSpec scored = dataset(change);
    return films == null ? scored : Records.with(scored, "films", change.apply(films));
  }

  /**
   * The same with another number of latent positions, and of momenta.
   *
   * @throws IllegalArgumentException if the architecture is the paper's, which has 16 channels
   */
  public HgnExperimentSpec latent(int size) {
    if (model.architecture() != Architecture.COMPACT) {
      throw new IllegalArgumentException(
          Text.of(
              "a latent of size %d needs the compact architecture, as lean() and compact() have it:"
                  + " §A.1's has %d channels",
              size, HgnSpec.CHANNELS));
    }
    return model(m -> m.withShape(m.compact().withLatent(size)));
  }

  /** The same with frames of another height and width: 32 or 64. */
  public HgnExperimentSpec imageSize(int size) {
    return model(m -> m.withImageSize(size)).everyFilm(d -> d.withImageSize(size));
  }

  /** The same with targets that reach another way. */
  public HgnExperimentSpec horizon(Horizon other) {
    return hgn(h -> h.withHorizon(other));
  }

  /**
   * The same with another number of target frames a step.
   *
   * @param frames of each film; 0 for all
   * @param way how they are drawn
   */
  public HgnExperimentSpec frames(int frames, FrameDraw way) {
    return hgn(h -> h.withFrames(frames, way));
  }

  /** The same with another tolerance² of GECO's constraint on the reconstruction. */
  public HgnExperimentSpec tolerance(double squared) {
    return hgn(h -> h.withGeco(Records.with(h.geco(), "toleranceSquared", squared)));
  }

  /**
   * The compact architecture in its usual size, six frames a step that all films share and half the
   * quick budget's rate, with what this spec says of data, iterations, batch and seed.
   */
  public HgnExperimentSpec compact() {
    return model(m -> m.in(Architecture.COMPACT))
        .schedule(COMPACT_SCHEDULE)
        .hgn(h -> COMPACT_TRAINING);
  }

  /**
   * The lean network, trained as at the quick budget, with what this spec says of data, iterations,
   * batch and seed.
   */
  public HgnExperimentSpec lean() {
    return model(m -> m.in(Architecture.COMPACT).withShape(CompactShape.LEAN))
        .schedule(QUICK_SCHEDULE)
        .hgn(h -> QUICK_TRAINING);
  }

  /**
   * Not stated. Three bodies, with twice as many state variables, take longer to learn. Two minutes
   * of one idle core, of three bodies five.
   */
  private static int quickIterations(String system) {
    return system.equals("three-body") ? 5000 : 2000;
  }

  /**
   * Dataset of a budget: 50 000 + 10 000 trajectories in the paper (§A.4).
   *
   * @param system id of the physical system
   * @param protocol how many steps a trajectory has
   * @param budget how many trajectories
   */
  static DatasetSpec dataset(String system, Protocol protocol, Budget budget) {
    DatasetSpec spec =
        switch (budget) {
          case SMOKE -> DatasetSpec.of(system, 64, 64, DatasetSpec.SEED);
          case QUICK -> DatasetSpec.of(system, 20_000, 2_000, DatasetSpec.SEED);
          case PAPER ->
              DatasetSpec.of(
                  system, DatasetSpec.PAPER_TRAIN, DatasetSpec.PAPER_TEST, DatasetSpec.SEED);
        };
    return spec.withSteps(protocol.steps());
  }
}
