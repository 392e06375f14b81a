package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.random.RandomGenerator;

/**
 * One step of a training: everything in it is freed when the step ends.
 *
 * @param iteration its number, from 0
 * @param weights the flat vector to differentiate with respect to
 * @param manager owner of the step's arrays
 * @param random the step's own randomness, a function of seed and iteration
 * @param gradients adds to the gradient of the weights
 */
public record Step(
    long iteration,
    NDArray weights,
    NDManager manager,
    RandomGenerator random,
    GradientCollector gradients) {

  /**
   * Adds the gradient of a scalar to every leaf it depends on.
   *
   * @param loss one value
   * @throws IllegalArgumentException if it is no scalar: DJL would sum it silently
   */
  public void backward(NDArray loss) {
    if (loss.size() != 1) {
      throw new IllegalArgumentException(
          "backward needs one value, got %s".formatted(loss.getShape()));
    }
    gradients.backward(loss);
  }

  /**
   * The same values as a new leaf of the graph, whose gradient can be asked for.
   *
   * @param x any array
   */
  public NDArray leaf(NDArray x) {
    NDArray leaf = x.stopGradient();
    leaf.setRequiresGradient(true);
    return leaf;
  }
}
