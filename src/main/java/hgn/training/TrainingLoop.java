package hgn.training;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The one training loop, for every model: Adam behind a clip by the global norm, non-finite steps
 * skipped and counted, checkpoints from which a killed run goes on bit for bit.
 */
public final class TrainingLoop {
  private static final double SECONDS_BETWEEN_CHECKPOINTS = 20;

  /** Number of skipped steps in a row that is no accident. */
  private static final int MOST_SKIPPED_IN_A_ROW = 50;

  private final TrainingSpec spec;
  private final long seed;
  private final Path checkpoint;
  private final String fingerprint;
  private final Device device;
  private final boolean deferred;

  /**
   * A loop.
   *
   * @param spec how long and how fast
   * @param seed of initial weights and of every step's randomness
   * @param checkpoint where the run is kept; it is read if it exists
   * @param fingerprint everything that determines the run, as text; a checkpoint of another is
   *     refused
   * @param device where to compute; from a GPU numbers are read for the rows of the log alone
   */
  public TrainingLoop(
      TrainingSpec spec, long seed, Path checkpoint, String fingerprint, Device device) {
    this(spec, seed, checkpoint, fingerprint, device, device.isGpu());
  }

  private TrainingLoop(
      TrainingSpec spec,
      long seed,
      Path checkpoint,
      String fingerprint,
      Device device,
      boolean deferred) {
    this.spec = spec;
    this.seed = seed;
    this.checkpoint = checkpoint;
    this.fingerprint = fingerprint;
    this.device = device;
    this.deferred = deferred;
  }

  /** The same, reading as seldom as from a GPU: for tests, to which a CPU stands in for one. */
  public TrainingLoop deferred() {
    return new TrainingLoop(spec, seed, checkpoint, fingerprint, device, true);
  }

  /**
   * Outcome of a finished training.
   *
   * @param weights flat
   * @param iterations steps taken
   * @param skipped of them, steps without an update
   * @param seconds wall time, all sessions together
   * @param log the rows
   */
  public record Outcome(
      float[] weights, long iterations, long skipped, double seconds, TrainingLog log) {}

  /**
   * Sees the run after every row of the log, for example to draw it.
   *
   * @see #fit
   */
  @FunctionalInterface
  public interface Observer {
    /** Watches nothing. */
    Observer NONE = (log, weights) -> {};

    /**
     * A row was added.
     *
     * @param log the rows so far
     * @param weights makes a copy of those that the training has reached
     */
    void row(TrainingLog log, Supplier<float[]> weights);
  }

  /**
   * Trains to the last iteration, from the checkpoint where there is one.
   *
   * @param objective what for
   * @param progress told after every step
   * @param observer told after every row of the log
   * @return the outcome; the last checkpoint holds the same weights
   * @throws TrainingInterrupted if the thread was interrupted; the run can go on
   * @throws UserError if the checkpoint cannot be read, written or belongs to another spec, or if
   *     the loss stays non-finite
   */
  public Outcome fit(Objective objective, Progress progress, Observer observer) {
    TrainingState state =
        Files.exists(checkpoint)
            ? TrainingState.read(
                checkpoint, fingerprint, objective.layout().size(), objective.state().length)
            : TrainingState.initial(objective.initial(seed), objective.state());
    objective.restore(state.objective());
    try (TrainingSteps steps =
        new TrainingSteps(
            objective, state, spec.clipNorm(), seed, device, PhaseClock.NONE, deferred)) {
      return new Session(objective, state, steps).run(progress, observer);
    }
  }

  /** One process's share of a run. */
  private final class Session {
    private final Objective objective;
    private final TrainingSteps steps;
    private final TrainingLog log;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();
    private long iteration;
    private long skipped;
    private int skippedInARow;
    private Map<String, Double> terms = Map.of();
    private double lastSaved;

    Session(Objective objective, TrainingState state, TrainingSteps steps) {
      this.objective = objective;
      this.steps = steps;
      log = state.log();
      iteration = state.iteration();
      skipped = state.skipped();
      secondsBefore = state.seconds();
      lastSaved = secondsBefore;
    }

    Outcome run(Progress progress, Observer observer) {
      // A full disk or a folder that cannot be written is found out before any work is done.
      save();
      progress.update(iteration, spec.iterations(), "");
      observer.row(log, steps::weights);
      while (iteration < spec.iterations()) {
        begin();
        iteration++;
        boolean last = iteration == spec.iterations();
        boolean row = iteration % spec.logEvery() == 0 || last;
        if (row || !deferred) {
          read();
        }
        if (row) {
          log.row(iteration, seconds());
          observer.row(log, steps::weights);
        }
        progress.update(iteration, spec.iterations(), note());
        boolean interrupted = Thread.interrupted();
        if (last || interrupted || seconds() - lastSaved > SECONDS_BETWEEN_CHECKPOINTS) {
          read();
          save();
        }
        if (interrupted && !last) {
          throw new TrainingInterrupted(
              Text.of(
                  "stopped after iteration %d of %d; the next training goes on from there",
                  iteration, spec.iterations()));
        }
      }
      return new Outcome(steps.weights(), iteration, skipped, seconds(), log);
    }

    /** A step that the device has no memory for changes nothing: what was reached is kept. */
    private void begin() {
      try {
        steps.begin(iteration, spec.schedule().at(iteration, spec.iterations()));
      } catch (EngineException e) {
        UserError known = UserError.in(e).orElseThrow(() -> e);
        read();
        save();
        throw known.advising(
            Text.of(
                "the run has a checkpoint after iteration %d of %d, and the same command goes on"
                    + " from it",
                iteration, spec.iterations()));
      }
    }

    private void read() {
      for (TrainingSteps.Taken taken : steps.read()) {
        terms = taken.terms();
        if (Double.isFinite(taken.norm())) {
          skippedInARow = 0;
          terms.put("gradientNorm", taken.norm());
          terms.put("learningRate", taken.rate());
          log.add(terms);
        } else {
          skip(taken.iteration() + 1);
        }
      }
    }

    private void skip(long number) {
      skipped++;
      skippedInARow++;
      if (skippedInARow > MOST_SKIPPED_IN_A_ROW) {
        throw new UserError(
            UserError.Kind.DATA,
            Text.of(
                    "loss or gradient was not finite in %d steps in a row, the last at iteration %d"
                        + " (%s):",
                    skippedInARow, number, terms)
                + " another seed may not meet this ('--seed'); '--fresh' starts this one anew; its"
                + " last checkpoint stands in "
                + checkpoint);
      }
    }

    /** Error and loss of the last step that was read, in words. */
    private String note() {
      if (terms.isEmpty()) {
        return "";
      }
      String mse = terms.containsKey("mse") ? Text.of("mse %.2e ", terms.get("mse")) : "";
      String skips = skipped == 0 ? "" : Text.of(" (%d skipped)", skipped);
      return Text.of("%sloss %.3e%s", mse, terms.get("loss"), skips);
    }

    private double seconds() {
      return secondsBefore + (System.nanoTime() - startNanos) / 1e9;
    }

    private void save() {
      lastSaved = seconds();
      Adam adam = steps.adam();
      new TrainingState(
              iteration,
              adam.updates(),
              skipped,
              seconds(),
              adam.weights(),
              adam.firstMoment(),
              adam.secondMoment(),
              objective.state(),
              log)
          .write(checkpoint, fingerprint);
    }
  }
}
