package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** The optimizer alone, for the bench. */
public final class AdamTrial {

  private AdamTrial() {}

  /**
   * An update with a gradient that is always the same.
   *
   * @param manager owner of weights and gradient
   * @param weights where it starts
   * @return the update
   */
  public static Runnable of(NDManager manager, float[] weights) {
    NDArray gradient = manager.create(weights.clone());
    TrainingState state = TrainingState.initial(weights, new double[0]);
    Adam adam = new Adam(manager, state, 1);
    return () -> {
      try (NDManager scope = manager.newSubManager()) {
        NDArray g = gradient.duplicate();
        g.attach(scope);
        adam.update(g, 1e-4, Adam.norm(g).getDouble());
      }
    };
  }
}
