package hgn.cli;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.kernel.KernelSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Jupyter as a process, with this project's kernel made known to it alone. */
final class Jupyter {
  private static final String PATH = "JUPYTER_PATH";

  private final Workspace workspace;
  private final Path data;

  /**
   * Writes the kernel's file into a folder of the checkout: nothing of the user's is touched.
   *
   * @throws UserError if it cannot be written
   */
  Jupyter(Workspace workspace) {
    this.workspace = workspace;
    data = workspace.root().resolve("target").resolve("jupyter");
    var unused = KernelSpec.install(workspace.root(), data, true);
  }

  /** A process of Jupyter that is not started yet. */
  ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("jupyter"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .merge(PATH, data.toString(), (old, own) -> own + File.pathSeparator + old);
    builder.environment().put("HGN_HOME", workspace.root().toString());
    return builder;
  }

  /** Whether it has that part: nbconvert, lab or notebook. */
  boolean has(String part) throws InterruptedException {
    try {
      Process asked =
          command(part, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return asked.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The error of a part that is missing. */
  static UserError missing(String part) {
    return UserError.environment(
        "Jupyter's %s is missing: 'conda env create -f environment.yml && conda activate hgn'"
            + " brings it, or 'apt-get install jupyter-notebook jupyter-nbconvert', or 'pip install"
            + " jupyterlab'",
        part);
  }

  /**
   * Waits for a process, which is ended in good order when this one is: a kernel then writes the
   * checkpoint of its training.
   *
   * @return its exit code
   */
  static int run(ProcessBuilder builder) throws InterruptedException {
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw missing(builder.command().get(1)).because(e);
    }
    Thread hook = new Thread(() -> end(process), "end-jupyter");
    Runtime.getRuntime().addShutdownHook(hook);
    int code = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      Thread.sleep(Long.MAX_VALUE); // The hook ends this process.
    }
    return code;
  }

  private static void end(Process process) {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.err.println("interrupted");
    Runtime.getRuntime().halt(Main.INTERRUPTED);
  }
}
