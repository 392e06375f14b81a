package hgn.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fifty starts, twenty stops of every kind, a thousand forged messages: mvn test
 * -Dtest=KernelSoakTest -Dgroups=kernel-soak -DexcludedGroups=
 */
@Tag("kernel-soak")
class KernelSoakTest {
  @ParameterizedTest
  @ValueSource(strings = {"starts", "stops", "messages"})
  void manyInARow(String kind, @TempDir Path folder) throws Exception {
    assumeTrue(PythonClient.python().isPresent(), "no Python with jupyter_client");
    PythonClient.run(folder, 60, "kernel_soak.py", kind);
  }
}
