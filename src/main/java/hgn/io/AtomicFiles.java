package hgn.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/** Files that are there whole or not at all. */
public final class AtomicFiles {

  /** Tells apart what several threads of this process write at once. */
  private static final AtomicLong WRITES = new AtomicLong();

  private AtomicFiles() {}

  /** Writes a file's content to a stream. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out where to
     * @throws IOException if the stream does
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a sibling temporary file, flushes it to the disk and renames it over the target: a kill
   * or a full disk at any moment leaves either the old file or the new one.
   *
   * @param target the file to make or replace
   * @param content what it holds
   * @throws UserError if the folder cannot be written or the disk is full; the old file still
   *     stands
   */
  public static void write(Path target, Content content) {
    Path folder = target.toAbsolutePath().getParent();
    Path temporary =
        folder.resolve(
            ".%s.%d-%d.tmp"
                .formatted(
                    target.getFileName(), ProcessHandle.current().pid(), WRITES.incrementAndGet()));
    try {
      Files.createDirectories(folder);
      // Not a FileChannel: an interrupt during its write would close it and lose the checkpoint.
      try (FileOutputStream file = new FileOutputStream(temporary.toFile());
          OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
        content.writeTo(out);
        out.flush();
        file.getFD().sync();
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "could not write %s (%s): free space or permission is missing in %s; nothing was replaced"
              .formatted(target, e, folder),
          e);
    } finally {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // The write's own outcome matters more than a stray temporary file.
      }
    }
  }

  /**
   * Writes text in UTF-8, see {@link #write(Path, Content)}.
   *
   * @param target the file to make or replace
   * @param text what it holds
   */
  public static void writeText(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
