package hgn.paper;

import ai.djl.ndarray.NDManager;
import hgn.data.NativeThreads;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.training.Compute;
import hgn.training.TrainingLog;
import java.util.function.BiFunction;

/**
 * A finished run of any kind: its recipe, what was measured, its weights, data and log. Holds no
 * native memory.
 *
 * @param weights null where the repository has the result alone
 */
record Trained<D, M>(
    Recipe<D, M> recipe, RunResult result, float[] weights, D data, TrainingLog log) {

  /** The weights, which have to be there. */
  float[] needed() {
    if (weights == null) {
      Trainable experiment = recipe.experiment;
      throw RunFolder.weightless(experiment.name(), experiment);
    }
    return weights;
  }

  /** The same run with other weights. */
  Trained<D, M> with(float[] others, RunResult measured) {
    return new Trained<>(recipe, measured, others, data, log);
  }

  /**
   * Uses the model with its weights on the device; on a CPU on one native thread, since last digits
   * depend on how many there are, and a figure should be the same on every machine.
   *
   * @param use what to compute; everything it makes is freed when it returns
   * @return what it returns: nothing native
   */
  <T> T with(BiFunction<M, NDManager, T> use) {
    return NativeThreads.single(() -> with(recipe, needed(), use));
  }

  static <M, T> T with(Recipe<?, M> recipe, float[] weights, BiFunction<M, NDManager, T> use) {
    return recipe.compute(
        () -> {
          try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
            return use.apply(
                recipe.blueprint.bind(recipe.layout.bind(manager.create(weights))), manager);
          }
        });
  }

  /** A column of the training's log over the iterations. */
  Series curve(String column, String label) {
    return new Series(label, log.column("iteration"), log.column(column));
  }
}
