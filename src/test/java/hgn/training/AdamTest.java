package hgn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class AdamTest {

  /** The reason for our ε: with the customary one a young potential would hardly move. */
  @Test
  void smallGradientsMoveAsFarAsLargeOnes() {
    assertEquals(1e-3, moved(1e-9, Adam.EPSILON), 1e-5);
    assertEquals(1e-3, moved(1e-3, Adam.CUSTOMARY_EPSILON), 1e-5);
    assertEquals(1e-3 / 11, moved(1e-9, Adam.CUSTOMARY_EPSILON), 1e-5);
  }

  private static double moved(double gradient, double epsilon) {
    TrainingState state = TrainingState.initial(new float[1], new double[0]);
    try (NDManager manager = NDManager.newBaseManager();
        Adam adam = new Adam(manager, state, 1, epsilon)) {
      adam.update(manager.create(new float[] {(float) gradient}), 1e-3, gradient);
      return -adam.weights()[0];
    }
  }

  /** What stayed behind was three vectors a step: fourteen gigabytes in a thousand steps. */
  @Test
  void aStepLeavesNoArrayBehind() {
    try (NDManager manager = NDManager.newBaseManager();
        Adam adam = new Adam(manager, TrainingState.initial(new float[5], new double[0]), 1)) {
      int begun = manager.getManagedArrays().size();
      try (NDManager step = manager.newSubManager()) {
        adam.update(adam.leaf(step).add(10), 1e-3, 10);
      }
      assertEquals(begun, manager.getManagedArrays().size());
      adam.stay(manager);
      int before = manager.getManagedArrays().size();
      for (double size : new double[] {0.1, 10, Double.NaN}) {
        try (NDManager step = manager.newSubManager()) {
          NDArray leaf = adam.leaf(step);
          NDArray gradient = leaf.add(size).toType(leaf.getDataType(), false);
          NDArray norm = Adam.norm(gradient);
          adam.update(gradient, 1e-3, norm, Float64.of(step, 0));
        }
        assertEquals(before, manager.getManagedArrays().size(), "after a gradient of " + size);
      }
    }
  }
}
