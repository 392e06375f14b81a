package hgn.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/**
 * Answers to an editor's questions while the reader types. Positions count UTF-16 units of the
 * cell.
 */
record Assistance(SourceCodeAnalysis analysis) {

  /** Completeness of a cell as it stands. */
  enum State {
    COMPLETE,
    INCOMPLETE,
    INVALID
  }

  /**
   * Completions at the cursor.
   *
   * @param texts the continuations, the fitting ones first
   * @param start where the text to replace starts
   */
  record Completions(List<String> texts, int start) {}

  State state(String code) {
    String rest = code;
    while (!rest.isBlank()) {
      CompletionInfo piece = analysis.analyzeCompletion(rest);
      switch (piece.completeness()) {
        case EMPTY -> {
          return State.COMPLETE;
        }
        case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> {
          return State.INCOMPLETE;
        }
        case UNKNOWN -> {
          return State.INVALID;
        }
        default -> rest = piece.remaining();
      }
    }
    return State.COMPLETE;
  }

  Completions complete(String code, int cursor) {
    Part part = around(code, cursor);
    int[] anchor = {-1};
    List<Suggestion> suggestions =
        analysis.completionSuggestions(part.text(), part.cursor(), anchor);
    Set<String> texts = new LinkedHashSet<>();
    suggestions.stream().filter(Suggestion::matchesType).forEach(s -> texts.add(s.continuation()));
    suggestions.forEach(s -> texts.add(s.continuation()));
    int start = anchor[0] < 0 ? cursor : anchor[0] + cursor - part.cursor();
    return new Completions(List.copyOf(texts), start);
  }

  /** Signatures and Javadoc of what stands at the cursor; empty if that is nothing known. */
  String inspect(String code, int cursor) {
    // In the middle of a name, what is meant is the whole of it.
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    List<String> found = describe(code, end);
    if (found.isEmpty() && (end == code.length() || code.charAt(end) != '(')) {
      found = describe(code.substring(0, end) + "(", end + 1);
    } else if (found.isEmpty()) {
      found = describe(code, end + 1);
    }
    return String.join("\n\n", found);
  }

  private List<String> describe(String code, int cursor) {
    Part part = around(code, cursor);
    List<String> found = new ArrayList<>();
    for (Documentation doc : analysis.documentation(part.text(), part.cursor(), true)) {
      String javadoc = doc.javadoc() == null ? Sources.javadoc(doc.signature()) : doc.javadoc();
      found.add(
          javadoc == null || javadoc.isBlank()
              ? doc.signature()
              : doc.signature() + "\n" + plain(javadoc).indent(4).stripTrailing());
    }
    return found;
  }

  private static String plain(String javadoc) {
    return javadoc
        .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
        .replaceAll("</?[A-Za-z][^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .strip();
  }

  /** The part of a cell that JShell is asked about, and the cursor in it. */
  private record Part(String text, int cursor) {}

  /**
   * JShell looks at one snippet. Statements before the cursor may stay, and so bring their
   * variables; imports and declarations of classes and methods before it must go.
   */
  private Part around(String code, int cursor) {
    StringBuilder kept = new StringBuilder();
    String rest = code;
    while (true) {
      CompletionInfo piece = analysis.analyzeCompletion(rest);
      String remaining = piece.remaining();
      int consumed = rest.length() - (remaining == null ? 0 : remaining.length());
      boolean before =
          piece.completeness() == Completeness.COMPLETE
              && remaining != null
              && !remaining.isEmpty()
              && code.length() - rest.length() + consumed <= cursor;
      if (!before) {
        int within = cursor - (code.length() - rest.length());
        return new Part(kept + rest, kept.length() + within);
      }
      if (isStatement(piece.source())) {
        kept.append(rest, 0, consumed);
      }
      rest = remaining;
    }
  }

  private boolean isStatement(String source) {
    return analysis.sourceToSnippets(source).stream()
        .map(Snippet::kind)
        .allMatch(
            kind ->
                kind == Snippet.Kind.VAR
                    || kind == Snippet.Kind.STATEMENT
                    || kind == Snippet.Kind.EXPRESSION);
  }
}
