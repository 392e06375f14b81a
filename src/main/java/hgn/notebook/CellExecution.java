package hgn.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;

/**
 * Runs compiled snippets in this process, on the thread of their cell, and keeps what JShell would
 * turn into text: the value itself and the exception itself.
 *
 * <p>An interrupt reaches the thread only while it runs a snippet. During compilation it would
 * close the compiler's open files and with them the session.
 */
final class CellExecution extends DirectExecutionControl {
  private final Object lock = new Object();
  private Thread running;
  private long runs;
  private boolean interruptPending;
  private Object value;
  private Throwable thrown;

  @Override
  public void load(ClassBytecodes[] classes)
      throws ExecutionControl.ClassInstallException,
          ExecutionControl.NotImplementedException,
          ExecutionControl.EngineTerminationException {
    super.load(
        Arrays.stream(classes)
            .map(c -> new ClassBytecodes(c.name(), ExitGuard.rewrite(c.bytecodes())))
            .toArray(ClassBytecodes[]::new));
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    value = null;
    thrown = null;
    if (takeInterrupt()) {
      thrown = new InterruptedException("interrupted before the statement was run");
      throw new InvocationTargetException(thrown);
    }
    enter();
    try {
      value = snippet.invoke(null);
      return "";
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
      throw e;
    } finally {
      leave();
    }
  }

  /** What the last snippet returned, once. */
  Object takeValue() {
    Object taken = value;
    value = null;
    return taken;
  }

  /** What the last snippet threw, once; null if nothing. */
  Throwable takeThrown() {
    Throwable taken = thrown;
    thrown = null;
    return taken;
  }

  private void enter() {
    synchronized (lock) {
      running = Thread.currentThread();
      runs++;
    }
  }

  private void leave() {
    synchronized (lock) {
      running = null;
      // What the snippet did not notice must not leak into the compiler.
      interruptPending |= Thread.interrupted();
    }
  }

  /** Interrupts the running snippet, or the cell before its next one. */
  void interrupt() {
    synchronized (lock) {
      if (running == null) {
        interruptPending = true;
      } else {
        running.interrupt();
      }
    }
  }

  /** Whether an interrupt came that no snippet has seen; forgets it. */
  boolean takeInterrupt() {
    synchronized (lock) {
      boolean pending = interruptPending;
      interruptPending = false;
      return pending;
    }
  }

  /** A number for the running snippet, -1 while none runs. */
  long currentRun() {
    synchronized (lock) {
      return running == null ? -1 : runs;
    }
  }

  /** Where a snippet is now. */
  StackTraceElement[] stack(long run) {
    synchronized (lock) {
      return running != null && runs == run ? running.getStackTrace() : new StackTraceElement[0];
    }
  }

  /**
   * Stops a snippet that does not heed an interrupt, if it is in code of the notebook itself. Code
   * of a library, above all native code, is never stopped halfway: it could leave a lock held or a
   * model half updated.
   *
   * @return whether it was stopped
   */
  @SuppressWarnings("deprecation") // The only means against a loop that asks for nothing.
  boolean stopIfInNotebookCode(long run) {
    synchronized (lock) {
      if (running == null || runs != run || !isNotebookCode(running.getStackTrace())) {
        return false;
      }
      try {
        running.stop();
        return true;
      } catch (UnsupportedOperationException e) {
        // Java 20 and later cannot stop a thread.
        return false;
      }
    }
  }

  /** Whether the top frame is the notebook's and none but the notebook's and the JDK's follow. */
  static boolean isNotebookCode(StackTraceElement[] stack) {
    if (stack.length == 0 || !Frames.isSnippet(stack[0])) {
      return false;
    }
    for (StackTraceElement frame : stack) {
      if (Frames.isEntry(frame)) {
        return true;
      }
      if (!Frames.isSnippet(frame) && !frame.getClassName().startsWith("java.")) {
        return false;
      }
    }
    return false;
  }

  /** A value as text; arrays by their elements. */
  static String text(Object value) {
    return value != null && value.getClass().isArray() ? valueString(value) : String.valueOf(value);
  }
}
