package hgn.cli;

import hgn.io.Workspace;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens Jupyter on the notebooks. */
@Command(
    name = "lab",
    description = {
      "Opens JupyterLab, or the classic notebook where there is no Lab, on notebooks/. The",
      "project's kernel is found without being installed. Ctrl-C ends it."
    },
    mixinStandardHelpOptions = true)
final class LabCommand extends PrintingCommand {
  @Option(
      names = "--port",
      paramLabel = "<n>",
      defaultValue = "8888",
      description = "Default: 8888.")
  private int port;

  @Override
  public Integer call() throws InterruptedException {
    Workspace workspace = Workspace.find();
    Jupyter jupyter = new Jupyter(workspace);
    String kind = jupyter.has("lab") ? "lab" : "notebook";
    if (kind.equals("notebook") && !jupyter.has(kind)) {
      throw Jupyter.missing("lab");
    }
    List<String> arguments = new ArrayList<>(List.of(kind, "--port", Integer.toString(port)));
    arguments.add("--notebook-dir=" + workspace.root().resolve("notebooks"));
    if (System.getProperty("user.name").equals("root")) {
      arguments.add("--allow-root");
    }
    ProcessBuilder builder = jupyter.command(arguments.toArray(String[]::new)).inheritIO();
    return Jupyter.run(builder.directory(workspace.root().toFile())) == 0 ? 0 : Main.FAILED;
  }
}
