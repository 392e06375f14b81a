package hgn.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.render.Disc.Colour;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {
  private static final Colour BLACK = new Colour(0, 0, 0);
  private static final Colour WHITE = new Colour(255, 255, 255);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private float[] frame(RenderSpec spec, double... positions) {
    NDArray at = manager.create(positions, new Shape(1, positions.length / 2, 2));
    return new Renderer(spec).render(at).toFloatArray();
  }

  private static RenderSpec white(int size) {
    return new RenderSpec(size, 2, 2.5 / 8, BLACK, List.of(new Disc(0.5, WHITE)));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  void areaAndCentreAreExactBelowAPixel(int size) {
    double pixel = 4.0 / size;
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 50; k++) {
      double x = random.nextDouble(-1, 1);
      double y = random.nextDouble(-1, 1);
      float[] red = frame(white(size), x, y);
      double area = 0;
      double cx = 0;
      double cy = 0;
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          double v = red[row * size + column];
          area += v * pixel * pixel;
          cx += v * pixel * pixel * ((column + 0.5) * pixel - 2);
          cy += v * pixel * pixel * (2 - (row + 0.5) * pixel);
        }
      }
      // A ramp of width w about the radius R covers π(R² + w²/12).
      double expected = Math.PI * (0.25 + Math.pow(2.5 / 8, 2) / 12);
      assertEquals(expected, area, 0.01 * expected, "area");
      assertEquals(x, cx / area, 0.02 * pixel, "x to a fiftieth of a pixel");
      assertEquals(y, cy / area, 0.02 * pixel, "y, upward");
    }
  }

  @Test
  void aSmallMotionChangesAFrameALittle() {
    float[] before = frame(white(32), 0.1, 0.2);
    for (double step : new double[] {1e-2, 1e-3, 1e-4}) {
      float[] after = frame(white(32), 0.1 + step, 0.2);
      double change = 0;
      for (int i = 0; i < before.length; i++) {
        change = Math.max(change, Math.abs(after[i] - before[i]));
      }
      // The ramp's slope is 1 / softness.
      assertTrue(change <= step * 8 / 2.5 + 1e-5, "change " + change + " for " + step);
      assertTrue(change > step * 8 / 2.5 / 2, "it does move: " + change + " for " + step);
    }
  }

  @Test
  void coloursAreThePapersAndWithinTheUnitInterval() {
    RenderSpec spec = RenderSpec.of(32, 3, Disc.several(3, 0.5));
    float[] f = frame(spec, -2, 2, 0, 0, 2, -2);
    assertPixel(f, 5, 5, 254, 234, 93);
    assertPixel(f, 16, 16, 254, 88, 93);
    assertPixel(f, 26, 26, 81, 234, 93);
    assertPixel(f, 0, 31, 81, 88, 93);
    for (float v : f) {
      assertTrue(v >= 0 && v <= 1, "value " + v);
    }
  }

  private static void assertPixel(float[] f, int row, int column, int... colour) {
    for (int c = 0; c < 3; c++) {
      assertEquals(colour[c] / 255.0, f[(c * 32 + row) * 32 + column], 1e-6, "channel " + c);
    }
  }

  @Test
  void laterBodiesCoverEarlierOnes() {
    RenderSpec spec = RenderSpec.of(32, 3, Disc.several(3, 0.5));
    assertPixel(frame(spec, 0, 0, 0, 0, 0, 0), 16, 16, 81, 234, 93);
    assertPixel(frame(spec, 0, 0, 0, 0, 2, 2), 16, 16, 254, 88, 93);
    // Where the upper disc is half transparent, the lower one shows through, not the ground.
    RenderSpec two =
        new RenderSpec(
            32,
            2,
            0.25,
            BLACK,
            List.of(new Disc(0.5, new Colour(255, 0, 0)), new Disc(0.5, new Colour(0, 255, 0))));
    double centre = 1.0 / 16; // the centre of a pixel
    float[] f = frame(two, centre, centre, centre + 0.5, centre);
    int pixel = 15 * 32 + 16;
    assertEquals(0.5, f[pixel], 1e-5, "half of the lower disc");
    assertEquals(0.5, f[1024 + pixel], 1e-5, "half of the upper disc");
  }

  @Test
  void eachDiscHasItsOwnRadius() {
    RenderSpec spec =
        new RenderSpec(32, 2, 0.25, BLACK, List.of(new Disc(0.5, WHITE), new Disc(1, WHITE)));
    float[] small = frame(spec, -1, 0, 9, 9);
    float[] large = frame(spec, 9, 9, -1, 0);
    double ratio = sum(large) / sum(small);
    assertEquals((1 + 1 / 192.0) / (0.25 + 1 / 192.0), ratio, 0.05);
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }

  @Test
  void framesDoNotMixAndInputTypeAndOwnershipAreKept() {
    Renderer renderer = new Renderer(RenderSpec.of(32, 3, Disc.several(2, 0.64)));
    NDArray both = manager.create(new double[] {0, 0, 1, 1, -1, 0.5, 2, -2}, new Shape(2, 2, 2));
    NDArray frames = renderer.render(both);
    assertEquals(new Shape(2, 3, 32, 32), frames.getShape());
    assertEquals(DataType.FLOAT32, frames.getDataType());
    assertEquals(DataType.FLOAT64, both.getDataType());
    assertArrayEquals(new double[] {0, 0, 1, 1, -1, 0.5, 2, -2}, both.toDoubleArray());
    float[] second = renderer.render(both.get("1:2")).toFloatArray();
    assertArrayEquals(second, frames.get("1:2").toFloatArray());
    try (NDManager other = manager.newSubManager()) {
      NDArray moved = both.duplicate();
      moved.attach(other);
      assertEquals(other, renderer.render(moved).getManager());
    }
  }

  @Test
  void float32InputIsNotConsumed() {
    NDArray at = manager.create(new float[] {0.3f, 0.4f}, new Shape(1, 1, 2));
    Renderer renderer = new Renderer(RenderSpec.of(32, 2, Disc.several(1, 0.5)));
    float[] first = renderer.render(at).toFloatArray();
    assertArrayEquals(new float[] {0.3f, 0.4f}, at.toFloatArray());
    assertArrayEquals(first, renderer.render(at).toFloatArray());
  }

  @Test
  void whatCannotBeDrawnIsNamed() {
    NDArray wrong = manager.zeros(new Shape(4, 3, 2));
    Renderer renderer = new Renderer(RenderSpec.of(32, 3, Disc.several(2, 0.5)));
    assertEquals(
        "positions (4, 3, 2) must have shape [n, 2, 2]",
        assertThrows(IllegalArgumentException.class, () -> renderer.render(wrong)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> RenderSpec.of(2, 2, Disc.several(1, 0.5)));
    assertThrows(IllegalArgumentException.class, () -> RenderSpec.of(32, 2, Disc.several(0, 0.5)));
    assertThrows(
        IllegalArgumentException.class, () -> RenderSpec.of(32, 2, Disc.several(1, Double.NaN)));
    assertThrows(IllegalArgumentException.class, () -> new Colour(0, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new Colour(-1, 0, 0));
  }
}
