package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** Distances to nearest neighbours against ones that were counted by hand. */
class SampleQualityTest {

  @Test
  void nearestNeighboursAreFoundAndMeasuredAPixel() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray data = manager.create(new float[] {0, 0, 1, 1, 0.5f, 0}, new Shape(3, 2));
      NDArray samples = manager.create(new float[] {0, 0, 0.9f, 1}, new Shape(2, 2));
      // (0 + 0.01/2) / 2, and (0 + 0.01/2 + 0.25/2) / 3.
      assertEquals(0.0025, SampleQuality.nearest(samples, data), 1e-7);
      assertEquals(0.13 / 3, SampleQuality.nearest(data, samples), 1e-7);
      assertEquals(0, SampleQuality.nearest(data, data), 1e-7);
    }
  }
}
