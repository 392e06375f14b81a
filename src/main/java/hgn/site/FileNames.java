package hgn.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names of files. */
final class FileNames {
  private FileNames() {}

  /** The name without folder and ending: "02-datasets" of notebooks/02-datasets.ipynb. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  /**
   * The files of a folder with an ending, by name; none where there is no such folder.
   *
   * @param folder which
   * @param ending with its dot
   * @throws IOException if it cannot be listed
   */
  static List<Path> in(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(ending))
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
