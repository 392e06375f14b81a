package hgn.kernel;

import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.NativeSettings;
import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The file that tells Jupyter how to start the kernel. */
public final class KernelSpec {
  /** The kernel's name, the one that the notebooks carry. */
  public static final String NAME = "java";

  /**
   * A small young generation: what a training step leaves behind is tiny, and memory stays flat.
   */
  private static final List<String> JVM_FLAGS =
      List.of(
          "-Xmx3g",
          "-Xmn64m",
          "-XX:+UseSerialGC",
          // Else Java 24 and later warn when libtorch is loaded.
          "--enable-native-access=ALL-UNNAMED",
          "-Djava.awt.headless=true",
          "-Dai.djl.offline=true");

  private KernelSpec() {}

  /** The content of kernel.json for a checkout, every path absolute. */
  static Map<String, Object> content(Path checkout, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-cp", classPath, JavaKernel.class.getName(), "{connection_file}"));
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("argv", command);
    spec.put("display_name", "Java (HGN)");
    spec.put("language", "java");
    spec.put("interrupt_mode", "message");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HGN_HOME", checkout.toString());
    environment.putAll(new TreeMap<>(NativeSettings.ENVIRONMENT));
    if (System.getProperty("os.name").equals("Linux")) {
      environment.put("LC_ALL", "C.UTF-8"); // Java names files by it, whoever starts Jupyter.
    }
    spec.put("env", environment);
    spec.put("metadata", Map.of("debugger", false));
    return spec;
  }

  /**
   * Writes the spec.
   *
   * @param checkout the folder whose lib/ holds the classes
   * @param jupyterData a Jupyter data folder, for example ~/.local/share/jupyter
   * @param force whether to replace another project's kernel of the same name
   * @return the file written
   * @throws UserError if another kernel of that name is there, or the folder cannot be written
   */
  public static Path install(Path checkout, Path jupyterData, boolean force) {
    Path home = checkout.toAbsolutePath().normalize();
    return install(home, home.resolve("lib") + "/*", jupyterData, force);
  }

  static Path install(Path checkout, String classPath, Path jupyterData, boolean force) {
    Path file =
        jupyterData.toAbsolutePath().resolve("kernels").resolve(NAME).resolve("kernel.json");
    try {
      if (!force && Files.exists(file) && !isOurs(file)) {
        throw UserError.busy(
            "%s belongs to another Java kernel and was left as it is: --force replaces it, "
                + "./workbook run and lab work without",
            file);
      }
      Files.createDirectories(file.getParent());
      AtomicFiles.writeText(file, Json.pretty(content(checkout, classPath)) + "\n");
      return file;
    } catch (IOException e) {
      throw UserError.environment(
              "could not write %s (%s): choose another place with --prefix", file, e)
          .because(e);
    }
  }

  private static boolean isOurs(Path file) throws IOException {
    return Files.readString(file).contains(JavaKernel.class.getSimpleName())
        && Files.readString(file).contains("hgn.");
  }

  /** The data folder in which Jupyter looks for this user's kernels. */
  public static Path userData() {
    String named = System.getenv("JUPYTER_DATA_DIR");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    Path home = Path.of(System.getProperty("user.home"));
    String os = System.getProperty("os.name");
    if (os.startsWith("Mac")) {
      return home.resolve("Library").resolve("Jupyter");
    }
    if (os.startsWith("Windows")) {
      String roaming = System.getenv("APPDATA");
      return (roaming == null ? home : Path.of(roaming)).resolve("jupyter");
    }
    String xdg = System.getenv("XDG_DATA_HOME");
    return (xdg == null || xdg.isBlank() ? home.resolve(".local").resolve("share") : Path.of(xdg))
        .resolve("jupyter");
  }
}
