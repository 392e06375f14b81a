package hgn.paper;

import ai.djl.Device;
import ai.djl.engine.Engine;
import hgn.io.Gpu;
import hgn.io.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Versions of the code that produces results. */
final class Versions {

  private Versions() {}

  /**
   * Versions of all that a result depends on.
   *
   * @param device that computed it: of a GPU, its driver and CUDA
   */
  static Map<String, String> of(Workspace workspace, Device device) {
    Map<String, String> versions = new LinkedHashMap<>();
    String own = Versions.class.getPackage().getImplementationVersion();
    versions.put("workbook", own == null ? "development" : own);
    versions.put("commit", commit(workspace));
    versions.put("java", System.getProperty("java.version"));
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", Engine.getInstance().getVersion());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    if (device.isGpu()) {
      Gpu.first()
          .ifPresent(
              gpu -> {
                versions.put("driver", gpu.driver());
                versions.put("cuda", gpu.cuda());
                versions.put("libtorch for", Gpu.FLAVOR);
              });
    }
    return versions;
  }

  /** The checkout's commit, "unknown" where there is no git. */
  private static String commit(Workspace workspace) {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12")
              .directory(workspace.root().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? out : "unknown";
    } catch (IOException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
