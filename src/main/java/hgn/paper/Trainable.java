package hgn.paper;

import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import java.nio.file.Files;

/** An experiment of any kind: its run is trained, resumed, loaded, packed and checked alike. */
public sealed interface Trainable permits Experiment, FlowExperiment, StateExperiment {

  /** Its name, as {@code ./workbook train} takes it. */
  String name();

  /** Effort that is spent on it. */
  Budget budget();

  /** Seed of weights, data and noise. */
  long seed();

  /**
   * The same at another budget.
   *
   * @param other how much to spend
   */
  Trainable within(Budget other);

  /**
   * The same with another seed; such a run has a folder of its own.
   *
   * @param other of weights, data and noise
   */
  Trainable withSeed(long other);

  /** Recipe: all that is particular to it in the life that every run has. */
  Recipe<?, ?> recipe(Workspace workspace);

  /**
   * Result of the finished run, which is trained now where there is none.
   *
   * @param workspace where runs are kept
   * @param watch who is told
   * @throws hgn.io.UserError if what is on disk is corrupt or of another spec, or another process
   *     trains it
   * @throws hgn.training.TrainingInterrupted if this thread was interrupted; the run can go on
   */
  default RunResult result(Workspace workspace, TrainingWatch watch) {
    return new Lifecycle<>(recipe(workspace), workspace).train(watch).result();
  }

  /**
   * Folder of its run with what determines it.
   *
   * @param workspace where runs are kept
   */
  default GridCell cell(Workspace workspace) {
    return new GridCell(name(), seed(), folder(workspace).path(), recipe(workspace).spec);
  }

  /**
   * Moves an earlier run of this name to {@code data/runs-old/}, whatever its spec, so that
   * training starts anew.
   *
   * @throws hgn.io.UserError if another process trains it
   */
  default void moveAside(Workspace workspace) {
    folder(workspace).moveAside();
  }

  /**
   * Looks whether it can be trained: its data are simulated, or read and checked.
   *
   * @throws hgn.io.UserError naming what is wrong with them
   */
  default void check(Workspace workspace) {
    var unused = recipe(workspace).data(TrainingWatch.NONE);
  }

  /**
   * Whether its run is finished and its weights are here, so that loading it trains nothing.
   *
   * @param workspace where runs are kept
   */
  default boolean ready(Workspace workspace) {
    RunFolder folder = folder(workspace);
    return Files.exists(folder.result()) && folder.hasWeights();
  }

  /** Folder of its run. */
  default RunFolder folder(Workspace workspace) {
    return RunFolder.of(this, workspace);
  }
}
