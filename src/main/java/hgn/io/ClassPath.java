package hgn.io;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * Jars that this process was started with. Java passes over one that it cannot open; the compiler
 * behind a notebook's cells fails at it with an error that does not name it.
 */
public final class ClassPath {
  private ClassPath() {}

  /**
   * Opens every jar.
   *
   * @throws UserError naming those that are none
   */
  public static void check() {
    check(System.getProperty("java.class.path"));
  }

  /** The same of a class path. */
  static void check(String classPath) {
    List<String> faults =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(classPath)
            .filter(entry -> entry.toLowerCase(Locale.ROOT).matches("(?s).*\\.(jar|zip)"))
            .map(Path::of)
            .filter(path -> Files.exists(path, NOFOLLOW_LINKS) && !fault(path).isEmpty())
            .map(path -> "%s (%s)".formatted(path, fault(path)))
            .toList();
    if (!faults.isEmpty()) {
      throw UserError.data(
          "no jar that can be read: %s; remove it; if it was a library of this project,"
              + " 'mvn package -DskipTests' puts it back",
          String.join(", ", faults));
    }
  }

  private static String fault(Path path) {
    if (Files.isDirectory(path)) {
      return "it is a folder";
    }
    if (!Files.exists(path)) {
      return "it is a link to nothing";
    }
    if (!Files.isReadable(path)) {
      return "permission denied";
    }
    try {
      new ZipFile(path.toFile()).close();
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
