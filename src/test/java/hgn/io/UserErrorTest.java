package hgn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
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

  @Test
  void whatAUserCanMendIsFoundInWhateverWasThrown() {
    UserError own = UserError.data("x");
    assertSame(own, UserError.in(new IllegalStateException(new RuntimeException(own))).get());
    for (Throwable thrown :
        List.of(
            new OutOfMemoryError("Java heap space"),
            new RuntimeException("[enforce fail] not enough memory: you tried to allocate 8 bytes"),
            new RuntimeException("CUDA out of memory. Tried to allocate"),
            new UnsatisfiedLinkError("failed to map segment from shared object"),
            new ExceptionInInitializerError(new UnsatisfiedLinkError("x")),
            new IllegalStateException("Failed to load PyTorch native library"),
            new UncheckedIOException(new AccessDeniedException("/root/x")),
            new FileSystemException("/root/x", null, "No space left on device"))) {
      UserError found = UserError.in(thrown).orElseThrow(() -> new AssertionError(thrown));
      assertEquals(UserError.Kind.ENVIRONMENT, found.kind());
      assertFalse(found.getMessage().contains("\n"), found.getMessage());
    }
    assertEquals(
        UserError.Kind.USAGE,
        UserError.in(new InvalidPathException("donn?es", "Malformed input")).get().kind());
    assertTrue(UserError.in(new NullPointerException()).isEmpty());
  }
}
