package hgn.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that are there whole or not at all. */
public final class AtomicFiles {

  /** Tells apart what several threads of this process write at once. */
  private static final AtomicLong WRITES = new AtomicLong();

  /** Target, machine, process and number of a write. */
  private static final Pattern TEMPORARY =
      Pattern.compile("\\..+?\\.(?:([0-9a-f]{8})-)?(\\d+)-\\d+\\.tmp");

  /** No write takes so long. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  /** Folders in which this process has looked for what killed ones have left. */
  private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

  private static final String MACHINE = machine();

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
   * or a full disk at any moment leaves either the old file or the new one. The first write into a
   * folder takes away what killed processes have left there.
   *
   * @param target the file to make or replace
   * @param content what it holds
   * @throws UserError if the target is no file, the folder cannot be written or the disk is full;
   *     the old file still stands
   */
  public static void write(Path target, Content content) {
    requireFile(target);
    Path folder = target.toAbsolutePath().getParent();
    Path temporary =
        folder.resolve(
            Text.of(
                ".%s.%s-%d-%d.tmp",
                target.getFileName(),
                MACHINE,
                ProcessHandle.current().pid(),
                WRITES.incrementAndGet()));
    try {
      Files.createDirectories(folder);
      sweep(folder);
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
      throw UserError.environment(
              "could not write %s (%s): free space or permission is missing in %s; nothing was"
                  + " replaced",
              target, reason(e), folder)
          .because(e);
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

  /**
   * Looks whether a path can be a file's.
   *
   * @throws UserError if there is a folder, a link or a device
   */
  static void requireFile(Path target) {
    String what =
        Files.isSymbolicLink(target)
            ? "a link"
            : Files.isDirectory(target)
                ? "a folder"
                : Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                    ? "a device or a pipe"
                    : target.toAbsolutePath().getFileName() == null ? "no name" : null;
    if (what != null) {
      throw UserError.usage(
          "%s is %s, expected a file to make or to replace: it was left as it is; name another",
          target, what);
    }
  }

  /**
   * Looks whether a path that is there is a file's, before it is read: a pipe would be waited for.
   *
   * @return the same path
   * @throws IOException if it is something else
   */
  public static Path regular(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is a folder, a pipe or a device");
    }
    return file;
  }

  /** Permission, space and the like, without the path that stands before it already. */
  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.toString();
  }

  /** One thread sweeps before another's temporary file is there. */
  private static synchronized void sweep(Path folder) throws IOException {
    if (!SWEPT.add(folder.toRealPath())) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : files) {
        Matcher m = TEMPORARY.matcher(file.getFileName().toString());
        if (m.matches() && isAbandoned(file, m.group(1), Long.parseLong(m.group(2)))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * Another machine's processes are not known here; what is old belongs to none. In a container the
   * next process often has the number of the one that was killed.
   */
  private static boolean isAbandoned(Path file, String machine, long process) throws IOException {
    boolean own = process == ProcessHandle.current().pid();
    if (MACHINE.equals(machine) && (own || ProcessHandle.of(process).isEmpty())) {
      return true;
    }
    long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
    return age > ABANDONED.toMillis();
  }

  /** Tells one running system, or one container of it, from others that share its disk. */
  private static String machine() {
    StringBuilder text = new StringBuilder();
    try {
      text.append(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")));
      text.append(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")));
    } catch (IOException | RuntimeException e) {
      // Not Linux: there a disk is seldom shared.
    }
    return Hashes.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 8);
  }
}
