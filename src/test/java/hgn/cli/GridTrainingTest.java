package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import hgn.io.Json;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.GridCell;
import hgn.paper.Grids;
import hgn.results.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes are shell commands here: what is tested is who is started, and what is made of it. */
class GridTrainingTest {
  private static final Map<String, Object> SPEC = Map.of("a", 1.0);

  /** The same as a record. */
  private record Spec(double a) {}

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();

  private GridCell cell(String name) {
    return new GridCell(name, 1, run(name), new Spec(1));
  }

  private Path run(String name) {
    return folder.resolve("data/runs").resolve(name).resolve("quick");
  }

  private void finish(String name, Map<String, Object> spec) throws IOException {
    Files.createDirectories(run(name));
    Files.writeString(run(name).resolve(RunResult.FILE_NAME), result(name, spec));
  }

  private static String result(String name, Map<String, Object> spec) {
    return Json.compact(
        new RunResult(
            null,
            name,
            "m",
            "s",
            "reconstruct",
            "compact",
            "quick",
            1,
            "cpu",
            Map.of(),
            spec,
            10,
            1,
            1e-4,
            2e-4,
            4e-4,
            0,
            Map.of()));
  }

  private int run(boolean fresh, int jobs, boolean live, String script, String... names)
      throws InterruptedException {
    List<GridCell> cells = java.util.Arrays.stream(names).map(this::cell).toList();
    return new GridTraining(
            cells,
            fresh,
            jobs,
            cell ->
                new ProcessBuilder(
                    "sh",
                    "-c",
                    script,
                    "sh",
                    cell.experiment(),
                    folder.toString(),
                    cell.folder().toString()),
            new PrintWriter(out),
            live)
        .run();
  }

  @Test
  void whatIsFinishedIsSkippedAndTheRestIsStarted() throws Exception {
    finish("done", SPEC);
    Files.writeString(folder.resolve("template"), result("new", SPEC));
    String script = "echo \"$1\" >> $2/started; cp $2/template $3/result.json";
    assertEquals(0, run(false, 2, false, script, "done", "new"));
    assertEquals(List.of("new"), Files.readAllLines(folder.resolve("started")));
    assertTrue(out.toString().contains("2 runs: 2 finished"), out.toString());
  }

  /** Also what another process's folder says of it: its log is where the failure says. */
  @Test
  void whatIsFreshBeginsInAnEmptyFolderWhoseLogStays() throws Exception {
    finish("done", Map.of("a", 2.0));
    String script = "ls $3 >> $2/found; echo out of luck; exit 4";
    assertEquals(1, run(true, 1, false, script, "done", "new"));
    assertFalse(Files.readString(folder.resolve("found")).contains(RunResult.FILE_NAME));
    Path attic = folder.resolve("data/runs-old");
    assertTrue(Files.exists(attic.resolve("done.quick.1").resolve(RunResult.FILE_NAME)));
    assertFalse(Files.exists(attic.resolve("new.quick.1")), "there was nothing to move");
    for (String name : List.of("done", "new")) {
      Path log = run(name).resolve("console.log");
      assertTrue(out.toString().contains("all of it in " + log), out.toString());
      assertEquals("out of luck", Files.readString(log).strip());
    }
  }

  @Test
  void aResultThatCannotBeUsedIsAFailureLikeAnother() throws Exception {
    Files.writeString(folder.resolve("template"), result("x", Map.of("a", 2.0)));
    Files.writeString(folder.resolve("good"), result("y", SPEC));
    String script =
        "if [ $1 = x ]; then cp $2/template $3/result.json; else cp $2/good $3/result.json; fi";
    assertEquals(1, run(false, 1, false, script, "x", "y"));
    String said = out.toString();
    assertTrue(said.contains("x failed: " + run("x")), said);
    assertTrue(said.contains("of another spec, its 'a' is 2, not 1"), said);
    assertTrue(said.contains("2 runs: 1 finished, 1 failed"), said);
  }

  @Test
  void aFailureIsToldWithItsLogAndDoesNotStopTheOthers() throws Exception {
    Files.writeString(folder.resolve("template"), result("good", SPEC));
    String script =
        "case $1 in bad) echo out of luck; exit 4;; other) exit 5;; "
            + "*) cp $2/template $3/result.json;; esac";
    assertEquals(1, run(false, 1, false, script, "bad", "other", "good"));
    String said = out.toString();
    assertTrue(said.contains("bad failed: out of luck (exit code 4"), said);
    assertTrue(said.contains("other in another process"), said);
    assertTrue(said.contains("good finished: test MSE 2.00e-4, 0.500 of the mean image's"), said);
    assertEquals("out of luck", Files.readString(run("bad").resolve("console.log")).strip());
  }

