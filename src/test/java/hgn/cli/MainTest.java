package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Json;
import hgn.io.UserError;
import hgn.results.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  @TempDir private Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Training training =
      (experiment, budget, seed, fresh, progress) -> result(experiment, seed);

  @BeforeEach
  void useHome() {
    System.setProperty("hgn.home", home.toString());
  }

  @AfterEach
  void forgetHome() {
    System.clearProperty("hgn.home");
  }

  private int run(String... arguments) {
    CommandLine line = Main.commandLine(new TrainCommand(training));
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  private static RunResult result(String experiment, Long seed) {
    return new RunResult(
        null,
        experiment,
        "hgn",
        "pendulum",
        "reconstruct",
        "compact",
        "quick",
        seed == null ? 0 : seed,
        "cpu",
        Map.of(),
        Map.of(),
        750,
        3725,
        1.5e-4,
        2e-4,
        6.8e-3,
        Double.NaN,
        Map.of());
  }

  private void write(RunResult result) throws IOException {
    Path folder = home.resolve("data/runs/%s/%s".formatted(result.experiment(), result.budget()));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(RunResult.FILE_NAME), Json.pretty(result));
  }

  @Test
  void resultsPrintsATable() throws IOException {
    write(result("hgn-leapfrog.pendulum", 3L));
    assertEquals(0, run("results"));
    String row = out.toString().lines().skip(1).findFirst().orElseThrow();
    assertEquals(
        "hgn-leapfrog.pendulum quick 750 1:02:05 1.50 2.00 68.00 0.029", row.replaceAll(" +", " "));
    assertEquals(0, run("results", "--budget", "paper"));
    assertTrue(out.toString().contains("no finished run yet"));
  }

  @Test
  void resultsPrintsJson() throws IOException {
    assertEquals(0, run("results", "--json"));
    assertEquals("[]", out.toString().strip());
    write(result("hgn-leapfrog.pendulum", 3L));
    assertEquals(0, run("results", "--json"));
    assertTrue(out.toString().contains("\"seed\": 3"));
  }

  @Test
  void oneBadResultHidesNone() throws IOException {
    write(result("hgn-leapfrog.pendulum", 3L));
    write(result("hgn-leapfrog.two-body", 3L));
    Path bad = home.resolve("data/runs/hgn-leapfrog.two-body/quick/result.json");
    String good = Files.readString(bad);
    for (String text :
        List.of(
            "",
            "{}",
            "null",
            "[1]",
            "nonsense",
            good.substring(0, good.length() / 2),
            good.replace("\"quick\"", "null"),
            good.replace("two-body", "three-body"),
            good.replace("750", "\"many\""),
            good.replace("750", "0"))) {
      Files.writeString(bad, text);
      assertEquals(4, run("results"), text);
      assertTrue(out.toString().contains("hgn-leapfrog.pendulum"), out.toString());
      String said = err.toString();
      assertTrue(said.contains(bad.toString()), text + ": " + said);
      assertFalse(said.contains("\tat "), said);
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
      assertEquals(4, run("results", "--json"));
      assertTrue(out.toString().contains("hgn-leapfrog.pendulum"), out.toString());
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
    }
  }

  @Test
  void whatIsWrongDecidesTheExitCode() throws IOException {
    assertEquals(2, run("results", "--budget", "huge"));
    assertTrue(err.toString().startsWith("unknown budget 'huge'"), err.toString());
    assertEquals(2, run("nonsense"));
    assertEquals(2, run("train"));
    Files.createDirectories(home.resolve("data/runs/a"));
    Files.writeString(home.resolve("data/runs/a/result.json"), "{");
    assertEquals(4, run("results"));
    assertEquals(2, run("train", "table1", "--jobs", "-3", "--list"));
  }

  @Test
  void seedsAreOneOrOfAGridARange() {
    assertEquals(0, run("train", "table1", "--seed", "2-3", "--only", "hnn.pendulum", "--list"));
    assertEquals(
        List.of("1 hnn.pendulum seed 2", "2 hnn.pendulum seed 3"), out.toString().lines().toList());
    for (String wrong : List.of("3-1", "x", "1-", "1-100000")) {
      assertEquals(2, run("train", "table1", "--seed", wrong, "--list"), wrong);
      assertTrue(err.toString().contains("--seed is '" + wrong + "'"), err.toString());
    }
    assertEquals(2, run("train", "hnn.pendulum", "--seed", "1-3"));
    assertTrue(err.toString().contains("is no grid"), err.toString());
  }

  @Test
  void trainPassesItsArgumentsAndPrintsTheResult() {
    List<String> asked = new ArrayList<>();
    training =
        (experiment, budget, seed, fresh, progress) -> {
          asked.add("%s %s %s %s".formatted(experiment, budget.id(), seed, fresh));
          return result(experiment, seed);
        };
    assertEquals(0, run("train", "hgn-leapfrog.pendulum", "--seed", "5", "--budget", "smoke"));
    assertTrue(out.toString().contains("hgn-leapfrog.pendulum"), out.toString());
    assertEquals(0, run("train", "nhf-1.mixture-2", "--fresh"));
    assertEquals(0, run("train", "x", "--retrain"));
    assertEquals(
        List.of(
            "hgn-leapfrog.pendulum smoke 5 false",
            "nhf-1.mixture-2 quick null true",
            "x quick null true"),
        asked);
  }

  @Test
  void whatIsVerifiedIsChosenAsOfAGrid() throws IOException {
    write(result("hgn-leapfrog.pendulum", 1L));
    for (String only : List.of("1", "1-1", "hgn-*", "*.two-body, *.pendulum")) {
      int expected = only.contains("two-body") ? 2 : 4;
      assertEquals(expected, run("verify-results", "--only", only), only);
    }
    assertEquals(3, out.toString().split("its weights are not here", -1).length - 1);
    for (String wrong : List.of("hgn-leapfrog.pendulun", "2", "[", "")) {
      assertEquals(2, run("verify-results", "--only", wrong), wrong);
      assertTrue(err.toString().contains("'" + wrong + "'"), err.toString());
    }
    assertEquals(2, run("train", "table1", "--list", "--only", "["));
  }

  @Test
  void aUserErrorIsItsMessageAndABugOneLineUnlessAskedFor() {
    training =
        (e, b, s, f, p) -> {
          throw new UserError(UserError.Kind.BUSY, "another process trains this");
        };
    assertEquals(5, run("train", "x"));
    assertEquals("another process trains this", err.toString().strip());
    training =
        (e, b, s, f, p) -> {
          throw new IllegalStateException("bug");
        };
    err.getBuffer().setLength(0);
    assertEquals(1, run("train", "x"));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("bug"), err.toString());
    assertEquals(1, run("train", "x", "--debug"));
    assertTrue(err.toString().contains("at hgn.cli.MainTest"), err.toString());
  }

  @Test
  void kernelInstallWritesBelowThePrefix() {
    assertEquals(0, run("kernel", "install", "--prefix", home.resolve("env").toString()));
    assertTrue(Files.exists(home.resolve("env/share/jupyter/kernels/java/kernel.json")));
    assertEquals(2, run("kernel"));
  }
}
