package hgn.notebook;

import java.util.Map;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Gives JShell the execution control it is told, so that cells see this process's classes. */
record InProcess(ExecutionControl control) implements ExecutionControlProvider {
  @Override
  public String name() {
    return "hgn-in-process";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return control;
  }
}
