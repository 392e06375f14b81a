package hgn.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files that this checkout has written where a user asked it to. Only these are replaced there:
 * not another program's file, nor one that was changed since.
 *
 * @param workspace which keeps their SHA-256 in {@code data/exports/}
 */
public record Exports(Workspace workspace) {

  private Path register() {
    return workspace.root().resolve("data").resolve("exports").resolve(Checksums.FILE_NAME);
  }

  /**
   * Looks whether a file may be made or replaced; to be asked before anything is computed for it.
   *
   * @param target the file that the user named
   * @throws UserError if it is a folder, a link, a device or no export of this checkout
   */
  public void requireOwn(Path target) {
    AtomicFiles.requireFile(target);
    if (Files.exists(target) && !written().contains(Checksums.of(target))) {
      throw UserError.usage(
          "%s is there, and is not as this checkout wrote it: it was left as it is; give another"
              + " name, or move it away",
          target);
    }
  }

  /** Notes that a file was written. */
  public void wrote(Path target) {
    Set<String> all = written();
    if (all.add(Checksums.of(target))) {
      AtomicFiles.writeText(register(), String.join("\n", all) + "\n");
    }
  }

  private Set<String> written() {
    Path register = register();
    try {
      return new LinkedHashSet<>(Files.exists(register) ? Files.readAllLines(register) : Set.of());
    } catch (IOException e) {
      throw UserError.environment("%s cannot be read (%s): check its permissions", register, e)
          .because(e);
    }
  }
}
