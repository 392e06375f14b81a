package hgn.io;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The home folder, in which libraries keep what they unpack: DJL libtorch, JNA and the JDK their
 * caches.
 */
public final class Home {
  private static final String PROPERTY = "user.home";

  /** Folder that DJL unpacks into. */
  private static final String UNPACKED = ".djl.ai";

  private Home() {}

  /**
   * Moves this process's home into the checkout where the user has none, cannot write it, or finds
   * somebody else's libraries there. To be called before any of these libraries is.
   *
   * @throws UserError if the checkout cannot be written either
   */
  public static synchronized void use() {
    Path home = Path.of(System.getProperty(PROPERTY));
    Path unpacked = home.resolve(UNPACKED);
    boolean usable = home.isAbsolute() && Files.isWritable(home);
    if (usable && (Files.isWritable(unpacked) || !Files.exists(unpacked))) {
      return;
    }
    Path own = Workspace.find().root().resolve("target").resolve("home");
    try {
      Files.createDirectories(own);
    } catch (java.io.IOException e) {
      throw UserError.environment(
              "the home folder '%s' cannot be written, nor %s: libraries need one of them; give"
                  + " write permission, or another home with java -Duser.home=<folder>",
              home, own)
          .because(e);
    }
    System.setProperty(PROPERTY, own.toString());
  }
}
