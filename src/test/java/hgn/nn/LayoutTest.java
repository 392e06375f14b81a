package hgn.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LayoutTest {

  @Test
  void weightsAreViewsInTheOrderOfDeclaration() {
    Layout layout = new Layout();
    Layout.Slot a = layout.add("a", Init.ZERO, 2, 3);
    Layout.Slot b = layout.add("b", Init.ZERO, 2);
    try (NDManager manager = NDManager.newBaseManager()) {
      Layout.Weights weights = layout.bind(manager.arange(8f));
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, weights.get(a).toFloatArray());
      assertArrayEquals(new float[] {6, 7}, weights.get(b).toFloatArray());
      assertEquals(a.shape(), weights.get(a).getShape());
    }
  }

  @Test
  void aSeedGivesTheSameWeightsAndAnotherSeedOthers() {
    Layout layout = new Layout();
    layout.add("a", new Init(0, 1), 50);
    assertArrayEquals(layout.initial(3), layout.initial(3));
    assertNotEquals(layout.initial(3)[0], layout.initial(4)[0]);
  }

  /** Neighbouring seeds once drew the same numbers, one place on. */
  @Test
  void seedsShareNoNumbers() {
    Layout layout = new Layout();
    layout.add("a", new Init(0, 1), 1000);
    layout.add("b", new Init(0, 1), 1000);
    Set<Float> seen = new HashSet<>();
    int drawn = 0;
    for (long seed = -1; seed <= 6; seed++) {
      for (float value : layout.initial(seed)) {
        seen.add(value);
        drawn++;
      }
    }
    // Two of 16 000 floats may be alike by chance.
    assertTrue(seen.size() > 0.999 * drawn, seen.size() + " different of " + drawn);
  }

  @Test
  void addingASlotLeavesTheOthersAsTheyWere() {
    Layout one = new Layout();
    one.add("b", new Init(0, 1), 4);
    Layout two = new Layout();
    two.add("a", new Init(0, 1), 3);
    two.add("b", new Init(0, 1), 4);
    assertArrayEquals(one.initial(1), Arrays.copyOfRange(two.initial(1), 3, 7));
  }

  @Test
  void customaryValuesAreUniformByTheInputsOfTheirLayer() {
    Layout layout = new Layout();
    Blueprints.dense(layout, "dense", 100, 400, 2);
    Blueprints.conv3(layout, "convolution", 4, 900, 1, 2);
    float[] values = layout.customary(1);
    for (Layout.Slot slot : layout.slots()) {
      double bound = slot.name().startsWith("dense") ? 0.1 : 1.0 / 6;
      double square = 0;
      double largest = 0;
      for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
        square += values[i] * values[i] / slot.size();
        largest = Math.max(largest, Math.abs(values[i]));
      }
      assertTrue(largest <= bound, slot.name() + " reaches " + largest);
      assertEquals(bound / Math.sqrt(3), Math.sqrt(square), 0.1 * bound, slot.name());
    }
    assertArrayEquals(values, layout.customary(1));
    assertNotEquals(values[0], layout.customary(2)[0]);
  }

  @Test
  void initialValuesFollowTheirLaw() {
    Layout layout = new Layout();
    layout.add("a", new Init(2, 0.5), 100_000);
    float[] values = layout.initial(1);
    double mean = 0;
    double square = 0;
    for (float v : values) {
      mean += v / values.length;
      square += (v - 2) * (v - 2) / values.length;
    }
    assertEquals(2, mean, 0.01);
    assertEquals(0.5, Math.sqrt(square), 0.01);
  }

  @Test
  void mistakesAreNamed() {
    Layout layout = new Layout();
    layout.add("a", Init.ZERO, 2);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> layout.add("a", Init.ZERO, 2))
            .getMessage()
            .contains("'a'"));
    try (NDManager manager = NDManager.newBaseManager()) {
      assertThrows(IllegalArgumentException.class, () -> layout.bind(manager.create(new float[3])));
      Layout.Slot foreign = new Layout().add("b", Init.ZERO, 2);
      Layout.Weights weights = layout.bind(manager.create(new float[2]));
      assertThrows(IllegalArgumentException.class, () -> weights.get(foreign));
    }
  }
}
