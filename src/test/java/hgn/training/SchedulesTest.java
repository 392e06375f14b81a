package hgn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SchedulesTest {

  @Test
  void theRateWarmsUpAndFallsAsHalfACosine() {
    Schedule schedule = new Schedule(1e-3, 10, 0.1);
    assertEquals(1e-4, schedule.at(0, 1000), 1e-9);
    assertEquals(1e-3 * 0.55, schedule.at(500, 1000), 1e-9);
    assertEquals(1e-4, schedule.at(1000, 1000), 1e-9);
    assertEquals(1.5e-4, Schedule.constant(1.5e-4).at(14_999, 15_000), 0);
  }

  /** The paper's C of 1e-3 moves λ by a thousandth part of what the relative one does. */
  @Test
  void aRelativeConstraintMovesByTheShareThatTheErrorIsOff() {
    Geco geco = new Geco(new Geco.Spec(2e-4, 0.1, 0, true));
    geco.update(4e-4);
    assertEquals(Math.exp(0.1), geco.multiplier(), 1e-12);
    geco.update(0);
    assertEquals(1, geco.multiplier(), 1e-12);
  }

  @Test
  void theDivergenceCountsFromAnIterationOnAndGrows() {
    Divergence divergence = new Divergence(3e-6, 600, 300);
    assertEquals(0, divergence.at(599), 0);
    assertEquals(1e-8, divergence.at(600), 1e-20);
    assertEquals(3e-6, divergence.at(899), 1e-20);
    assertEquals(3e-6, divergence.at(100_000), 0);
    assertEquals(3e-6, new Divergence(3e-6, 0, 0).at(0), 0);
  }

  @Test
  void theHorizonGrowsToAllFrames() {
    Horizon horizon = new Horizon(6, 20);
    assertEquals(6, horizon.at(19, 31));
    assertEquals(7, horizon.at(20, 31));
    assertEquals(31, horizon.at(10_000, 31));
    assertEquals(31, Horizon.FULL.at(0, 31));
  }

  @Test
  void theMultiplierGrowsWhileTheErrorIsTooLargeAndShrinksAfter() {
    Geco geco = new Geco(new Geco.Spec(0.1, 0.1, 0));
    geco.update(1.1);
    assertEquals(Math.exp(0.1), geco.multiplier(), 1e-12);
    geco.update(0);
    assertEquals(Math.exp(0.09), geco.multiplier(), 1e-12);
    geco.update(Double.NaN);
    assertEquals(Math.exp(0.09), geco.multiplier(), 1e-12);
    for (int i = 0; i < 1000; i++) {
      geco.update(1e6);
    }
    assertEquals(1e4, geco.multiplier(), 0);
  }

  @Test
  void theMovingAverageRemembers() {
    Geco geco = new Geco(new Geco.Spec(1, 1, 0.5));
    geco.update(3);
    geco.update(1);
    assertEquals(Math.exp(2 + 1), geco.multiplier(), 1e-12);
  }

  /** The same law where λ stays on the device, but for the exponential's last bit. */
  @Test
  void aMultiplierThatStaysOnTheDeviceFollowsTheSameLaw() {
    for (boolean relative : new boolean[] {false, true}) {
      Geco.Spec spec = new Geco.Spec(2e-4, 0.1, 0.99, relative);
      Geco here = new Geco(spec);
      Geco there = new Geco(spec);
      SplittableRandom random = new SplittableRandom(1);
      try (NDManager keeper = NDManager.newBaseManager()) {
        there.stay(keeper);
        int lasting = keeper.getManagedArrays().size();
        for (int i = 0; i < 500; i++) {
          double mse = i % 7 == 3 ? Double.NaN : random.nextDouble(4e-4);
          here.update(mse);
          try (NDManager scope = keeper.newSubManager()) {
            NDArray error = Float64.of(scope, mse);
            there.update(error, Float64.finite(error));
          }
          assertEquals(here.multiplier(), there.multiplier(), 1e-12 * here.multiplier());
        }
        assertEquals(lasting, keeper.getManagedArrays().size());
        assertArrayEquals(here.state(), there.state(), 1e-12);
      }
    }
  }

  @Test
  void valuesThatDoNotFitAreNamed() {
    assertThrows(IllegalArgumentException.class, () -> new Schedule(-1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Horizon(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Geco.Spec(0, 0.1, 0.9));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingSpec(0, 16, Schedule.constant(1), 1, 1))
            .getMessage()
            .contains("iterations 0"));
  }
}
