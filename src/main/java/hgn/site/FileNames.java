package hgn.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Names of files. */
final class FileNames {
  private FileNames() {}

  /** The name without folder and ending: "02-datasets" of notebooks/02-datasets.ipynb. */
  static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  /**
   * The public files of a folder with an ending, by name; none where there is no such folder.
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
          .filter(f -> isPublic(folder, f))
          .sorted()
          .toList();
    }
  }

  /** Whether a file is neither hidden, nor below a hidden folder, nor by a link somewhere else. */
  static boolean isPublic(Path root, Path file) {
    try {
      Path real = root.toRealPath().relativize(file.toRealPath());
      return Stream.of(root.relativize(file), real)
          .flatMap(path -> StreamSupport.stream(path.spliterator(), false))
          .noneMatch(part -> part.toString().startsWith("."));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
