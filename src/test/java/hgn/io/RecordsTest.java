package hgn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Records.Default;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records that grow: what files from before a component, and from after it, are read as. */
class RecordsTest {
  private enum Colour {
    RED,
    BLUE
  }

  private record Before(int a, Inner inner) {}

  private record Inner(double x) {}

  private record After(
      int a, @Default("7") int b, @Default("BLUE") Colour colour, GrownInner inner) {
    After {
      if (b < 0) {
        throw new IllegalArgumentException("b is %d, expected at least 0".formatted(b));
      }
    }
  }

  private record GrownInner(double x, @Default("0.5") double y) {}

  private static final Before BEFORE = new Before(3, new Inner(1.5));
  private static final After AFTER = new After(3, 7, Colour.BLUE, new GrownInner(1.5, 0.5));

  @Test
  void aComponentAtItsDefaultChangesNoTextAndNoKey() {
    assertEquals(Json.compact(BEFORE), Json.compact(AFTER));
    assertEquals(Hashes.key(BEFORE), Hashes.key(AFTER));
    assertEquals(AFTER, Json.parse(Json.compact(BEFORE), After.class));
    assertEquals(Json.map(BEFORE), Json.map(AFTER));
  }

  @Test
  void anotherValueIsWrittenAndReadBack() {
    After other = Records.with(AFTER, "b", 8, "colour", Colour.RED);
    assertEquals("{\"a\":3,\"b\":8,\"colour\":\"RED\",\"inner\":{\"x\":1.5}}", Json.compact(other));
    assertEquals(other, Json.parse(Json.compact(other), After.class));
  }

  @Test
  void specsAreTheSameOnceDefaultsAreFilledIn() {
    assertEquals(Optional.empty(), Records.difference(Json.map(BEFORE), AFTER));
    assertEquals(
        Optional.empty(),
        Records.difference(
            Map.of("inner", Map.of("y", 0.5, "x", 1.5), "colour", "BLUE", "a", 3.0), AFTER));
  }

  @Test
  void aDifferenceNamesTheComponentAndBothValues() {
    After other = Records.with(AFTER, "b", 8);
    assertEquals("its 'b' is 7, not 8", Records.difference(Json.map(BEFORE), other).orElseThrow());
    assertEquals(
        "its 'inner.y' is 2, not 0.5",
        Records.difference(Map.of("a", 3, "inner", Map.of("x", 1.5, "y", 2)), AFTER).orElseThrow());
    assertEquals(
        "its 'a' is missing, not 3",
        Records.difference(Map.of("inner", Map.of("x", 1.5)), AFTER).orElseThrow());
    assertEquals(
        "its 'colour' is \"GREEN\", not \"BLUE\"",
        Records.difference(Map.of("a", 3, "colour", "GREEN", "inner", Map.of("x", 1.5)), AFTER)
            .orElseThrow());
  }

  @Test
  void aComponentOfAnotherVersionIsRefusedByName() {
    String found =
        Records.difference(Map.of("a", 3, "inner", Map.of("x", 1.5, "zeta", 1)), AFTER)
            .orElseThrow();
    assertTrue(found.contains("'inner.zeta' is unknown to this version"), found);
  }

  @Test
  void orderAndWaysToWriteANumberDoNotMakeAnotherText() {
    assertTrue(Records.same("{\"a\":1,\"b\":2}", "{\"b\":2.0,\"a\":1}"));
    assertFalse(Records.same("{\"a\":1}", "{\"a\":1.5}"));
    assertFalse(Records.same("{\"a\":1", "{\"a\":1}"));
  }

  @Test
  void aCopyIsCheckedAsEveryRecordIs() {
    assertEquals(3, AFTER.a());
    assertEquals(2, Records.with(AFTER, "a", 2).a());
    String refused =
        assertThrows(IllegalArgumentException.class, () -> Records.with(AFTER, "b", -1))
            .getMessage();
    assertEquals("b is -1, expected at least 0", refused);
    String unknown =
        assertThrows(IllegalArgumentException.class, () -> Records.with(AFTER, "c", 1))
            .getMessage();
    assertEquals("After has no [c], expected one of [a, b, colour, inner]", unknown);
    assertThrows(IllegalArgumentException.class, () -> Records.with(AFTER, "a", "two"));
  }
}
