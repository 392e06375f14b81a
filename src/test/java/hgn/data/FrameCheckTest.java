package hgn.data;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The gate that frames pass: what is wrong, where, and what to do. */
class FrameCheckTest {
  private static final FrameCheck CHECK = new FrameCheck(4, 3);

  @Test
  void goodFramesPass() {
    assertDoesNotThrow(() -> CHECK.check("film.npz", grey(2, 3, 3, 4, 4), 2, 3, 3, 4, 4));
    assertDoesNotThrow(() -> CHECK.check("film.npz", grey(1, 9, 3, 4, 4), 1, 9, 3, 4, 4));
  }

  @Test
  void aWrongSizeIsNamed() {
    refused("8 × 4 pixels, expected 4 × 4", grey(1, 3, 3, 8, 4), 1, 3, 3, 8, 4);
  }

  @Test
  void tooFewFramesAreCounted() {
    refused("2 frames, this protocol needs at least 3", grey(1, 2, 3, 4, 4), 1, 2, 3, 4, 4);
    assertThrows(UserError.class, () -> CHECK.checkLength("folder film-1", 2));
  }

  @Test
  void axesInAnotherOrderAreSaidToBe() {
    refused("put an axis of films in front", grey(3, 3, 4, 4), 3, 3, 4, 4);
    refused("colours last", grey(1, 3, 4, 4, 3), 1, 3, 4, 4, 3);
    refused("1 colour planes, expected 3", grey(1, 3, 1, 4, 4), 1, 3, 1, 4, 4);
    refused("no film", grey(0, 3, 3, 4, 4), 0, 3, 3, 4, 4);
    refused("needs 288", grey(1, 3, 3, 4, 4), 2, 3, 3, 4, 4);
  }

  @Test
  void valuesThatAreNoNumbersAreFound() {
    float[] frames = grey(2, 3, 3, 4, 4);
    frames[144 + 48 + 16 + 4 + 2] = Float.NaN;
    refused("NaN at film 1, frame 1, green, row 1, column 2", frames, 2, 3, 3, 4, 4);
    frames[0] = Float.POSITIVE_INFINITY;
    refused("Infinity at film 0, frame 0, red, row 0, column 0", frames, 2, 3, 3, 4, 4);
  }

  @Test
  void valuesOutsideTheRangeAreFound() {
    float[] frames = grey(1, 3, 3, 4, 4);
    frames[5] = 128;
    refused("array / 255", frames, 1, 3, 3, 4, 4);
    frames[5] = -0.25f;
    refused("-0.25 at film 0, frame 0, red, row 1, column 1", frames, 1, 3, 3, 4, 4);
  }

  private static void refused(String what, float[] frames, long... shape) {
    UserError error = assertThrows(UserError.class, () -> CHECK.check("film.npz", frames, shape));
    assertEquals(UserError.Kind.DATA, error.kind());
    assertTrue(error.getMessage().contains(what), error.getMessage());
    assertTrue(error.getMessage().contains("film.npz"), error.getMessage());
  }

  private static float[] grey(int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, 0.33f);
    return values;
  }
}
