package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.nn.Layout;
import java.util.Map;

/** Training objective of a model: the loss of one step and its gradient. */
public interface Objective {

  /** Layout of the weights that are trained. */
  Layout layout();

  /**
   * Weights to begin with.
   *
   * @param seed of the random ones
   */
  default float[] initial(long seed) {
    return layout().initial(seed);
  }

  /**
   * Evaluates the loss of one step and back-propagates it to {@link Step#weights()}.
   *
   * @param step the step's weights, randomness and native memory
   * @return scalars for the log
   */
  Terms accumulate(Step step);

  /**
   * Numbers that change from step to step beside the weights, for example a multiplier. They are
   * part of a checkpoint.
   */
  default double[] state() {
    return new double[0];
  }

  /**
   * Restores what {@link #state()} gave.
   *
   * @param state the numbers
   */
  default void restore(double[] state) {}

  /**
   * Accepts the step just evaluated; not called where its gradient was not finite.
   *
   * @param terms of the step
   */
  default void accept(Map<String, Double> terms) {}

  /**
   * From now on what changes from step to step stays on the device: steps are accepted by {@link
   * #accept(NDArray)}.
   *
   * @param keeper owner of what stays
   */
  default void stay(NDManager keeper) {}

  /**
   * Accepts the step just evaluated, on the device.
   *
   * @param taken 1 where the weights were updated, else 0
   */
  default void accept(NDArray taken) {}
}
