package hgn.site;

import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** A folder that is there whole or not at all, and replaces nothing but an earlier site. */
final class SiteFolder {
  /** By this the first page of a site is known as ours. */
  static final String GENERATOR = "hgn-workbook report";

  private SiteFolder() {}

  /** Fills a folder. */
  @FunctionalInterface
  interface Content {
    /**
     * Writes all of it.
     *
     * @param folder an empty folder
     * @throws IOException if it cannot be written
     */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Fills a temporary folder beside the target and puts it in the target's place.
   *
   * @param target the site's folder
   * @param content what it holds
   * @throws IOException if it cannot be written; an earlier site still stands
   * @throws UserError if the target holds anything but an earlier site
   */
  static void replace(Path target, Content content) throws IOException {
    refuseForeign(target);
    Path parent = target.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path fresh = Files.createTempDirectory(parent, ".report-");
    try {
      content.writeTo(fresh);
      if (Files.exists(target)) {
        Path old = fresh.resolveSibling(fresh.getFileName() + "-old");
        Files.move(target, old);
        try {
          Files.move(fresh, target);
        } catch (IOException e) {
          Files.move(old, target);
          throw e;
        }
        FileUtils.deleteDirectory(old.toFile());
      } else {
        Files.move(fresh, target);
      }
    } finally {
      FileUtils.deleteDirectory(fresh.toFile());
    }
  }

  private static void refuseForeign(Path target) throws IOException {
    if (Files.exists(target) && !isSite(target) && !isEmptyFolder(target)) {
      throw UserError.usage(
          "%s is not a site of ./workbook report, and would be replaced: name another folder with"
              + " --out",
          target);
    }
  }

  private static boolean isSite(Path target) throws IOException {
    Path index = target.resolve("index.html");
    return Files.isRegularFile(index) && Files.readString(index).contains(GENERATOR);
  }

  private static boolean isEmptyFolder(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return false;
    }
    try (Stream<Path> files = Files.list(target)) {
      return files.findAny().isEmpty();
    }
  }
}
