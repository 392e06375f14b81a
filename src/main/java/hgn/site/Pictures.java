package hgn.site;

import hgn.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pictures inside notebooks as files of their own: pages stay small and load what is looked at.
 * A picture that is also in figures/ is not stored twice.
 */
final class Pictures {
  /** Folder of pictures that are in no file of figures/, seen from notebooks/. */
  private static final String FOLDER = "images/";

  /**
   * Place of a picture.
   *
   * @param link its address as seen from notebooks/
   * @param figure its figure's name where it is one
   */
  record Placed(String link, Optional<String> figure) {}

  private final Path notebooks;
  private final Map<String, Path> figureByHash = new HashMap<>();

  /**
   * Knows the figures.
   *
   * @param site the folder in which the site is being built
   * @param figures the pictures of figures/
   * @throws IOException if one cannot be read
   */
  Pictures(Path site, List<Path> figures) throws IOException {
    this.notebooks = site.resolve("notebooks");
    for (Path figure : figures) {
      figureByHash.put(Hashes.sha256(Files.readAllBytes(figure)), figure);
    }
  }

  /**
   * Stores a picture unless it is one of the figures.
   *
   * @param content the file's bytes
   * @param name the file's name if it has to be stored
   * @throws IOException if it cannot be
   */
  Placed place(byte[] content, String name) throws IOException {
    Path figure = figureByHash.get(Hashes.sha256(content));
    if (figure != null) {
      return new Placed("../figures/" + figure.getFileName(), Optional.of(FileNames.stem(figure)));
    }
    Files.createDirectories(notebooks.resolve(FOLDER));
    Files.write(notebooks.resolve(FOLDER + name), content);
    return new Placed(FOLDER + name, Optional.empty());
  }
}
