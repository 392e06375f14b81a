package hgn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a Python script that talks to the kernel through jupyter_client. */
final class PythonClient {
  private PythonClient() {}

  /** A Python that has jupyter_client. */
  static Optional<String> python() {
    // Debian's packages belong to the system's Python, which need not be the first on the path.
    for (String candidate : List.of("/usr/bin/python3", "python3")) {
      try {
        Process process =
            new ProcessBuilder(candidate, "-c", "import jupyter_client")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return Optional.of(candidate);
        }
      } catch (IOException e) {
        // Not this one.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Runs the script against a kernel with this test's own class path, and fails if it fails. */
  static void run(Path folder, int minutes, String script, String... arguments)
      throws IOException, InterruptedException {
    Path checkout = Path.of("").toAbsolutePath();
    KernelSpec.install(checkout, System.getProperty("java.class.path"), folder, true);
    List<String> command =
        new ArrayList<>(List.of(python().orElseThrow(), "src/test/python/" + script));
    command.addAll(List.of(arguments));
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JUPYTER_PATH", folder.toString());
    Process process = builder.start();
    boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String output = Files.readString(log, StandardCharsets.UTF_8);
    System.out.println(output);
    assertTrue(ended, () -> "not ended after " + minutes + " minutes:\n" + output);
    assertEquals(0, process.exitValue(), output);
  }
}
