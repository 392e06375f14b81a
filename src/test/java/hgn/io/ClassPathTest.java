package hgn.io;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathTest {
  @TempDir private Path folder;
  private Path whole;
  private Path bad;

  @BeforeEach
  void files() throws IOException {
    whole = folder.resolve("whole.jar");
    bad = folder.resolve("bad.JAR");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(whole))) {
      for (int i = 0; i < 100; i++) {
        zip.putNextEntry(new ZipEntry("entry" + i));
      }
    }
  }

  private String classPath() {
    return String.join(
        File.pathSeparator,
        "",
        whole.toString(),
        folder.toString(),
        folder.resolve("never-made.jar").toString(),
        bad.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "truncated", "text", "damaged", "folder", "dangling"})
  void whatIsNoJarIsNamed(String kind) throws IOException {
    byte[] content = Files.readAllBytes(whole);
    switch (kind) {
      case "empty" -> Files.createFile(bad);
      case "truncated" -> Files.write(bad, Arrays.copyOf(content, content.length - 30));
      case "text" -> Files.writeString(bad, "<html>404 Not Found</html>");
      case "damaged" -> {
        Arrays.fill(content, content.length - 200, content.length - 100, (byte) 7); // Its list.
        Files.write(bad, content);
      }
      case "folder" -> Files.createDirectory(bad);
      default -> Files.createSymbolicLink(bad, folder.resolve("nothing"));
    }
    UserError error = assertThrows(UserError.class, () -> ClassPath.check(classPath()));
    assertEquals(UserError.Kind.DATA, error.kind());
    assertTrue(error.getMessage().startsWith("no jar that can be read: " + bad + " ("));
    // The remedy.
    Files.delete(bad);
    assertDoesNotThrow(() -> ClassPath.check(classPath()));
  }

  @Test
  void aJarThatMayNotBeReadIsNamed() throws IOException {
    Files.copy(whole, bad);
    Files.setPosixFilePermissions(bad, Set.of());
    assumeFalse(Files.isReadable(bad), "root reads everything");
    UserError error = assertThrows(UserError.class, () -> ClassPath.check(classPath()));
    assertTrue(error.getMessage().contains(bad + " (permission denied)"), error.getMessage());
  }

  @Test
  void allAreNamedAtOnceAndOtherFilesAreNoJars() throws IOException {
    Path zip = Files.createFile(folder.resolve("b.zip"));
    Path notes = Files.createFile(folder.resolve("notes.txt"));
    Files.createFile(bad);
    String path = String.join(File.pathSeparator, classPath(), zip.toString(), notes.toString());
    String said = assertThrows(UserError.class, () -> ClassPath.check(path)).getMessage();
    assertTrue(said.contains(bad + " (") && said.contains(zip + " ("), said);
    assertTrue(!said.contains("notes"), said);
  }
}
