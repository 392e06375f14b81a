package hgn.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hgn.io.Text;
import hgn.io.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jshell.Diag;

/**
 * Failure of a cell, as a front end shows it.
 *
 * @param name the exception's class
 * @param message its message, never null
 * @param traceback the lines to show
 */
record Failure(String name, String message, List<String> traceback) {
  private static final String RED = "\u001b[1;31m";
  private static final String PLAIN = "\u001b[0m";

  /** The cell's code does not compile. */
  static final String COMPILE_ERROR = "CompileError";

  /** The user stopped the cell. */
  static final String INTERRUPTED = "Interrupted";

  /** A failure of one sentence. */
  static Failure of(String name, String message) {
    return new Failure(name, message, List.of(RED + name + ": " + message + PLAIN));
  }

  /**
   * Failure by an exception that a cell threw.
   *
   * @param thrown the exception itself
   * @param frames its frames as the reader should see them, then those of its causes
   */
  static Failure thrown(Throwable thrown, List<List<String>> frames) {
    if (thrown instanceof UserError) {
      // Something the reader can mend: no stack helps.
      return new Failure(
          UserError.class.getName(),
          String.valueOf(thrown.getMessage()),
          String.valueOf(thrown.getMessage()).lines().map(l -> RED + l + PLAIN).toList());
    }
    List<String> lines = new ArrayList<>();
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
      String head = (depth == 0 ? "" : "Caused by: ") + headline(t);
      head.lines().forEach(l -> lines.add(RED + l + PLAIN));
      if (depth < frames.size()) {
        frames.get(depth).forEach(frame -> lines.add("    at " + frame));
      }
      for (Throwable suppressed : t.getSuppressed()) {
        lines.add("    Suppressed: " + headline(suppressed));
      }
    }
    String message = thrown.getMessage() == null ? "" : thrown.getMessage();
    return new Failure(Frames.className(thrown.getClass().getName()), message, lines);
  }

  /** The content of Jupyter's message about it. */
  JsonObject content() {
    JsonObject content = new JsonObject();
    content.addProperty("ename", name);
    content.addProperty("evalue", message);
    JsonArray lines = new JsonArray();
    traceback.forEach(lines::add);
    content.add("traceback", lines);
    return content;
  }

  private static String headline(Throwable t) {
    String name = Frames.className(t.getClass().getName());
    return t.getMessage() == null ? name : name + ": " + t.getMessage();
  }

  /**
   * The compiler's complaints about a piece of a cell.
   *
   * @param diagnostics what it said
   * @param source the piece
   * @param firstLine the line of the cell on which the piece starts, from 1
   */
  static Failure compilation(List<Diag> diagnostics, String source, int firstLine) {
    List<String> lines = new ArrayList<>();
    String first = "";
    for (Diag diagnostic : diagnostics) {
      String message = diagnostic.getMessage(Locale.ENGLISH).strip();
      int position = (int) Math.max(0, Math.min(diagnostic.getPosition(), source.length()));
      int lineStart = source.lastIndexOf('\n', position - 1) + 1;
      int lineEnd = source.indexOf('\n', position);
      String text = source.substring(lineStart, lineEnd < 0 ? source.length() : lineEnd);
      int line = firstLine + (int) source.substring(0, lineStart).lines().count();
      String kind = diagnostic.isError() ? "error" : "warning";
      String[] sentences = message.split("\n", 2);
      lines.add(RED + Text.of("line %d: %s: %s", line, kind, sentences[0]) + PLAIN);
      lines.add("    " + text);
      lines.add("    " + " ".repeat(position - lineStart) + "^");
      if (sentences.length > 1) {
        sentences[1].lines().forEach(l -> lines.add("  " + l));
      }
      if (first.isEmpty()) {
        first = Text.of("line %d: %s", line, sentences[0]);
      }
    }
    return new Failure(COMPILE_ERROR, first, lines);
  }
}
