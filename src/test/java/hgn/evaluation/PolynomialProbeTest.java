package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import hgn.testing.Normal;
import org.junit.jupiter.api.Test;

class PolynomialProbeTest {
  /** x₀² x₁ + x₂ and x₀ of the sum. */
  private static NDArray cubic(NDArray x) {
    NDArray a = x.get(":,0:1");
    return NDArrays.concat(
        new NDList(a.square().mul(x.get(":,1:2")).add(x.get(":,2:3")), a.add(x.get(":,1:2"))), 1);
  }

  @Test
  void aCubicIsReadExactlyAndItsOrderIsFound() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Normal.matrix(manager, 1, 2000, 3);
      PolynomialProbe probe = PolynomialProbe.fit(x, cubic(x));
      assertTrue(probe.order() >= 3, "order " + probe.order());
      // Beyond what was fitted, nothing is read.
      NDArray fresh = Normal.matrix(manager, 2, 500, 3).mul(0.6);
      double worst = probe.read(fresh).sub(cubic(fresh)).abs().max().getDouble();
      // The ridge leaves a millionth.
      assertEquals(0, worst, 2e-3);
    }
  }

  @Test
  void noiseIsNotFittedByHighOrders() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Normal.matrix(manager, 1, 600, 8);
      NDArray y = x.get(":,0:1").add(Normal.matrix(manager, 2, 600, 1));
      assertEquals(1, PolynomialProbe.fit(x, y).order());
    }
  }

  @Test
  void moreFeaturesThanMonomialsAreReducedToTheirLeadingComponents() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray few = Normal.matrix(manager, 1, 800, 3);
      NDArray wide = few.matMul(Normal.matrix(manager, 3, 3, 60));
      PolynomialProbe probe = PolynomialProbe.fit(wide, cubic(few));
      NDArray fresh = Normal.matrix(manager, 2, 300, 3).mul(0.6);
      NDArray read = probe.read(fresh.matMul(Normal.matrix(manager, 3, 3, 60)));
      assertEquals(0, read.sub(cubic(fresh)).abs().max().getDouble(), 2e-3);
    }
  }
}
