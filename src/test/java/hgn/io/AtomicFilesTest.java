package hgn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;

  @Test
  void onlyFilesAreReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("theirs"), "theirs");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Path dangling = Files.createSymbolicLink(folder.resolve("none"), folder.resolve("nowhere"));
    for (Path target : List.of(folder, link, dangling, Path.of("/dev/null"), Path.of("/"))) {
      UserError error =
          assertThrows(
              UserError.class, () -> AtomicFiles.writeText(target, "x"), target.toString());
      assertEquals(2, error.exitCode());
      assertTrue(error.getMessage().contains("left as it is"), error.getMessage());
    }
    assertEquals("theirs", Files.readString(file));
    assertTrue(Files.isSymbolicLink(link));
    assertFalse(Files.exists(dangling, new LinkOption[0]));
  }

  @Test
  void whatIsForeignIsNotReplacedWhereTheUserNamesIt() throws IOException {
    Path file = folder.resolve("out");
    Exports exports = new Exports(new Workspace(folder.resolve("checkout")));
    exports.requireOwn(file);
    Files.writeString(file, "theirs");
    UserError error = assertThrows(UserError.class, () -> exports.requireOwn(file));
    assertEquals(2, error.exitCode());
    Files.writeString(file, "ours");
    exports.wrote(file);
    exports.requireOwn(file);
    Files.writeString(file, "ours, and changed by hand");
    assertThrows(UserError.class, () -> exports.requireOwn(file));
    assertThrows(UserError.class, () -> exports.requireOwn(folder));
    assertThrows(UserError.class, () -> exports.requireOwn(Path.of("/dev/null")));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThrows(UserError.class, () -> exports.requireOwn(link));
  }

  /** A process that has ended, one that had this one's number, one that runs, one elsewhere. */
  @Test
  void whatKilledProcessesLeaveIsSwept() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    AtomicFiles.writeText(folder.resolve("a/x"), "");
    String machine = machine();
    Path dead = folder.resolve(".x.npz." + machine + "-" + ended.pid() + "-3.tmp");
    Path own = folder.resolve(".x.npz." + machine + "-" + ProcessHandle.current().pid() + "-0.tmp");
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    Path alive = folder.resolve(".x.npz." + machine + "-" + parent + "-0.tmp");
    Path elsewhere = folder.resolve(".x.npz.00000000-" + ended.pid() + "-3.tmp");
    Path old = folder.resolve(".x.npz.12-3.tmp");
    Path theirs = folder.resolve(".notes.tmp");
    for (Path file : List.of(dead, own, alive, elsewhere, old, theirs)) {
      Files.writeString(file, "half");
    }
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(200_000)));
    AtomicFiles.writeText(folder.resolve("x.npz"), "whole");
    for (Path file : List.of(dead, own, old)) {
      assertFalse(Files.exists(file), file.toString());
    }
    for (Path file : List.of(alive, elsewhere, theirs)) {
      assertTrue(Files.exists(file), file.toString());
    }
  }

  /** As it stands in the name of a temporary file. */
  private String machine() {
    String[] seen = new String[1];
    AtomicFiles.write(
        folder.resolve("b/y"),
        out -> {
          try (Stream<Path> files = Files.list(folder.resolve("b"))) {
            seen[0] = files.findFirst().orElseThrow().getFileName().toString();
          }
        });
    return seen[0].replaceFirst("^\\.y\\.([0-9a-f]{8})-.*", "$1");
  }

  @Test
  void aFlippedDigitIsNoticed() throws IOException {
    Path file = Files.writeString(folder.resolve("result.json"), "{\"mse\": 1.25}");
    Checksums.check(folder, "do something");
    Checksums.write(folder, List.of("result.json", "log.csv"));
    Checksums.check(folder, "do something");
    Files.writeString(file, "{\"mse\": 1.26}");
    UserError error = assertThrows(UserError.class, () -> Checksums.check(folder, "do something"));
    assertEquals(4, error.exitCode());
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    assertTrue(error.getMessage().endsWith("do something"), error.getMessage());
    Files.delete(file);
    Checksums.check(folder, "do something");
    String some = "0".repeat(64);
    for (String text : List.of("", "nonsense\n", some + "  ../x\n", some + "  /etc/passwd\n")) {
      Files.writeString(folder.resolve(Checksums.FILE_NAME), text);
      error = assertThrows(UserError.class, () -> Checksums.check(folder, "do something"));
      assertTrue(error.getMessage().contains("has the line"), error.getMessage());
    }
  }
}
