package hgn.cli;

import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Says what this machine has and lacks, as far as Java can see it. */
@Command(
    name = "doctor",
    description = "Says what is there, what is missing and the line that installs it.",
    mixinStandardHelpOptions = true)
final class DoctorCommand extends PrintingCommand {
  private static final long NEEDED_GB = 5;

  private boolean complete = true;

  @Override
  public Integer call() {
    compiler();
    fonts();
    natives();
    gpu();
    folders();
    return complete ? 0 : UserError.environment("").exitCode();
  }

  private void compiler() {
    boolean jshell = ModuleLayer.boot().findModule("jdk.jshell").isPresent();
    say(
        jshell && Runtime.version().feature() >= 17,
        "Java %s in %s (tried with 17 and 25)"
            .formatted(Runtime.version(), System.getProperty("java.home")),
        "a full JDK, 17 or newer: apt-get install openjdk-17-jdk-headless");
  }

  private void fonts() {
    String fault = null;
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12)
          .getStringBounds("Hamiltonian", new FontRenderContext(null, true, true));
    } catch (Error | RuntimeException e) {
      // Without any font the JDK's own start of AWT fails, in one of several ways.
      fault = e.toString();
    }
    say(
        fault == null,
        fault == null ? "fonts for figures" : "no fonts (%s)".formatted(fault),
        "apt-get install fontconfig fonts-dejavu-core");
  }

  private void natives() {
    URL cpu = getClass().getClassLoader().getResource("native/lib/pytorch.properties");
    String path = System.getenv("PYTORCH_LIBRARY_PATH");
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (path != null) {
      say(
          Files.isDirectory(Path.of(path)),
          "libtorch from PYTORCH_LIBRARY_PATH=" + path,
          "a folder there, or unset PYTORCH_LIBRARY_PATH");
    } else {
      say(
          cpu != null,
          "libtorch for %s".formatted(platform),
          "mvn -B package -DskipTests (or PYTORCH_LIBRARY_PATH with a build made by -Dgpu)");
    }
  }

  private void gpu() {
    boolean nvidia = Files.exists(Path.of("/dev/nvidia0"));
    out()
        .println(
            nvidia
                ? "  ok       an NVIDIA GPU; see README for the build that uses it"
                : "  -        no GPU (not needed: budgets smoke and quick are made for two cores)");
  }

  private void folders() {
    Path root = Workspace.find().root();
    Path data = root.resolve("data");
    try {
      Files.createDirectories(data);
      Files.delete(Files.createTempFile(data, "doctor", ".tmp"));
      say(true, "writable " + data, "");
      double free = Files.getFileStore(data).getUsableSpace() / 1e9;
      say(
          free >= NEEDED_GB,
          Text.of("%.0f GB free (%d needed)", free, NEEDED_GB),
          "room on the disk of " + data);
    } catch (IOException e) {
      say(false, "cannot write %s (%s)".formatted(data, e), "write permission there");
    }
  }

  private void say(boolean good, String what, String remedy) {
    out().println((good ? "  ok       " : "  MISSING  ") + what);
    if (!good) {
      complete = false;
      out().println("           needs: " + remedy);
    }
  }
}
