package hgn.training;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** A latent rollout that the loss is sent back through. */
interface TrainedRollout {

  /** Positions at the target times, in their order. */
  List<NDArray> positions();

  /**
   * A scalar whose gradient with respect to the weights is that of the loss through the rollout.
   *
   * @param gradients of the loss with respect to each of {@link #positions()}, outside any graph
   */
  NDArray surrogate(List<NDArray> gradients);

  /** Σ x·g: its gradient with respect to x is g. */
  static NDArray product(NDArray x, NDArray g) {
    return x.mul(g).sum();
  }
}
