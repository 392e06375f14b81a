package hgn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class AdamTest {

  /** What stayed behind was three vectors a step: fourteen gigabytes in a thousand steps. */
  @Test
  void aStepLeavesNoArrayBehind() {
    try (NDManager manager = NDManager.newBaseManager();
        Adam adam = new Adam(manager, TrainingState.initial(new float[5], new double[0]), 1)) {
      int before = manager.getManagedArrays().size();
      for (double size : new double[] {0.1, 10, Double.NaN}) {
        try (NDManager step = manager.newSubManager()) {
          NDArray leaf = adam.leaf(step);
          adam.update(leaf.add(size).toType(leaf.getDataType(), false), 1e-3);
        }
        assertEquals(before, manager.getManagedArrays().size(), "after a gradient of " + size);
      }
    }
  }
}