  /** Terminated by a scheduler, say: what is not finished is not taken for finished. */
  @Test
  void aProcessThatWasStoppedIsToldToTheCaller() throws Exception {
    assertEquals(130, run(false, 1, false, "exit 130", "a", "b"));
    assertTrue(out.toString().contains("2 stopped"), out.toString());
  }

  @Test
  void aLaterSessionsLogFollowsTheEarlierOnes() throws Exception {
    run(false, 1, false, "echo once; exit 4", "a");
    run(false, 1, false, "echo again; exit 4", "a");
    assertEquals(List.of("once", "again"), Files.readAllLines(run("a").resolve("console.log")));
  }

  @Test
  void aProcessThatEndsWellWithoutAResultHasFailed() throws Exception {
    assertEquals(1, run(false, 1, false, "true", "x"));
    assertTrue(out.toString().contains("x failed"), out.toString());
  }

  @Test
  void aResultOfAnotherSpecIsNeitherUsedNorReplaced() throws Exception {
    finish("x", Map.of("a", 2.0));
    UserError error =
        assertThrows(UserError.class, () -> run(false, 1, false, "echo >> $2/started", "x"));
    assertTrue(error.getMessage().contains("--fresh"), error.getMessage());
    assertFalse(Files.exists(folder.resolve("started")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptReachesEveryProcess(boolean fresh) throws Exception {
    String script =
        "trap 'echo $1 >> $2/ended; kill $!; exit 130' TERM; echo >> $2/started;"
            + " sleep 60 & wait $!";
    Thread thread =
        new Thread(
            () ->
                assertThrows(
                    InterruptedException.class, () -> run(fresh, 2, false, script, "a", "b")));
    thread.start();
    Path started = folder.resolve("started");
    while (!Files.exists(started) || Files.readAllLines(started).size() < 2) {
      Thread.sleep(10);
    }
    thread.interrupt();
    thread.join();
    assertEquals(2, Files.readAllLines(folder.resolve("ended")).size());
    String how = fresh ? "without --fresh it goes on" : "the same command goes on";
    assertTrue(out.toString().contains("2 stopped; " + how), out.toString());
  }

  @Test
  void theLiveTableIsRedrawnInPlace() throws Exception {
    finish("x", SPEC);
    assertEquals(0, run(false, 1, true, "true", "x"));
    assertTrue(out.toString().contains("\u001b[2A"), "moves up over its two lines");
  }

  @Test
  void aPartOfTheGridIsChosenByNumberRangeAndWildcard() {
    Workspace workspace = new Workspace(folder);
    List<String> all = names(null, workspace);
    assertEquals(all.subList(0, 1), names("1", workspace));
    assertEquals(all.subList(1, 4), names("2-4", workspace));
    assertEquals(4, names("hgn-euler.*", workspace).size());
    assertEquals(
        List.of(all.get(0), "hgn-determ.pendulum"), names("hgn-determ.pendulum, 1", workspace));
    for (String wrong : List.of("0", "99", "3-99", "nothing.*", "", "[")) {
      UserError error = assertThrows(UserError.class, () -> names(wrong, workspace));
      assertTrue(error.getMessage().startsWith("'" + wrong + "'"), error.getMessage());
    }
  }

  @Test
  void everySeedHasTheWholeGridAndAFolderOfItsOwn() {
    Workspace workspace = new Workspace(folder);
    List<GridCell> all = Grids.cells("table1", null, Budget.SMOKE, Grids.SEEDS, workspace);
    assertEquals(72, all.size());
    assertEquals(72, all.stream().map(GridCell::folder).distinct().count());
    assertEquals(names(null, workspace), all.subList(0, 24).stream().map(GridCell::title).toList());
    List<GridCell> one = Grids.cells("table1", "26", Budget.SMOKE, Grids.SEEDS, workspace);
    assertEquals(List.of(all.get(25)), one);
    assertEquals("hgn-leapfrog.pendulum seed 2", one.get(0).title());
    assertEquals(
        3, Grids.cells("table1", "hnn.pendulum", Budget.SMOKE, Grids.SEEDS, workspace).size());
  }

  @Test
  void aGpuTrainsOneRunAtOnce() {
    assertEquals(1, TrainCommand.jobs(Device.gpu(), 8));
    assertEquals(8, TrainCommand.jobs(Device.cpu(), 8));
  }

  private static List<String> names(String only, Workspace workspace) {
    return Grids.cells("table1", only, Budget.SMOKE, null, workspace).stream()
        .map(GridCell::experiment)
        .toList();
  }
}
