package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Scalars;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015, arXiv:1412.6980) on one flat vector, behind a clip by the global norm.
 * An update reads nothing from the device: whether it happens is decided there.
 *
 * <p>DJL's own Adam hides its moments, so a run could not go on from a checkpoint, and clips
 * element-wise from above only; before our initial values HGN diverged without one by the norm.
 */
final class Adam implements AutoCloseable {
  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;

  /** Smaller than the usual 1e-8: gradients of a young potential are 1e-9 a weight. */
  static final double EPSILON = 1e-12;

  /** Kingma and Ba's, and every framework's. */
  static final double CUSTOMARY_EPSILON = 1e-8;

  /** From so many updates on 1 − decayⁿ is 1 in double precision. */
  private static final int BIASED = 40_000;

  private final NDArray weights;
  private final NDArray first;
  private final NDArray second;

  /** How many updates there were, [1]. */
  private final NDArray updates;

  /** 1 − decayⁿ by the number of updates: Java's powers on every device. */
  private final NDArray firstBias;

  private final NDArray secondBias;
  private final double clipNorm;
  private final double epsilon;

  /** Starts or goes on; the arrays are moved to the manager's device. */
  Adam(NDManager manager, TrainingState state, double clipNorm) {
    this(manager, state, clipNorm, EPSILON);
  }

  /** With another ε: what is added to the root of the second moment. */
  Adam(NDManager manager, TrainingState state, double clipNorm, double epsilon) {
    weights = manager.create(state.weights());
    first = manager.create(state.firstMoment());
    second = manager.create(state.secondMoment());
    updates = manager.create(new long[] {state.updates()});
    firstBias = manager.create(biases(FIRST_DECAY));
    secondBias = manager.create(biases(SECOND_DECAY));
    this.clipNorm = clipNorm;
    this.epsilon = epsilon;
  }

  private static double[] biases(double decay) {
    double[] biases = new double[BIASED + 1];
    for (int n = 0; n <= BIASED; n++) {
      // Where no step has been taken yet, nothing is divided by.
      biases[n] = 1 - Math.pow(decay, (double) Math.max(1, n));
    }
    return biases;
  }

  /** A copy of the weights for one step, to differentiate with respect to. */
  NDArray leaf(NDManager step) {
    NDArray leaf = weights.duplicate();
    leaf.attach(step);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /**
   * One update, or none where gradient or loss are not finite.
   *
   * @param gradient of the loss, flat
   * @param rate learning rate
   * @param decision a number of double precision that is finite where the loss is
   * @return what was done, owned by the gradient's manager
   */
  Update update(NDArray gradient, double rate, NDArray decision) {
    // What is computed from arrays that live on would live on with them.
    try (NDManager scope = gradient.getManager().newSubManager()) {
      for (NDArray lasting : List.of(weights, first, second, updates, firstBias, secondBias)) {
        lasting.tempAttach(scope);
      }
      NDArray norm = Float64.of(gradient.square().sum()).sqrt();
      NDArray taken = Float64.finite(norm.add(decision));
      NDArray one = Float64.of(scope, 1);
      NDArray clip = Float64.of(scope, clipNorm).div(norm).minimum(one);
      NDArray g =
          NDArrays.where(
              taken.gt(taken.zerosLike()).broadcast(gradient.getShape()),
              gradient.mul(float32(clip)),
              scope.zeros(new Shape(), gradient.getDataType()));
      updates.addi(taken.toType(DataType.INT64, false).reshape(1));
      NDArray n = updates.minimum(scope.full(new Shape(1), BIASED, DataType.INT64));
      // A moment that is kept as it was is multiplied by one.
      NDArray kept = one.sub(taken);
      first.muli(decay(taken, kept, FIRST_DECAY)).addi(Scalars.times(g, 1 - FIRST_DECAY));
      second.muli(decay(taken, kept, SECOND_DECAY));
      second.addi(Scalars.times(g.square(), 1 - SECOND_DECAY));
      NDArray deviation = second.div(float32(secondBias.take(n))).sqrt();
      NDArray length = Float64.of(scope, rate).div(firstBias.take(n)).mul(taken);
      weights.subi(first.div(Scalars.plus(deviation, epsilon)).muli(float32(length)));
      NDArray tried = norm.div(taken);
      tried.attach(gradient.getManager());
      taken.attach(gradient.getManager());
      return new Update(tried, taken);
    }
  }

  /**
   * What became of a step, on the device.
   *
   * @param norm of the gradient before clipping; not finite where there was no update
   * @param taken 1 where there was one, else 0
   */
  record Update(NDArray norm, NDArray taken) {}

  private static NDArray decay(NDArray taken, NDArray kept, double decay) {
    return float32(taken.mul(Float64.of(taken.getManager(), decay)).add(kept));
  }

  private static NDArray float32(NDArray x) {
    return x.toType(DataType.FLOAT32, false).reshape(new Shape());
  }

  float[] weights() {
    return weights.toFloatArray();
  }

  float[] firstMoment() {
    return first.toFloatArray();
  }

  float[] secondMoment() {
    return second.toFloatArray();
  }

  long updates() {
    return updates.toLongArray()[0];
  }

  @Override
  public void close() {
    weights.close();
    first.close();
    second.close();
    updates.close();
    firstBias.close();
    secondBias.close();
  }
}
