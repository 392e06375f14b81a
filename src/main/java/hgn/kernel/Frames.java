package hgn.kernel;

import java.util.Arrays;
import java.util.List;

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

  private static final List<String> KERNEL = List.of("hgn.kernel.", "jdk.jshell.");

  /** Whether it is of the kernel, or of the JShell below it. */
  static boolean isKernel(StackTraceElement frame) {
    return KERNEL.stream().anyMatch(frame.getClassName()::startsWith);
  }

  /** The frames that a reader of a notebook may want to see: down to the kernel's. */
  static List<String> ofReader(StackTraceElement[] stack) {
    return Arrays.stream(stack).takeWhile(frame -> !isKernel(frame)).map(Frames::text).toList();
  }

  /**
   * Whether there is nothing but the notebook's own code, and the JDK's that it calls or that calls
   * it. Code of a library, above all native code, is never stopped halfway: it could leave a lock
   * held or a model half updated.
   */
  static boolean isNotebookOnly(StackTraceElement[] stack) {
    boolean own = false;
    for (StackTraceElement frame : stack) {
      own |= isSnippet(frame);
      if (isEntry(frame)) {
        return true;
      }
      if (isOutsideJdk(frame) && !isSnippet(frame) && !(isKernel(frame) && !own)) {
        return false;
      }
    }
    return own;
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
