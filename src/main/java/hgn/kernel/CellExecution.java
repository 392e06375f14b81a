package hgn.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs compiled snippets in this process, on the thread of their cell, and keeps what JShell would
 * turn into text: the value itself and the exception itself.
 */
final class CellExecution extends DirectExecutionControl implements ExecutionControlProvider {
  private final Stop stop;
  private Object value;
  private Throwable thrown;

  CellExecution(Stop stop) {
    this.stop = stop;
  }

  @Override
  public String name() {
    return "hgn-in-process";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return this;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ExecutionControl.ClassInstallException,
          ExecutionControl.NotImplementedException,
          ExecutionControl.EngineTerminationException {
    super.load(
        Arrays.stream(classes)
            .map(c -> new ClassBytecodes(c.name(), Guard.guarded(c.bytecodes())))
            .toArray(ClassBytecodes[]::new));
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    value = null;
    thrown = null;
    try {
      stop.enter();
      value = snippet.invoke(null);
      return "";
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
      throw e;
    } catch (Stop.Stopped e) {
      thrown = e;
      throw new InvocationTargetException(e);
    } finally {
      stop.leave();
    }
  }

  /** The value of the last snippet, once. */
  Object takeValue() {
    Object taken = value;
    value = null;
    return taken;
  }

  /** The exception of the last snippet, once; null if it threw none. */
  Throwable takeThrown() {
    Throwable taken = thrown;
    thrown = null;
    return taken;
  }
}
