package hgn.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Takes one training step after another: loss, gradient, update. Holds the weights; what is logged,
 * kept and shown is the loop's business.
 */
public final class TrainingSteps implements AutoCloseable {
  private final Objective objective;
  private final NDManager manager;
  private final Adam adam;
  private final long seed;
  private final PhaseClock clock;

  TrainingSteps(
      Objective objective,
      TrainingState state,
      double clipNorm,
      long seed,
      Device device,
      PhaseClock clock) {
    this(objective, state, clipNorm, Adam.EPSILON, seed, device, clock);
  }

  private TrainingSteps(
      Objective objective,
      TrainingState state,
      double clipNorm,
      double epsilon,
      long seed,
      Device device,
      PhaseClock clock) {
    this.objective = objective;
    this.seed = seed;
    this.clock = clock;
    manager = NDManager.newBaseManager(device);
    adam = new Adam(manager, state, clipNorm, epsilon);
  }

  /**
   * Steps from initial weights.
   *
   * @param objective what for
   * @param clipNorm the gradient's norm is clipped to this
   * @param seed of initial weights and of every step's randomness
   * @param device where to compute
   * @param clock told how long "render", "encode", "rollout", "decode", "backward" and "update"
   *     took
   */
  public static TrainingSteps fresh(
      Objective objective, double clipNorm, long seed, Device device, PhaseClock clock) {
    TrainingState state = TrainingState.initial(objective.initial(seed), objective.state());
    return new TrainingSteps(objective, state, clipNorm, seed, device, clock);
  }

  /**
   * Steps as they go where a paper states neither initial values nor ε: PyTorch's {@linkplain
   * hgn.nn.Layout#customary initial values}, Adam's 1e-8. Our own results start from {@link
   * #fresh}; this is what they are compared with.
   *
   * @param objective what for
   * @param clipNorm the gradient's norm is clipped to this
   * @param seed of initial weights and of every step's randomness
   * @param device where to compute
   * @param clock told how long the phases took
   */
  public static TrainingSteps customary(
      Objective objective, double clipNorm, long seed, Device device, PhaseClock clock) {
    TrainingState state =
        TrainingState.initial(objective.layout().customary(seed), objective.state());
    return new TrainingSteps(
        objective, state, clipNorm, Adam.CUSTOMARY_EPSILON, seed, device, clock);
  }

  /**
   * What one step gave.
   *
   * @param terms the objective's scalars
   * @param norm the gradient's norm before clipping; not finite where there was no update
   */
  public record Taken(Map<String, Double> terms, double norm) {}

  /**
   * One step. The objective is told that it was accepted unless loss or gradient were not finite.
   *
   * @param iteration its number, from 0
   * @param rate learning rate
   */
  public Taken take(long iteration, double rate) {
    Map<String, Double> terms;
    double norm;
    try (NDManager scope = manager.newSubManager()) {
      NDArray leaf = adam.leaf(scope);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        Step step = new Step(iteration, leaf, scope, random(iteration), gradients, clock);
        terms = new LinkedHashMap<>(objective.accumulate(step));
      }
      long began = System.nanoTime();
      NDArray gradient = leaf.getGradient();
      gradient.attach(scope);
      boolean finite = Double.isFinite(terms.get("loss"));
      norm = finite ? adam.update(gradient, rate) : Double.NaN;
      clock.add("update", System.nanoTime() - began);
    }
    if (Double.isFinite(norm)) {
      objective.accept();
    }
    return new Taken(terms, norm);
  }

  /** The weights as they are now, flat. */
  public float[] weights() {
    return adam.weights();
  }

  Adam adam() {
    return adam;
  }

  /** A step's randomness is named by seed and iteration, so a resumed run needs no saved state. */
  private SplittableRandom random(long iteration) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ (iteration + 1) * 0xD1B54A32D192ED03L);
  }

  @Override
  public void close() {
    adam.close();
    manager.close();
  }
}
