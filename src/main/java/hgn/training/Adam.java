package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import hgn.dynamics.Scalars;

/**
 * Adam (Kingma and Ba, 2015, arXiv:1412.6980) on one flat vector, behind a clip by the global norm.
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

  private final NDArray weights;
  private final NDArray first;
  private final NDArray second;
  private final double clipNorm;
  private final double epsilon;
  private long updates;

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

  /** A copy of the weights for one step, to differentiate with respect to. */
  NDArray leaf(NDManager step) {
    NDArray leaf = weights.duplicate();
    leaf.attach(step);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /**
   * One update, or none where the gradient is not finite.
   *
   * @param gradient of the loss, flat
   * @param rate learning rate
   * @return the gradient's norm before clipping
   */
  double update(NDArray gradient, double rate) {
    double norm = Math.sqrt(gradient.square().sum().toType(DataType.FLOAT64, false).getDouble());
    if (!Double.isFinite(norm)) {
      return norm;
    }
    updates++;
    NDArray g = norm > clipNorm ? Scalars.times(gradient, clipNorm / norm) : gradient;
    first.muli(FIRST_DECAY).addi(Scalars.times(g, 1 - FIRST_DECAY));
    second.muli(SECOND_DECAY).addi(Scalars.times(g.square(), 1 - SECOND_DECAY));
    double firstBias = 1 - Math.pow(FIRST_DECAY, (double) updates);
    double secondBias = 1 - Math.pow(SECOND_DECAY, (double) updates);
    // These would live on with the moments' manager: three vectors a step.
    try (NDArray variance = Scalars.over(second, secondBias);
        NDArray deviation = variance.sqrt();
        NDArray move = first.div(deviation.addi(epsilon))) {
      weights.subi(move.muli(rate / firstBias));
    }
    return norm;
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
    return updates;
  }

  @Override
  public void close() {
    weights.close();
    first.close();
    second.close();
  }
}
