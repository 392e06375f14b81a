package hgn.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files beside the classes on the class path, read whole. */
public final class Resources {
  private Resources() {}

  /**
   * Bytes of a file.
   *
   * @param beside a class in the folder that the name starts from
   * @param name relative, or from the root where it begins with "/"
   * @throws IllegalStateException if it is not there
   */
  public static byte[] bytes(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path: build with Maven");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Text of a file in UTF-8.
   *
   * @param beside a class in the folder that the name starts from
   * @param name relative, or from the root where it begins with "/"
   * @throws IllegalStateException if it is not there
   */
  public static String text(Class<?> beside, String name) {
    return new String(bytes(beside, name), StandardCharsets.UTF_8);
  }
}
