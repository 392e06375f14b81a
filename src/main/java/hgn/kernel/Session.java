package hgn.kernel;

import hgn.io.ClassPath;
import hgn.io.Text;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;

/** One user's variables, classes and imports: JShell, run in this process, a cell at a time. */
final class Session implements AutoCloseable {
  private static final List<String> STARTUP =
      List.of(
          "import java.io.*;",
          "import java.math.*;",
          "import java.net.*;",
          "import java.nio.file.*;",
          "import java.time.*;",
          "import java.util.*;",
          "import java.util.concurrent.*;",
          "import java.util.function.*;",
          "import java.util.prefs.*;",
          "import java.util.regex.*;",
          "import java.util.stream.*;",
          "import static hgn.notebook.Display.display;",
          "import static hgn.notebook.Display.updateDisplay;");

  /** Assignments and statements show nothing, as in the other Java kernels. */
  private static final Set<SubKind> SHOWN =
      Set.of(
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND,
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND);

  private static final int MAX_CAUSES = 20;

  private static final Pattern LEAD =
      Pattern.compile("(?:\\s|//[^\\n]*+(?:\\n|$)|/\\*(?s:.*?)\\*/)*+");

  /** Place of a snippet in the notebook. */
  private record Origin(int cell, int firstLine) {}

  private final Stop stop;
  private final CellExecution execution;
  private final JShell shell;
  private final Map<String, Origin> origins = new HashMap<>();

  /**
   * A session.
   *
   * @param stop its cells' stop button
   * @throws hgn.io.UserError if the compiler cannot read what is on the class path
   */
  Session(Stop stop) {
    ClassPath.check();
    this.stop = stop;
    execution = new CellExecution(stop);
    shell =
        JShell.builder()
            .executionEngine(execution, Map.of())
            .compilerOptions("-Xlint:-options", "-parameters")
            .build();
    STARTUP.forEach(shell::eval);
    // The first value costs a second of class loading; the reader should not wait for it.
    shell.eval("1 + 1");
    execution.takeValue();
  }

  /**
   * Runs a cell on the calling thread.
   *
   * @param code its text
   * @param cell its number
   * @return the value of its last statement if that is a bare expression, else null
   * @throws CellException if it does not compile, throws or is interrupted
   */
  Object run(String code, int cell) throws CellException {
    Object last = null;
    String rest = code.substring(lead(code));
    while (!rest.isEmpty()) {
      CompletionInfo piece = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (piece.completeness() == Completeness.EMPTY) {
        break;
      }
      boolean whole = piece.completeness().isComplete() && piece.remaining() != null;
      String source = whole ? piece.source() : rest;
      int firstLine = 1 + lines(code.substring(0, code.length() - rest.length()));
      if (stop.pressed()) {
        throw interrupted(Text.of("before line %d", firstLine));
      }
      last = runPiece(RecordConstructors.published(source), new Origin(cell, firstLine));
      rest = whole ? piece.remaining() : "";
      rest = rest.substring(lead(rest));
    }
    return last;
  }

  private static CellException interrupted(String place) {
    return new CellException(Failure.of(Failure.INTERRUPTED, "stopped " + place), null);
  }

  private Object runPiece(String source, Origin origin) throws CellException {
    Object last = null;
    List<SnippetEvent> events = shell.eval(source);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() != null) {
        continue;
      }
      Snippet snippet = event.snippet();
      origins.put(snippet.id(), origin);
      Object value = execution.takeValue();
      Throwable thrown = execution.takeThrown();
      switch (event.status()) {
        case REJECTED ->
            throw new CellException(
                Failure.compilation(
                    shell.diagnostics(snippet).toList(), snippet.source(), origin.firstLine()),
                null);
        case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED ->
            System.err.println(
                Text.of(
                    "line %d: usable only after %s is declared",
                    origin.firstLine(), unresolved(snippet)));
        default -> {}
      }
      if (event.exception() != null) {
        throw failed(event.exception(), thrown);
      }
      last = SHOWN.contains(snippet.subKind()) ? value : null;
    }
    return last;
  }

  private CellException failed(JShellException translated, Throwable thrown) {
    if (translated instanceof UnresolvedReferenceException unresolved) {
      String message = "%s is not declared".formatted(unresolved(unresolved.getSnippet()));
      return new CellException(Failure.of("UnresolvedReference", message), translated);
    }
    Throwable actual = thrown == null ? translated : thrown;
    List<List<String>> frames = new ArrayList<>();
    for (Throwable t = translated; t instanceof JShellException; t = t.getCause()) {
      frames.add(frames(t.getStackTrace()));
    }
    if (stop.pressed() && isInterruption(actual)) {
      return interrupted(
          frames.stream()
              .flatMap(List::stream)
              .filter(frame -> frame.contains("cell "))
              .findFirst()
              .map("in "::concat)
              .orElse("by you"));
    }
    return new CellException(Failure.thrown(actual, frames), actual);
  }

  /** Whether an exception says no more than that its thread was interrupted. */
  private static boolean isInterruption(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .anyMatch(
            t ->
                t instanceof Stop.Stopped
                    || t instanceof InterruptedException
                    || t instanceof ClosedByInterruptException);
  }

  /** The frames with JShell's names replaced by cell and line, down to the cell's own statement. */
  private List<String> frames(StackTraceElement[] stack) {
    List<String> frames = new ArrayList<>();
    int lastOfCell = 0;
    for (StackTraceElement frame : stack) {
      String file = frame.getFileName();
      Origin origin = file != null && file.startsWith("#") ? origins.get(file.substring(1)) : null;
      if (origin == null) {
        frames.add(Frames.text(frame));
        continue;
      }
      int line = origin.firstLine() + frame.getLineNumber() - 1;
      String place = Text.of("cell %d, line %d", origin.cell(), line);
      String method = frame.getMethodName();
      String owner = Frames.className(frame.getClassName());
      String name = owner.isEmpty() || method.isEmpty() ? owner + method : owner + "." + method;
      frames.add(name.isEmpty() ? place : "%s (%s)".formatted(name, place));
      lastOfCell = frames.size();
    }
    return lastOfCell == 0 ? Frames.ofReader(stack) : frames.subList(0, lastOfCell);
  }

  private String unresolved(Snippet snippet) {
    return snippet instanceof jdk.jshell.DeclarationSnippet declaration
        ? shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "))
        : snippet.source().strip();
  }

  /**
   * Number of characters of white space and comments that come first. JShell takes them, but then
   * counts every line of the snippet as its first.
   */
  static int lead(String text) {
    Matcher lead = LEAD.matcher(text);
    return lead.lookingAt() ? lead.end() : 0;
  }

  private static int lines(String text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  Assistance assistance() {
    return new Assistance(shell.sourceCodeAnalysis());
  }

  @Override
  public void close() {
    shell.close();
  }
}
