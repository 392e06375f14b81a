package hgn.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training as a front end meets it: kernel_training_test.py, through jupyter_client. */
class KernelTrainingTest {
  @Test
  void aTrainingIsInterruptedRestartedAndKilled(@TempDir Path folder) throws Exception {
    assumeTrue(PythonClient.python().isPresent(), "no Python with jupyter_client");
    Path home = Files.createDirectories(folder.resolve("home"));
    PythonClient.run(folder, 20, "kernel_training_test.py", home.toString());
  }
}
