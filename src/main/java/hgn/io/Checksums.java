package hgn.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SHA-256 of the files of a folder, in a file beside them as {@code sha256sum} writes it: {@code
 * sha256sum -c SHA256SUMS} checks them too.
 */
public final class Checksums {
  /** The file's name. */
  public static final String FILE_NAME = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\w[\\w.-]*)");

  private Checksums() {}

  /**
   * Notes the checksums of those files that are there.
   *
   * @param folder where they lie
   * @param names of them
   * @throws UserError if one cannot be read, or the note cannot be written
   */
  public static void write(Path folder, List<String> names) {
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        lines.append(of(file)).append("  ").append(name).append('\n');
      }
    }
    AtomicFiles.writeText(folder.resolve(FILE_NAME), lines.toString());
  }

  /**
   * Checks files against the note. Where there is none, or a file is not there, nothing is said:
   * who reads that file misses it.
   *
   * @param folder where they lie
   * @param remedy what to do where one differs, for the message
   * @throws UserError naming the first one that differs
   */
  public static void check(Path folder, String remedy) {
    Path note = folder.resolve(FILE_NAME);
    if (!Files.exists(note)) {
      return;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(AtomicFiles.regular(note), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unreadable(note, e);
    }
    for (String line : lines.isEmpty() ? List.of("") : lines) {
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        throw UserError.data(
            "%s has the line '%s', expected a SHA-256 and a file's name: it was left as it is; %s",
            note, line, remedy);
      }
      Path file = folder.resolve(m.group(2));
      if (Files.exists(file)) {
        require(file, m.group(1), remedy);
      }
    }
  }

  /**
   * Checks one file.
   *
   * @param file that is there
   * @param sha256 what was noted of it
   * @param remedy what to do where it differs, for the message
   * @throws UserError if it differs
   */
  public static void require(Path file, String sha256, String remedy) {
    String found = of(file);
    if (!found.equals(sha256)) {
      throw UserError.data(
          "%s is not as it was written (its SHA-256 is %.12s…, noted was %.12s…): it was not used;"
              + " %s",
          file, found, sha256, remedy);
    }
  }

  /** SHA-256 of a file, in hexadecimal. */
  public static String of(Path file) {
    try {
      return Hashes.sha256(Files.readAllBytes(AtomicFiles.regular(file)));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UserError unreadable(Path file, IOException e) {
    return UserError.environment("%s cannot be read (%s): check its permissions", file, e)
        .because(e);
  }
}
