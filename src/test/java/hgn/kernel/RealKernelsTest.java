package hgn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.NativeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every notebook at budget smoke, all trained anew, on IJava and JJava themselves, built from their
 * sources elsewhere and given this library as README says. {@code HGN_IJAVA} and {@code HGN_JJAVA}
 * hold the kernels' own class paths. mvn test -Dtest=RealKernelsTest -Dgroups=kernels
 * -DexcludedGroups=
 */
@Tag("kernels")
class RealKernelsTest {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Map<String, String> MAIN =
      Map.of("IJAVA", "io.github.spencerpark.ijava.IJava", "JJAVA", "org.dflib.jjava.distro.JJava");

  /** Second in which each kernel's first notebook began. */
  private static final Map<String, Long> BEGAN = new ConcurrentHashMap<>();

  static Stream<Arguments> everyNotebookOnBoth() throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("notebooks"))) {
      List<Path> notebooks =
          files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
      return MAIN.keySet().stream()
          .sorted()
          .flatMap(kernel -> notebooks.stream().map(notebook -> Arguments.of(kernel, notebook)));
    }
  }

  @ParameterizedTest
  @MethodSource("everyNotebookOnBoth")
  void itRuns(String kernel, Path notebook, @TempDir Path folder) throws Exception {
    String classPath = System.getenv("HGN_" + kernel);
    assumeTrue(classPath != null, "HGN_" + kernel + " is not set to the kernel's class path");
    AtomicFiles.writeText(
        folder.resolve("kernels/java/kernel.json"),
        Json.pretty(
            Map.of(
                "argv",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // As JJava's launcher starts it.
                    "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
                    "-cp",
                    classPath,
                    MAIN.get(kernel),
                    "{connection_file}"),
                "display_name",
                "Java",
                "language",
                "java",
                "interrupt_mode",
                "message",
                "env",
                Map.of(kernel + "_CLASSPATH", HOME.resolve("lib") + "/*"))));
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
    // What another kernel trained says nothing about this one.
    long began = BEGAN.computeIfAbsent(kernel, unused -> System.currentTimeMillis() / 1000);
    builder.environment().put("HGN_RETRAIN", Long.toString(began));
    // Nor does the launcher set anything for these kernels.
    builder.environment().keySet().removeAll(NativeSettings.ENVIRONMENT.keySet());
    Process process = builder.start();
    boolean ended = process.waitFor(30, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = Files.readString(log);
    assertTrue(ended, () -> notebook + " hangs:\n" + said);
    assertEquals(0, process.exitValue(), said);
  }
}
