package hgn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibtorchTest {
  @TempDir Path folder;

  private Path libraries(String... names) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (String name : names) {
      Files.write(lib.resolve(System.mapLibraryName(name)), new byte[0]);
    }
    return lib;
  }

  private static UserError refused(Path lib) {
    UserError error = assertThrows(UserError.class, () -> Libtorch.requireVersion(lib));
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertTrue(error.getMessage().contains(Libtorch.expected()), error.getMessage());
    return error;
  }

  @Test
  void aLibtorchOfAnotherVersionIsRefusedBeforeItIsLoaded() throws IOException {
    Path lib = libraries("torch", "torch_cuda");
    Files.writeString(folder.resolve("build-version"), "2.1.0+cu121\n");
    assertTrue(refused(lib).getMessage().contains("libtorch 2.1.0, expected"));
    Files.writeString(folder.resolve("build-version"), Libtorch.expected() + "+cu128\n");
    assertTrue(Libtorch.requireVersion(lib));
  }

  /** The one of Python's package. */
  @Test
  void aLibtorchForTheCpuIsTold() throws IOException {
    Path lib = libraries("torch");
    Files.writeString(
        folder.resolve("version.py"), "__version__ = '%s+cpu'\n".formatted(Libtorch.expected()));
    assertFalse(Libtorch.requireVersion(lib));
  }

  @Test
  void aFolderWithoutOneIsRefused() throws IOException {
    assertTrue(refused(libraries()).getMessage().contains("where there is no"));
    assertTrue(refused(folder.resolve("none")).getMessage().contains("none"));
  }
}
