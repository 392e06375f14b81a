package hgn.io;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The folders of one checkout.
 *
 * @param root the folder that holds notebooks/, data/ and figures/
 */
public record Workspace(Path root) {
  private static final int MAX_NAME = 100;

  /** Checks and normalises the root. */
  public Workspace {
    root = Objects.requireNonNull(root, "root").toAbsolutePath().normalize();
    if (root.toString().contains(File.pathSeparator)) {
      throw UserError.environment(
          "%s has a '%s' in it, which separates paths for Java and for Jupyter: move the checkout"
              + " to a folder without one",
          root, File.pathSeparator);
    }
  }

  /**
   * The workspace this process runs in: {@code HGN_HOME} where it is set, else the nearest folder
   * upward from the working directory that holds both pom.xml and notebooks/.
   *
   * @return the workspace
   * @throws UserError if there is none
   */
  public static Workspace find() {
    String home = System.getProperty("hgn.home", System.getenv("HGN_HOME"));
    if (home != null && !home.isBlank()) {
      if (!Files.isDirectory(Path.of(home))) {
        throw UserError.environment(
            "HGN_HOME is '%s', which is no folder: set it to your checkout", home);
      }
      return new Workspace(Path.of(home));
    }
    Path here = Path.of("").toAbsolutePath();
    for (Path at = here; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.isDirectory(at.resolve("notebooks"))) {
        return new Workspace(at);
      }
    }
    throw UserError.environment(
        "no checkout found above %s: set HGN_HOME to the folder that holds notebooks/", here);
  }

  /** Folder of figures: figures/, or below {@code HGN_OUTPUT} where that is set. */
  public Path figures() {
    return output("figures", root);
  }

  /** Folder of cached simulated states. */
  public Path datasets() {
    return root.resolve("data").resolve("datasets");
  }

  /** Folder of runs: their results, logs and checkpoints. */
  public Path runs() {
    return root.resolve("data").resolve("runs");
  }

  /** Folder of tables: data/tables/, or below {@code HGN_OUTPUT} where that is set. */
  public Path tables() {
    return output("tables", root.resolve("data"));
  }

  /**
   * The name of a figure's or a table's file. A name stays in its folder and can be seen there.
   *
   * @param name the file's stem, any words without a slash
   * @param ending for example ".png"
   * @return both
   * @throws UserError if the name is empty, hidden or leads elsewhere
   */
  public static String fileName(String name, String ending) {
    boolean odd = name.chars().anyMatch(c -> c < ' ' || "/\\:*?\"<>|".indexOf(c) >= 0);
    if (name.isBlank() || name.startsWith(".") || odd || name.length() > MAX_NAME) {
      throw UserError.usage(
          "'%s' is no name for a figure or a table: give up to %d letters, digits, spaces or"
              + " hyphens, such as 'pendulum-quick'; it is saved in its own folder",
          name, MAX_NAME);
    }
    return name + ending;
  }

  /** A run that only shows that everything works must not replace the figures of a real one. */
  private Path output(String folder, Path usual) {
    String elsewhere = System.getenv("HGN_OUTPUT");
    boolean set = elsewhere != null && !elsewhere.isBlank();
    return (set ? root.resolve(elsewhere) : usual).resolve(folder);
  }
}
