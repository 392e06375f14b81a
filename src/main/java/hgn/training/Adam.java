package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Scalars;

/**
 * Adam (Kingma and Ba, 2015, arXiv:1412.6980) on one flat vector, behind a clip by the global norm.
 * Whether an update happens is decided by the processor, or where a read would make it wait, on the
 * device.
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

  private final double clipNorm;
  private final double epsilon;
  private long updates;
  private Resident device;

  /** Starts or goes on; the arrays are moved to the manager's device. */
  Adam(NDManager manager, TrainingState state, double clipNorm) {
    this(manager, state, clipNorm, EPSILON);
  }

  /** With another ε: what is added to the root of the second moment. */
  Adam(NDManager manager, TrainingState state, double clipNorm, double epsilon) {
    weights = manager.create(state.weights());
    first = manager.create(state.firstMoment());
    second = manager.create(state.secondMoment());
    updates = state.updates();
    this.clipNorm = clipNorm;
    this.epsilon = epsilon;
  }

  /**
   * Counts and bias corrections of updates that are decided on where they are computed.
   *
   * @param updates how many there were, [1]
   * @param firstBias 1 − decayⁿ by the number of updates: Java's powers on every device
   * @param secondBias the same of the second moment
   */
  private record Resident(NDArray updates, NDArray firstBias, NDArray secondBias) {

    static Resident of(NDManager manager, long updates) {
      return new Resident(
          manager.create(new long[] {updates}),
          manager.create(biases(FIRST_DECAY)),
          manager.create(biases(SECOND_DECAY)));
    }

    private static double[] biases(double decay) {
      double[] biases = new double[BIASED + 1];
      for (int n = 0; n <= BIASED; n++) {
        // Where no step has been taken yet, nothing is divided by.
        biases[n] = bias(decay, Math.max(1, n));
      }
      return biases;
    }
  }

  private static double bias(double decay, long updates) {
    return 1 - Math.pow(decay, (double) updates);
  }

  /** From now on updates are decided on where they are computed. */
  void stay(NDManager keeper) {
    device = Resident.of(keeper, updates);
  }

  /** A copy of the weights for one step, to differentiate with respect to. */
  NDArray leaf(NDManager step) {
    NDArray leaf = weights.duplicate();
    leaf.attach(step);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** The gradient's norm before clipping, of double precision, owned by its manager. */
  static NDArray norm(NDArray gradient) {
    return Float64.of(gradient.square().sum()).sqrt();
  }

  /**
   * One update.
   *
   * @param gradient of the loss, flat
   * @param rate learning rate
   * @param norm of the gradient, finite
   */
  void update(NDArray gradient, double rate, double norm) {
    updates++;
    try (NDManager scope = lasting(gradient.getManager(), weights, first, second)) {
      NDArray g = norm > clipNorm ? Scalars.times(gradient, clipNorm / norm) : gradient;
      first.muli(float32(scope, FIRST_DECAY));
      second.muli(float32(scope, SECOND_DECAY));
      double length = rate / bias(FIRST_DECAY, updates);
      move(g, float32(scope, bias(SECOND_DECAY, updates)), float32(scope, length));
    }
  }

  /**
   * One update, or none where gradient or loss are not finite: nothing is read.
   *
   * @param gradient of the loss, flat
   * @param rate learning rate
   * @param norm of the gradient
   * @param decision a number of double precision that is finite where the loss is
   * @return what was done, owned by the gradient's manager
   */
  Update update(NDArray gradient, double rate, NDArray norm, NDArray decision) {
    NDManager owner = gradient.getManager();
    try (NDManager scope =
        lasting(
            owner,
            weights,
            first,
            second,
            device.updates(),
            device.firstBias(),
            device.secondBias())) {
      NDArray taken = Float64.finite(norm.add(decision));
      NDArray one = Float64.of(scope, 1);
      NDArray clip = Float64.of(scope, clipNorm).div(norm).minimum(one);
      NDArray g =
          NDArrays.where(
              taken.gt(taken.zerosLike()).broadcast(gradient.getShape()),
              gradient.mul(float32(clip)),
              scope.zeros(new Shape(), gradient.getDataType()));
      device.updates().addi(taken.toType(DataType.INT64, false).reshape(1));
      NDArray n = device.updates().minimum(scope.full(new Shape(1), BIASED, DataType.INT64));
      // A moment that is kept as it was is multiplied by one.
      NDArray kept = one.sub(taken);
      first.muli(float32(taken.mul(Float64.of(scope, FIRST_DECAY)).add(kept)));
      second.muli(float32(taken.mul(Float64.of(scope, SECOND_DECAY)).add(kept)));
      NDArray length = Float64.of(scope, rate).div(device.firstBias().take(n)).mul(taken);
      move(g, float32(device.secondBias().take(n)), float32(length));
      return new Update(norm.div(taken), taken);
    }
  }

  /** Arrays that live on, attached to a scope: what is computed from them ends with it. */
  private static NDManager lasting(NDManager owner, NDArray... arrays) {
    NDManager scope = owner.newSubManager();
    for (NDArray array : arrays) {
      array.tempAttach(scope);
    }
    return scope;
  }

  private void move(NDArray g, NDArray secondBias, NDArray length) {
    first.addi(Scalars.times(g, 1 - FIRST_DECAY));
    second.addi(Scalars.times(g.square(), 1 - SECOND_DECAY));
    NDArray deviation = second.div(secondBias).sqrt();
    weights.subi(first.div(Scalars.plus(deviation, epsilon)).muli(length));
  }

  /**
   * Outcome of a step, on the device.
   *
   * @param norm of the gradient before clipping; not finite where there was no update
   * @param taken 1 where there was one, else 0
   */
  record Update(NDArray norm, NDArray taken) {}

  private static NDArray float32(NDManager manager, double value) {
    return manager.full(new Shape(), (float) value, DataType.FLOAT32);
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
    return device == null ? updates : device.updates().toLongArray()[0];
  }

  @Override
  public void close() {
    weights.close();
    first.close();
    second.close();
  }
}
