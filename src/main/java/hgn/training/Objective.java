package hgn.training;

import hgn.nn.Layout;
import java.util.Map;

/** What a model is trained for: the loss of one step and its gradient. */
public interface Objective {

  /** Where the weights that are trained lie. */
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
   * @return named scalars for the log; {@code "loss"} is among them
   */
  Map<String, Double> accumulate(Step step);

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

  /** Accepts the step just evaluated; not called where its gradient was not finite. */
  default void accept() {}
}
