package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a run's folder, and what becomes of what is in it. */
class RunFolderTest {
  @TempDir private Path root;
  private RunFolder folder;
  private Path attic;

  @BeforeEach
  void place() {
    folder = new RunFolder(root.resolve("data/runs/x/quick"));
    attic = root.resolve("data/runs-old");
  }

  @AfterEach
  void forget() {
    System.clearProperty("hgn.retrain");
  }

  /** What the other process runs. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) {
      System.out.print(new RunFolder(Path.of(args[0])).busy());
    }
  }

  private String busyElsewhere() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                folder.path().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, other.waitFor());
    return said;
  }

  @Test
  void aFolderStaysHeldWhoeverLooksAtIt() throws Exception {
    assertFalse(folder.busy());
    RunFolder.Hold hold = folder.hold();
    try (hold) {
      RunFolder linked =
          new RunFolder(
              Files.createSymbolicLink(root.resolve("link"), folder.path().toAbsolutePath()));
      assertTrue(folder.busy());
      assertTrue(linked.busy());
      UserError error = assertThrows(UserError.class, folder::hold);
      assertEquals(UserError.Kind.BUSY, error.kind());
      assertThrows(UserError.class, linked::hold);
      assertEquals("true", busyElsewhere());
    }
    assertFalse(folder.busy());
    assertEquals("false", busyElsewhere());
    folder.hold().close();
  }

  @Test
  void whatIsMovedAsideIsMovedWhole() throws IOException {
    folder.moveAside();
    assertFalse(Files.exists(folder.path()), "nothing was there");
    folder.hold().close();
    folder.moveAside();
    assertFalse(Files.exists(attic), "a lock is nothing to keep");
    for (int n = 1; n <= 2; n++) {
      Files.writeString(folder.result(), "result " + n);
      Files.writeString(folder.log(), "log");
      folder.moveAside();
      assertFalse(Files.exists(folder.result()));
      Path moved = attic.resolve("x.quick." + n);
      assertEquals("result " + n, Files.readString(moved.resolve("result.json")));
      assertTrue(Files.exists(moved.resolve("log.csv")));
    }
  }

  @Test
  void nothingIsMovedFromUnderATraining() throws IOException {
    RunFolder.Hold hold = folder.hold();
    try (hold) {
      Files.writeString(folder.checkpoint(), "x");
      assertThrows(UserError.class, folder::moveAside);
      assertTrue(Files.exists(folder.checkpoint()));
    }
  }

  @Test
  void retrainingDoesNotGoOnWithAnEarlierCheckpoint() throws IOException {
    Instant asked = Instant.now().minusSeconds(50);
    System.setProperty("hgn.retrain", Long.toString(asked.getEpochSecond()));
    folder.hold().close();
    Files.writeString(folder.checkpoint(), "stale");
    Files.setLastModifiedTime(folder.checkpoint(), FileTime.from(asked.minusSeconds(50)));
    folder.renew();
    assertFalse(Files.exists(folder.checkpoint()));
    assertTrue(Files.exists(attic.resolve("x.quick.1/checkpoint.npz")));
    Files.writeString(folder.checkpoint(), "begun after it was asked for");
    folder.renew();
    assertTrue(Files.exists(folder.checkpoint()));
  }
}
