package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import hgn.testing.Normal;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
  @Test
  void anAffineMapIsFoundAndNoiseIsNot() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Normal.matrix(manager, 1, 2000, 5);
      NDArray map = Normal.matrix(manager, 2, 5, 2);
      NDArray y = joined(x.matMul(map).add(3), Normal.matrix(manager, 3, 2000, 1));
      LinearProbe probe = LinearProbe.fit(x, y);
      NDArray fresh = Normal.matrix(manager, 4, 1000, 5);
      NDArray truth = joined(fresh.matMul(map).add(3), Normal.matrix(manager, 5, 1000, 1));
      double[] share = probe.determination(fresh, truth);
      assertArrayEquals(new double[] {1, 1}, new double[] {share[0], share[1]}, 1e-8);
      assertTrue(Math.abs(share[2]) < 0.02, "noise is not read: " + share[2]);
    }
  }

  private static NDArray joined(NDArray a, NDArray b) {
    return NDArrays.concat(new NDList(a, b), 1);
  }

  @Test
  void halfOfTheVarianceIsHalf() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Normal.matrix(manager, 1, 20_000, 1);
      NDArray y = x.add(Normal.matrix(manager, 2, 20_000, 1));
      assertEquals(0.5, LinearProbe.fit(x, y).determination(x, y)[0], 0.02);
    }
  }
}
