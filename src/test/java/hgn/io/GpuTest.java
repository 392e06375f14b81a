package hgn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuTest {
  private static final long GIB = 1L << 30;
  private static final String PAGE =
      "| NVIDIA-SMI 570.86.15    Driver Version: 570.86.15    CUDA Version: 12.8     |\n";

  private static Gpu gpu(String cuda, double total, double free) {
    return new Gpu("NVIDIA T4", "570.86.15", cuda, (long) (total * GIB), (long) (free * GIB));
  }

  @Test
  void whatTheDriverSaysIsRead() {
    Gpu gpu =
        Gpu.parse("NVIDIA H100 80GB HBM3, 570.86.15, 81559, 80994\nother\n", PAGE).orElseThrow();
    assertEquals("NVIDIA H100 80GB HBM3", gpu.name());
    assertEquals("570.86.15", gpu.driver());
    assertEquals("12.8", gpu.cuda());
    assertEquals(81559L << 20, gpu.total());
    assertEquals(
        "NVIDIA H100 80GB HBM3, driver 570.86.15 for CUDA 12.8, 79.1 of 79.6 GiB free",
        gpu.words());
    for (String other : new String[] {"", "No devices were found", "a, b, [N/A], [N/A]"}) {
      assertEquals(Optional.empty(), Gpu.parse(other, PAGE));
    }
    assertEquals("unknown", Gpu.parse("a, b, 1, 1", "").orElseThrow().cuda());
  }

  @Test
  void aDriverOlderThanTheLibraryIsRefusedWithBothVersions() {
    UserError error = assertThrows(UserError.class, () -> gpu("11.4", 16, 16).requireDriver());
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertTrue(error.getMessage().contains("CUDA 11.4, expected"), error.getMessage());
    gpu("12.0", 16, 16).requireDriver();
    gpu("13.0", 16, 16).requireDriver();
    gpu("unknown", 16, 16).requireDriver();
  }

  /** A share of the whole, so that those who come first leave the others theirs. */
  @Test
  void processesShareTheMemoryAndThoseThatHaveTooLittleAreRefused() {
    assertEquals(0.9 * 80 / 8, (double) gpu("12.8", 80, 80).share(8) / GIB, 1e-6);
    assertEquals(0.9 * 80 / 8, (double) gpu("12.8", 80, 20).share(8) / GIB, 1e-6);
    assertEquals(0.9 * 4, (double) gpu("12.8", 80, 4).share(8) / GIB, 1e-6);
    String said = gpu("12.8", 80, 80).shared(8);
    assertTrue(said.startsWith("8 at once on one GPU (NVIDIA T4"), said);
    assertTrue(said.endsWith("9.0 GiB for each"), said);
    UserError error = assertThrows(UserError.class, () -> gpu("12.8", 8, 8).shared(8));
    assertEquals(UserError.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().endsWith("take --jobs 4"), error.getMessage());
    gpu("12.8", 8, 8).shared(4);
  }
}
