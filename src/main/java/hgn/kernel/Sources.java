package hgn.kernel;

import hgn.io.UserError;
import hgn.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Javadoc of the project's own classes, from the checkout the notebook stands in. JShell finds that
 * of the JDK only.
 */
final class Sources {
  private static final Pattern NAME = Pattern.compile("\\bhgn(?:\\.[a-z]\\w*)*((?:\\.[A-Z]\\w*)+)");

  private Sources() {}

  /** The comment before the declaration that a signature names; null if none is found. */
  static String javadoc(String signature) {
    Matcher type = NAME.matcher(owner(signature));
    if (!type.find()) {
      return null;
    }
    String[] classes = type.group(1).substring(1).split("\\.", -1);
    Path folder =
        Path.of(
            type.group()
                .substring(0, type.group().length() - type.group(1).length())
                .replace('.', '/'));
    String name = member(signature, type.end(), classes[classes.length - 1]);
    try {
      Path file =
          Workspace.find()
              .root()
              .resolve("src/main/java")
              .resolve(folder)
              .resolve(classes[0] + ".java");
      return Files.isReadable(file) ? commentBefore(name, Files.readString(file)) : null;
    } catch (IOException | UserError e) {
      return null; // A signature alone is still an answer.
    }
  }

  /** The signature without its return type's own names: from the last qualified name before "(". */
  private static String owner(String signature) {
    int open = signature.indexOf('(');
    String head = open < 0 ? signature : signature.substring(0, open);
    int space = head.lastIndexOf(' ');
    return head.substring(space + 1);
  }

  private static String member(String signature, int from, String type) {
    String owner = owner(signature);
    return from < owner.length() && owner.charAt(from) == '.' ? owner.substring(from + 1) : type;
  }

  static String commentBefore(String name, String source) {
    Matcher found =
        Pattern.compile(
                "/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*[^;{}()=/*]*\\b"
                    + Pattern.quote(name)
                    + "\\b")
            .matcher(source);
    return found.find() ? found.group(1).replaceAll("(?m)^\\s*\\* ?", "").strip() : null;
  }
}
