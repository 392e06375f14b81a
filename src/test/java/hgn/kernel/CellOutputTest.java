package hgn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel's parts that need no front end. */
class CellOutputTest {
  @Test
  void ofAStoppedCellNoMoreIsShownThanItsAllowance() {
    AtomicInteger shown = new AtomicInteger();
    CellOutput output = new CellOutput((error, text) -> shown.addAndGet(text.length()), () -> true);
    PrintStream stream = output.stream(false);
    for (int i = 0; i < 3000; i++) {
      stream.print("x".repeat(1000));
    }
    output.flush();
    assertTrue(shown.get() < 1 << 20, shown + " of 3000000");
  }

  @Test
  void aLargeTextIsShownWhole() {
    AtomicInteger shown = new AtomicInteger();
    CellOutput output =
        new CellOutput((error, text) -> shown.addAndGet(text.length()), () -> false);
    output.stream(false).print("x".repeat(3_000_000));
    output.flush();
    assertEquals(3_000_000, shown.get());
  }

  @Test
  void aStoppedCellSendsNoFloodOfMessages() {
    AtomicInteger sent = new AtomicInteger();
    CellOutput output = new CellOutput((error, text) -> sent.incrementAndGet(), () -> true);
    for (int i = 0; i < 2000; i++) {
      output.stream(i % 2 == 0).print("x");
      if (output.mayDisplay(1)) {
        sent.incrementAndGet();
      }
    }
    output.flush();
    assertTrue(sent.get() < 500, sent + " messages");
  }

  @Test
  void aScannerReadsWhatIsTyped() {
    List<String> typed = new java.util.ArrayList<>(List.of("42 ä", "next"));
    Scanner scanner = new Scanner(new Keyboard(() -> typed.remove(0)), StandardCharsets.UTF_8);
    assertEquals(42, scanner.nextInt());
    assertEquals(" ä", scanner.nextLine());
    assertEquals("next", scanner.nextLine());
    Scanner nobody = new Scanner(new Keyboard(() -> null), StandardCharsets.UTF_8);
    assertTrue(assertThrows(UserError.class, nobody::next).getMessage().contains("cannot ask"));
  }

  @Test
  void aMessageIsBelievedOnceAndOnlyWithItsSignature() throws Exception {
    Signature key = new Signature("hmac-sha256", "secret");
    List<byte[]> parts = List.of("{}".getBytes(StandardCharsets.UTF_8));
    String good = key.of(parts);
    assertEquals("its signature does not fit", key.objection("ab", parts));
    assertEquals("", key.objection(good, parts));
    assertEquals("it was received before", key.objection(good, parts));
    assertEquals("", new Signature("hmac-sha256", "").objection("anything", parts));
  }

  @Test
  void aUserErrorIsItsMessage() {
    Failure failure =
        Failure.thrown(
            new UserError(UserError.Kind.DATA, "mend it", new IOException("x")), List.of());
    assertEquals(1, failure.traceback().size());
    assertTrue(failure.traceback().get(0).contains("mend it"));
  }

  @Test
  void textIsCutBetweenCharactersOnly() {
    byte[] bytes = "aä█😀".getBytes(StandardCharsets.UTF_8);
    int[] whole = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (int length = 0; length <= bytes.length; length++) {
      assertEquals(whole[length], CellOutput.wholeCharacters(bytes, length), "length " + length);
    }
  }

  @Test
  void anothersKernelIsNotReplaced(@TempDir Path folder) throws IOException {
    Path file = KernelSpec.install(Path.of("/checkout"), folder, false);
    assertTrue(Files.readString(file).contains("/checkout/lib/*"));
    assertEquals(file, KernelSpec.install(Path.of("/other"), folder, false));
    Files.writeString(file, "{\"argv\": [\"ijava\"]}");
    UserError refused =
        assertThrows(
            UserError.class, () -> KernelSpec.install(Path.of("/checkout"), folder, false));
    assertTrue(refused.getMessage().contains("--force"));
    assertFalse(Files.readString(file).contains("checkout"));
    assertEquals(file, KernelSpec.install(Path.of("/checkout"), folder, true));
  }
}
