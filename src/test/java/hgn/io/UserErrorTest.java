package hgn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserErrorTest {

  @Test
  void eachKindHasItsExitCode() {
    assertEquals(2, UserError.usage("x").exitCode());
    assertEquals(3, UserError.environment("x").exitCode());
    assertEquals(4, UserError.data("x").exitCode());
    assertEquals(5, UserError.busy("x").exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "de-DE", "tr-TR", "en-US"})
  void theMessageIsTheSameInEveryLocale(String tag) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertEquals("12345 films, 0.50", UserError.data("%d films, %.2f", 12345, 0.5).getMessage());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aTextWithoutArgumentsIsTakenAsItIs() {
    assertEquals("100 % of it", UserError.data("100 % of it").getMessage());
  }

  @Test
  void theReasonIsKept() {
    IOException reason = new IOException("disk");
    UserError error = UserError.environment("no space in %s", "x").because(reason);
    assertSame(reason, error.getCause());
    assertEquals("no space in x", error.getMessage());
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    List<Integer> known = List.of(1, 22);
    assertEquals(22, UserError.lookUp("number", "22", known, String::valueOf));
    UserError error =
        assertThrows(
            UserError.class, () -> UserError.lookUp("number", "3", known, String::valueOf));
    assertEquals("unknown number '3', expected one of: 1, 22", error.getMessage());
    assertEquals(UserError.Kind.USAGE, error.kind());
  }
}
