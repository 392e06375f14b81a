package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One step of a training: everything in it is freed when the step ends.
 *
 * @param iteration its number, from 0
 * @param weights the flat vector to differentiate with respect to
 * @param manager owner of the step's arrays
 * @param random the step's own randomness, a function of seed and iteration
 * @param gradients adds to the gradient of the weights
 * @param clock told how long the phases took
 * @param deferred whether nothing may be read from the device while the step lasts
 */
public record Step(
    long iteration,
    NDArray weights,
    NDManager manager,
    RandomGenerator random,
    GradientCollector gradients,
    PhaseClock clock,
    boolean deferred) {

  /** A step that may read. */
  public Step(
      long iteration,
      NDArray weights,
      NDManager manager,
      RandomGenerator random,
      GradientCollector gradients,
      PhaseClock clock) {
    this(iteration, weights, manager, random, gradients, clock, false);
  }

  /** A step that nobody times. */
  public Step(
      long iteration,
      NDArray weights,
      NDManager manager,
      RandomGenerator random,
      GradientCollector gradients) {
    this(iteration, weights, manager, random, gradients, PhaseClock.NONE);
  }

  /**
   * Does a part of a phase, and times it where someone listens.
   *
   * @param phase its name
   * @param work the part
   * @return what the part gives
   * @param <T> its type
   */
  public <T> T time(String phase, Supplier<T> work) {
    if (clock == PhaseClock.NONE) {
      return work.get();
    }
    long began = System.nanoTime();
    T result = work.get();
    clock.add(phase, System.nanoTime() - began);
    return result;
  }

  /**
   * A step for a part of the batch: the same weights as a leaf of its own, and a manager of its
   * own, to be closed when its gradient has been taken.
   *
   * @param listener told how long its phases took
   */
  Step part(PhaseClock listener) {
    NDManager own = manager.newSubManager();
    NDArray copy = leaf(weights);
    copy.attach(own);
    return new Step(iteration, copy, own, random, gradients, listener, deferred);
  }

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
    time(
        "backward",
        () -> {
          gradients.backward(loss);
          return null;
        });
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
