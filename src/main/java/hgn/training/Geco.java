package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import hgn.io.Records.Default;

/**
 * GECO (Rezende and Viola, 2018, arXiv:1810.00597): a multiplier λ that grows while the
 * reconstruction is worse than a tolerance and shrinks while it is better, so that the divergence
 * is minimised among the models that reconstruct well enough. λ ← λ·exp(rate·C), C the moving
 * average of (MSE − tolerance²), or of its ratio to the tolerance².
 */
public final class Geco {
  private static final double SMALLEST = 1e-10;
  private static final double LARGEST = 1e4;

  private final Spec spec;
  private double multiplier = 1;
  private double average = Double.NaN;

  /** λ and the average where they stay on a device, [2]; null where Java has them. */
  private NDArray resident;

  /**
   * Constants of GECO.
   *
   * @param toleranceSquared the MSE to reach. Not stated: 2e-4
   * @param rate of the multiplier's logarithm. Not stated: 0.1
   * @param memory of the moving average. Not stated: 0.99
   * @param relative whether C is (MSE − tolerance²) / tolerance²: then λ moves by the share that
   *     the error is off, where the paper's C of 1e-3 leaves it where it was for a thousand steps
   */
  public record Spec(
      double toleranceSquared, double rate, double memory, @Default("false") boolean relative) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the value that does not fit
     */
    public Spec {
      if (!(toleranceSquared > 0) || !(rate > 0) || !(memory >= 0 && memory < 1)) {
        throw new IllegalArgumentException(
            "tolerance² %s, rate %s, memory %s: expected > 0, > 0 and in [0, 1)"
                .formatted(toleranceSquared, rate, memory));
      }
    }

    /** The paper's constraint. */
    public Spec(double toleranceSquared, double rate, double memory) {
      this(toleranceSquared, rate, memory, false);
    }
  }

  /**
   * A multiplier at 1.
   *
   * @param spec the constants
   */
  public Geco(Spec spec) {
    this.spec = spec;
  }

  /** λ. */
  public double multiplier() {
    return state()[0];
  }

  /**
   * λ where it is used.
   *
   * @param manager owner of the scalar, of double precision
   */
  NDArray multiplier(NDManager manager) {
    if (resident == null) {
      return Float64.of(manager, multiplier);
    }
    NDArray copy = resident.duplicate();
    copy.attach(manager);
    return copy.get(0);
  }

  /**
   * From now on λ stays on the device. Its exponential is the engine's there, which may differ from
   * Java's in the last bit.
   *
   * @param keeper owner of what stays
   */
  void stay(NDManager keeper) {
    resident = keeper.create(state());
  }

  /**
   * Moves λ after a step, on the device.
   *
   * @param mse the step's reconstruction error, of double precision
   * @param taken 1 where the step counts, else 0
   */
  void update(NDArray mse, NDArray taken) {
    try (NDManager scope = mse.getManager().newSubManager()) {
      resident.tempAttach(scope);
      NDArray error = mse.duplicate();
      error.attach(scope);
      NDArray off = error.sub(Float64.of(scope, spec.toleranceSquared()));
      NDArray constraint =
          spec.relative() ? off.div(Float64.of(scope, spec.toleranceSquared())) : off;
      NDArray before = resident.get(1);
      NDArray mixed =
          before
              .mul(Float64.of(scope, spec.memory()))
              .add(constraint.mul(Float64.of(scope, 1 - spec.memory())));
      NDArray now = NDArrays.where(before.isNaN(), constraint, mixed);
      NDArray next =
          resident
              .get(0)
              .mul(now.mul(Float64.of(scope, spec.rate())).exp())
              .maximum(Float64.of(scope, SMALLEST))
              .minimum(Float64.of(scope, LARGEST));
      NDArray counts = taken.gt(taken.zerosLike());
      counts.attach(scope);
      NDArray moved = NDArrays.stack(new NDList(next, now));
      NDArray kept = NDArrays.where(counts.broadcast(moved.getShape()), moved, resident);
      resident.set(new NDIndex(":"), kept);
    }
  }

  /**
   * Moves λ after a step.
   *
   * @param mse the step's reconstruction error; not finite is ignored
   */
  public void update(double mse) {
    if (!Double.isFinite(mse)) {
      return;
    }
    double off = mse - spec.toleranceSquared();
    double constraint = spec.relative() ? off / spec.toleranceSquared() : off;
    average =
        Double.isNaN(average)
            ? constraint
            : spec.memory() * average + (1 - spec.memory()) * constraint;
    double next = multiplier * Math.exp(spec.rate() * average);
    multiplier = Math.min(LARGEST, Math.max(SMALLEST, next));
  }

  double[] state() {
    return resident != null ? resident.toDoubleArray() : new double[] {multiplier, average};
  }

  void restore(double[] state) {
    multiplier = state[0];
    average = state[1];
  }
}
