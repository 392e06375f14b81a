package hgn.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import hgn.testing.Collector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that a graph keeps must outlive the garbage collector. */
class ScalarsTest {
  private static final int COPIES = 500;

  private enum Operation {
    TIMES(3),
    OVER(10),
    POWER(3 * 2 * 2);

    private final double slopeAtTwo;

    Operation(double slopeAtTwo) {
      this.slopeAtTwo = slopeAtTwo;
    }

    NDArray of(NDArray x) {
      return switch (this) {
        case TIMES -> Scalars.times(x, 3);
        case OVER -> Scalars.over(x, 0.1);
        case POWER -> Scalars.power(x, 3);
      };
    }
  }

  /** With NDArray.mul(Number) hardly one of these gradients is right. */
  @ParameterizedTest
  @EnumSource
  void gradientsSurviveTheCollector(Operation operation) {
    for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
      try (NDManager manager = NDManager.newBaseManager();
          GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray x = manager.create(new double[] {2}).toType(type, true);
        x.setRequiresGradient(true);
        List<NDArray> values = new ArrayList<>();
        for (int i = 0; i < COPIES; i++) {
          values.add(operation.of(x));
        }
        List<ByteBuffer> others = Collector.collectAndOverwrite();
        for (NDArray value : values) {
          gradients.backward(value);
          NDArray gradient = x.getGradient();
          double slope = gradient.toType(DataType.FLOAT64, false).getDouble(0);
          assertEquals(operation.slopeAtTwo, slope, 1e-5);
          gradient.subi(gradient);
        }
        assertTrue(others.stream().allMatch(other -> other.get(0) == -1));
      }
    }
  }

  @Test
  void valuesAreThoseOfTheArraysType() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(new double[] {1, -3});
      assertEquals(manager.create(new double[] {0.1, 0.1 * -3}), Scalars.times(x, 0.1));
      assertEquals(manager.create(new double[] {1 / 0.1, -3 / 0.1}), Scalars.over(x, 0.1));
      assertEquals(manager.create(new double[] {1, -1 / 3.0}), Scalars.power(x, -1));
      NDArray single = manager.create(new float[] {1, -3});
      assertEquals(manager.create(new float[] {0.1f, 0.1f * -3}), Scalars.times(single, 0.1));
      assertEquals(single.mul(0.1), Scalars.times(single, 0.1));
    }
  }
}
