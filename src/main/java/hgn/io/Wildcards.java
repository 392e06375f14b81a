package hgn.io;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** The file system's wildcards, for names that are file names. */
public final class Wildcards {

  private Wildcards() {}

  /**
   * Predicate of names that match a pattern.
   *
   * @param pattern for example "hgn-*"
   * @param example of a good pattern, for the error
   * @throws UserError if it is no pattern
   */
  public static Predicate<String> of(String pattern, String example) {
    try {
      PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return name -> glob.matches(Path.of(name));
    } catch (PatternSyntaxException e) {
      throw UserError.usage(
              "'%s' is no pattern of names (%s): expected one such as '%s'",
              pattern, e.getDescription(), example)
          .because(e);
    }
  }
}
