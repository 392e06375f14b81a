package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FigureCommandTest {
  private static final int USAGE = 2;

  @Test
  void whatCannotBeDrawnIsNamed() {
    assertTrue(refused("picture", "hgn-leapfrog.pendulum").contains("rollouts, training-rollouts"));
    assertTrue(refused("rollouts", "hgn-leapfrog.pendel").contains("pendel"));
  }

  private static String refused(String... arguments) {
    CommandLine command =
        new CommandLine(new FigureCommand())
            .setExecutionExceptionHandler(
                (thrown, line, parsed) -> {
                  line.getErr().println(thrown.getMessage());
                  return ((hgn.io.UserError) thrown).exitCode();
                });
    StringWriter err = new StringWriter();
    command.setErr(new PrintWriter(err, true));
    assertEquals(USAGE, command.execute(arguments), err.toString());
    return err.toString();
  }
}
