package hgn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the repository says about its results is what its runs say. */
class ResultsPageTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath();

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"docs/RESULTS.md", "README.md"})
  void thePagesOfTheRepositorySayWhatItsRunsSay(String page) {
    ResultsPage blocks = new ResultsPage(new Workspace(CHECKOUT));
    assertEquals(
        List.of(),
        blocks.outdated(CHECKOUT.resolve(page)),
        "./workbook results --page %s writes these blocks anew".formatted(page));
  }

  @Test
  void aNumberThatWasChangedByHandIsFoundAndMended() throws Exception {
    ResultsPage blocks = new ResultsPage(new Workspace(CHECKOUT));
    Path page = root.resolve("page.md");
    Files.writeString(page, "<!-- table:table1-ratio -->\nbetter than all\n<!-- /table -->\n");
    assertEquals(List.of("table1-ratio"), blocks.outdated(page));
    blocks.write(page);
    assertEquals(List.of(), blocks.outdated(page));
    assertTrue(Files.readString(page).contains("| HGN (leapfrog) |"));
  }

  @Test
  void statesHaveThePapersOrderAndTheFirstSeedAlone() throws Exception {
    for (String system : List.of("two-body", "mass-spring", "pendulum")) {
      for (int seed : new int[] {1, 2}) {
        states("mlp-states", system, seed, 10);
        states("hnn-states", system, seed, 1);
      }
    }
    Path page = root.resolve("page.md");
    Files.writeString(
        page,
        "<!-- table:states -->\n<!-- /table -->\n"
            + "<!-- table:conservation -->\n<!-- /table -->\n");
    new ResultsPage(new Workspace(root)).write(page);
    List<String> rows =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| system"))
            .map(line -> line.replaceAll(" +", " "))
            .map(line -> line.substring(2, line.indexOf(" | ", 2)))
            .toList();
    assertEquals(
        List.of(
            "mass-spring",
            "mass-spring",
            "pendulum",
            "pendulum",
            "two-body",
            "two-body",
            "mass-spring",
            "pendulum",
            "two-body"),
        rows);
  }

  private void states(String model, String system, int seed, double energyMse) {
    RunResult result =
        new RunResult(
            null,
            model + "." + system,
            model,
            system,
            "states",
            "tanh",
            "quick",
            seed,
            "cpu",
            Map.of(),
            Map.of(),
            1,
            1,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Map.of("rolloutEnergyMse", energyMse));
    String seeded = seed == 1 ? "quick" : "quick-seed" + seed;
    Path folder = root.resolve("data/runs/%s.%s/%s".formatted(model, system, seeded));
    AtomicFiles.writeText(folder.resolve(RunResult.FILE_NAME), Json.pretty(result));
  }

  @Test
  void theNumberOfRunsAgreesWithItsNoun() throws Exception {
    ResultsPage blocks = new ResultsPage(new Workspace(CHECKOUT));
    Path page = root.resolve("page.md");
    Files.writeString(page, "<!-- table:protocols-deviation -->\n<!-- /table -->\n");
    blocks.write(page);
    String text = Files.readString(page);
    assertTrue(text.matches("(?s).*test errors of (1 run|\\d+ runs): \\d+ %.*"), text);
  }

  @Test
  void anUnknownBlockSaysWhichAreKnown() throws Exception {
    Path page = root.resolve("page.md");
    Files.writeString(page, "<!-- table:tabel1 -->\n<!-- /table -->\n");
    ResultsPage blocks = new ResultsPage(new Workspace(root));
    UserError error = assertThrows(UserError.class, () -> blocks.write(page));
    assertTrue(error.getMessage().contains("table1-test"), error.getMessage());
    assertThrows(UserError.class, () -> blocks.outdated(root.resolve("missing.md")));
  }

  /**
   * A density, films, states and an unfinished run of a user, and one of theirs that is damaged.
   */
  @Test
  void whatAUserTrainsChangesNoPage() throws Exception {
    Files.createDirectories(root.resolve("data"));
    Path runs = Files.createDirectories(root.resolve("data/runs"));
    Path ours = CHECKOUT.resolve("data/runs");
    try (Stream<Path> all = Files.walk(ours, 2)) {
      for (Path run : all.filter(p -> ours.relativize(p).getNameCount() == 2).toList()) {
        Path link = runs.resolve(ours.relativize(run));
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, run);
      }
    }
    user("nhf-2.file:points.csv", "nhf-2", "points.csv", "density", RunResult.FILE_NAME);
    user("nhf-2.spiral+mine", "nhf-2", "spiral", "density", RunResult.FILE_NAME);
    user("hgn-leapfrog.films:mine", "hgn-leapfrog", "films", "reconstruct", RunResult.FILE_NAME);
    user("hnn-states.pendulum+mine", "hnn-states", "pendulum", "states", RunResult.FILE_NAME);
    user("hgn-leapfrog.pendulum+mine", "hgn-leapfrog", "pendulum", "reconstruct", "partial.json");
    AtomicFiles.writeText(runs.resolve("nhf-2.mine/quick/result.json"), "{}");
    ResultsPage blocks = new ResultsPage(new Workspace(root));
    for (String page : List.of("docs/RESULTS.md", "README.md")) {
      assertEquals(List.of(), blocks.outdated(CHECKOUT.resolve(page)), page);
    }
  }

  private void user(String name, String model, String system, String protocol, String file) {
    RunResult result =
        new RunResult(
            null,
            name,
            model,
            system,
            protocol,
            "compact",
            "quick",
            1,
            "cpu",
            Map.of(),
            Map.of("training", Map.of("iterations", 9)),
            5,
            1,
            1e-9,
            1e-9,
            1e-9,
            1e-9,
            Map.of());
    Path folder = root.resolve("data/runs").resolve(RunResult.folderOf(name)).resolve("quick");
    AtomicFiles.writeText(folder.resolve(file), Json.pretty(result));
  }
}
