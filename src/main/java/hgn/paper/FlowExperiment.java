package hgn.paper;

import hgn.data.CsvTarget;
import hgn.data.Target;
import hgn.data.Targets;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.TrainingWatch;
import java.nio.file.Path;

/**
 * A density model on a target, at a budget: a curve of Fig 10, a row of Fig 9.
 *
 * @param model which flow
 * @param target what it learns
 * @param budget how much to spend
 * @param seed of weights, points and noise
 */
public record FlowExperiment(FlowModel model, Target target, Budget budget, long seed)
    implements Trainable {

  /**
   * Checks that the flow can learn the target.
   *
   * @throws UserError if it couples dimensions and there is one
   */
  public FlowExperiment {
    if (target.dimension() < model.leastDimension()) {
      throw UserError.usage(
          "%s has %d dimension, and %s couples at least %d: use one of nhf-*",
          target.id(), target.dimension(), model.id(), model.leastDimension());
    }
  }

  /** The name: {@code <flow>.<target>}. */
  @Override
  public String name() {
    return model.id() + "." + target.id();
  }

  /** Whether a name begins like a flow's. */
  public static boolean isName(String name) {
    return name.startsWith("nhf-") || name.startsWith("rnvp-");
  }

  /**
   * The experiment of that name, at the quick budget.
   *
   * @param name for example "nhf-2.two-moons", "rnvp-3.mixture-4-d6" or "nhf-2.file:points.csv"
   * @throws UserError naming the known ones if there is none
   */
  public static FlowExperiment named(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw UserError.usage(
          "unknown experiment '%s', expected <flow>.<target>, for example nhf-2.two-moons", name);
    }
    FlowModel model = FlowModel.named(name.substring(0, dot));
    String target = name.substring(dot + 1);
    return of(
        model,
        target.startsWith(CsvTarget.FILE)
            ? CsvTarget.read(Path.of(target.substring(CsvTarget.FILE.length())))
            : Targets.named(target));
  }

  /** A model on a target, at the quick budget, with the first seed. */
  public static FlowExperiment of(FlowModel model, Target target) {
    return new FlowExperiment(model, target, Budget.QUICK, Experiment.DEFAULT_SEED);
  }

  /** The same at another budget. */
  @Override
  public FlowExperiment within(Budget other) {
    return new FlowExperiment(model, target, other, seed);
  }

  /** The same with another seed; such a run has a folder of its own. */
  @Override
  public FlowExperiment withSeed(long other) {
    return new FlowExperiment(model, target, budget, other);
  }

  /** Spec of everything that determines the run. */
  public FlowExperimentSpec spec() {
    return FlowExperimentSpec.of(model, target, budget, seed);
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace with a progress bar. */
  public FlowRun train() {
    return train(TrainingWatch.of(Progress.console(name())));
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace. */
  public FlowRun train(TrainingWatch watch) {
    return train(Workspace.find(), watch);
  }

  /** The finished run, as {@link #result} has it trained. */
  public FlowRun train(Workspace workspace, TrainingWatch watch) {
    return new FlowRun(this, new Lifecycle<>(recipe(workspace), workspace).train(watch));
  }

  @Override
  public FlowRecipe recipe(Workspace workspace) {
    return new FlowRecipe(this);
  }
}
