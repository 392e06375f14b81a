package hgn.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
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
  private final boolean deferred;
  private final List<Pending> pending = new ArrayList<>();

  TrainingSteps(
      Objective objective,
      TrainingState state,
      double clipNorm,
      long seed,
      Device device,
      PhaseClock clock,
      boolean deferred) {
    this(objective, state, clipNorm, Adam.EPSILON, seed, device, clock, deferred);
  }

  private TrainingSteps(
      Objective objective,
      TrainingState state,
      double clipNorm,
      double epsilon,
      long seed,
      Device device,
      PhaseClock clock,
      boolean deferred) {
    this.objective = objective;
    this.deferred = deferred;
    this.seed = seed;
    this.clock = clock;
    manager = NDManager.newBaseManager(device);
    adam = new Adam(manager, state, clipNorm, epsilon);
    if (deferred) {
      adam.stay(manager);
      objective.stay(manager);
    }
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
    return new TrainingSteps(objective, state, clipNorm, seed, device, clock, device.isGpu());
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
        objective, state, clipNorm, Adam.CUSTOMARY_EPSILON, seed, device, clock, device.isGpu());
  }

  /**
   * Outcome of one step.
   *
   * @param iteration its number
   * @param rate the learning rate that it had
   * @param terms the objective's scalars
   * @param norm the gradient's norm before clipping; not finite where there was no update
   */
  public record Taken(long iteration, double rate, Map<String, Double> terms, double norm) {}

  /** A step that was not read yet: its terms' numbers and the norm, [numbers + 1]. */
  private record Pending(long iteration, double rate, Terms terms, NDArray numbers) {}

  /**
   * One step, read at once.
   *
   * @param iteration its number, from 0
   * @param rate learning rate
   */
  public Taken take(long iteration, double rate) {
    begin(iteration, rate);
    return read().get(0);
  }

  /**
   * One step, whose numbers stay on the device until {@link #read}.
   *
   * @param iteration its number, from 0
   * @param rate learning rate
   */
  public void begin(long iteration, double rate) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray leaf = adam.leaf(scope);
      Terms terms;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        Step step = new Step(iteration, leaf, scope, random(iteration), gradients, clock, deferred);
        terms = objective.accumulate(step);
      }
      long began = System.nanoTime();
      NDArray gradient = leaf.getGradient();
      gradient.attach(scope);
      NDArray norm = Adam.norm(gradient);
      if (deferred) {
        Adam.Update update = adam.update(gradient, rate, norm, terms.decision());
        objective.accept(update.taken());
        norm = update.norm();
      } else if (Double.isFinite(terms.decision().getDouble())) {
        double length = norm.getDouble();
        if (Double.isFinite(length)) {
          adam.update(gradient, rate, length);
        }
      } else {
        norm = Float64.of(scope, Double.NaN);
      }
      NDArray numbers = terms.with(norm);
      numbers.attach(manager);
      pending.add(new Pending(iteration, rate, terms, numbers));
      clock.add("update", System.nanoTime() - began);
    }
  }

  /**
   * Outcomes of the steps since the last call, by one read. The objective is told of those that
   * were accepted: those whose loss and gradient were finite.
   */
  public List<Taken> read() {
    if (pending.isEmpty()) {
      return List.of();
    }
    List<Taken> read = new ArrayList<>();
    try (NDManager scope = manager.newSubManager()) {
      NDList numbers = new NDList();
      for (Pending step : pending) {
        step.numbers().attach(scope);
        numbers.add(step.numbers());
      }
      NDArray joined = numbers.size() == 1 ? numbers.get(0) : NDArrays.concat(numbers, 0);
      DoubleBuffer all = DoubleBuffer.wrap(joined.toDoubleArray());
      for (Pending step : pending) {
        double[] own = new double[(int) step.numbers().size()];
        all.get(own);
        Map<String, Double> terms = step.terms().named(own);
        double norm = own[own.length - 1];
        if (!deferred && Double.isFinite(norm)) {
          objective.accept(terms);
        }
        read.add(new Taken(step.iteration(), step.rate(), terms, norm));
      }
    }
    pending.clear();
    return read;
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
