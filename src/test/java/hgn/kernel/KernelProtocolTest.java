package hgn.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as a front end meets it: kernel_test.py, through jupyter_client. */
class KernelProtocolTest {
  @Test
  void theKernelAnswersAsAFrontEndExpects(@TempDir Path folder) throws Exception {
    assumeTrue(PythonClient.python().isPresent(), "no Python with jupyter_client");
    PythonClient.run(folder, 15, "kernel_test.py");
  }
}
