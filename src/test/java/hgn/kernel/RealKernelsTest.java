package hgn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.io.AtomicFiles;
import hgn.io.Json;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every notebook at budget smoke on IJava and JJava themselves, built from their sources elsewhere:
 * {@code HGN_IJAVA} and {@code HGN_JJAVA} hold their class paths. mvn test -Dtest=RealKernelsTest
 * -Dgroups=kernels -DexcludedGroups=
 */
@Tag("kernels")
class RealKernelsTest {
  @ParameterizedTest
  @CsvSource({
    "HGN_IJAVA, io.github.spencerpark.ijava.IJava",
    "HGN_JJAVA, org.dflib.jjava.distro.JJava"
  })
  void everyNotebookRuns(String variable, String main, @TempDir Path folder) throws Exception {
    String kernel = System.getenv(variable);
    assumeTrue(kernel != null, variable + " is not set to the kernel's class path");
    Path home = Path.of("").toAbsolutePath();
    AtomicFiles.writeText(
        folder.resolve("kernels/java/kernel.json"),
        Json.pretty(
            Map.of(
                "argv",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx3g",
                    "-Djava.awt.headless=true",
                    "-Dai.djl.offline=true",
                    // As JJava's launcher starts it.
                    "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
                    "-cp",
                    kernel + File.pathSeparator + home.resolve("lib") + "/*",
                    main,
                    "{connection_file}"),
                "display_name",
                "Java",
                "language",
                "java",
                "interrupt_mode",
                "message",
                "env",
                Map.of("HGN_HOME", home.toString()))));
    try (Stream<Path> notebooks = Files.list(home.resolve("notebooks"))) {
      for (Path notebook :
          notebooks.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList()) {
        Path log = folder.resolve("log");
        ProcessBuilder builder =
            new ProcessBuilder(
                    "jupyter",
                    "nbconvert",
                    "--to",
                    "notebook",
                    "--execute",
                    "--ExecutePreprocessor.timeout=-1",
                    "--ExecutePreprocessor.kernel_name=java",
                    "--output-dir",
                    folder.toString(),
                    notebook.getFileName().toString())
                .directory(notebook.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JUPYTER_PATH", folder.toString());
        builder.environment().put("HGN_BUDGET", "smoke");
        builder.environment().put("HGN_OUTPUT", "target/smoke");
        Process process = builder.start();
        assertTrue(process.waitFor(30, TimeUnit.MINUTES), notebook + " hangs");
        assertEquals(0, process.exitValue(), notebook + ":\n" + Files.readString(log));
      }
    }
  }
}
