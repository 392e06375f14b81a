package hgn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a reader of a long run's line is told. */
class ConsoleProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ConsoleProgress progress =
      new ConsoleProgress("run", new PrintStream(bytes, true, StandardCharsets.UTF_8));

  @Test
  void aRunThatGoesOnClaimsNoRateBeforeItsFirstStep() {
    progress.update(6400, 15_000, "");

    assertEquals("run [██████████░░░░░░░░░░░░░░] 6400/15000", printed());
  }

  @Test
  void theRateCountsOnlyWhatThisProcessDid() throws InterruptedException {
    progress.update(14_000, 15_000, "");
    Thread.sleep(300);
    progress.update(14_003, 15_000, "mse 1.0e-04");

    String line = printed();
    double rate = Double.parseDouble(line.replaceAll(".* (\\S+)/s .*", "$1"));
    // Three steps in at least 0.3 s; with the 14 000 of an earlier process it would be thousands.
    assertTrue(rate > 0 && rate <= 10, line);
    assertTrue(line.endsWith(" left mse 1.0e-04"), line);
  }

  @Test
  void aSecondPieceOfWorkBeginsItsOwnLine() {
    progress.update(5, 5, "");
    progress.update(0, 7, "");

    String all = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(all.matches("(?s).* 5/5 in 0:00\\R.* 0/7 *"), all);
  }

  private String printed() {
    String all = bytes.toString(StandardCharsets.UTF_8);
    return all.substring(all.lastIndexOf('\r') + 1).strip();
  }
}
