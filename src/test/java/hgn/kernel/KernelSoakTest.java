package hgn.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty starts in a row: mvn test -Dtest=KernelSoakTest -Dgroups=kernel-soak -DexcludedGroups= */
@Tag("kernel-soak")
class KernelSoakTest {
  @Test
  void fiftyStartsInARow(@TempDir Path folder) throws Exception {
    assumeTrue(PythonClient.python().isPresent(), "no Python with jupyter_client");
    PythonClient.run(folder, 30, "kernel_soak.py", "50");
  }
}
