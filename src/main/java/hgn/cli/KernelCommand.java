package hgn.cli;

import hgn.io.Workspace;
import hgn.kernel.KernelSpec;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the kernel known to Jupyter. */
@Command(
    name = "kernel",
    description = "The Jupyter kernel that ships with the project.",
    mixinStandardHelpOptions = true,
    subcommands = KernelCommand.Install.class)
final class KernelCommand {

  /** Writes the kernelspec. */
  @Command(
      name = "install",
      description = "Makes the kernel 'java' known to your Jupyter, with absolute paths.",
      mixinStandardHelpOptions = true)
  static final class Install extends PrintingCommand {
    @Option(
        names = "--prefix",
        paramLabel = "<dir>",
        description =
            "Install below <dir>/share/jupyter, for example an environment's folder;"
                + " by default into your own Jupyter data folder.")
    private Path prefix;

    @Option(names = "--data-dir", hidden = true)
    private Path dataDir;

    @Option(names = "--force", description = "Replace another kernel named 'java'.")
    private boolean force;

    @Override
    public Integer call() {
      Path data =
          dataDir != null
              ? dataDir
              : prefix != null ? prefix.resolve("share").resolve("jupyter") : KernelSpec.userData();
      Path file = KernelSpec.install(Workspace.find().root(), data, force);
      if (dataDir == null) {
        out().println("installed " + file);
      }
      return 0;
    }
  }
}
