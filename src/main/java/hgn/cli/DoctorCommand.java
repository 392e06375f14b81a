package hgn.cli;

import ai.djl.Device;
import hgn.io.ClassPath;
import hgn.io.Gpu;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.training.Compute;
import hgn.training.Libtorch;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
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
    libraries();
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

  private void libraries() {
    try {
      ClassPath.check();
      say(true, "libraries in lib/", "");
    } catch (UserError e) {
      say(
          false,
          e.getMessage().replaceFirst(";.*", ""),
          e.getMessage().replaceFirst("[^;]*; ", ""));
    }
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
    String wanted = "libtorch " + Libtorch.expected();
    try {
      Device device = Compute.device();
      say(true, "%s in %s".formatted(wanted, Libtorch.folder()), "");
      say(true, "computes on " + Compute.name(device), "");
    } catch (RuntimeException | LinkageError e) {
      String fault = UserError.in(e).map(UserError::getMessage).orElse(e.toString());
      int remedy = fault.lastIndexOf(": ");
      say(
          false,
          "%s (%s)".formatted(wanted, remedy < 0 ? fault : fault.substring(0, remedy)),
          remedy < 0 ? "./workbook run, which builds anew" : fault.substring(remedy + 2));
    }
  }

  private void gpu() {
    String said =
        Gpu.first()
            .map(gpu -> "  ok       " + gpu.words() + "; docs/GPU.md says how it is used")
            .orElse(
                "  -        no NVIDIA driver answers (not needed: budgets smoke and quick are"
                    + " made for two cores)");
    out().println(said);
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
