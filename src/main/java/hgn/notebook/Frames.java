package hgn.notebook;

/** Tells the frames of JShell's generated classes from all others. */
final class Frames {
  private static final String SNIPPETS = "REPL.$JShell$";
  private static final String ENTRY = "do_it$";

  private Frames() {}

  static boolean isSnippet(StackTraceElement frame) {
    return frame.getClassName().startsWith(SNIPPETS);
  }

  static boolean isEntry(StackTraceElement frame) {
    return isSnippet(frame) && frame.getMethodName().equals(ENTRY);
  }

  static boolean isOutsideJdk(StackTraceElement frame) {
    String name = frame.getClassName();
    return !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun.");
  }

  /** A frame without the names of module and class loader. */
  static String text(StackTraceElement frame) {
    return new StackTraceElement(
            frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
        .toString();
  }

  /** A class's name as the reader wrote it: without JShell's wrapper around it. */
  static String className(String name) {
    if (!name.startsWith(SNIPPETS)) {
      return name;
    }
    int inner = name.indexOf('$', SNIPPETS.length());
    return inner < 0 ? "" : name.substring(inner + 1);
  }
}
