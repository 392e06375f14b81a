package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.Dataset;
import hgn.flows.FlowBlueprint;
import hgn.io.Hashes;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.HgnBlueprint;
import hgn.models.HnnBlueprint;
import hgn.models.StateBlueprint;
import hgn.nn.Layout;
import hgn.results.RunResult;
import hgn.results.StudyResult;
import hgn.results.TrainingWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a change of the program must leave as it is, or migrate and say so: the text of every spec,
 * to which checkpoints, weights and results belong, the order in which the weights of every model
 * lie, and what runs of the repository score.
 */
class GoldenTest {
  private static final String RESOURCE = "golden.txt";
  private static final Workspace CHECKOUT = Workspace.find();

  private static final double FILM = 5.99861295408881e-5;
  private static final double BOUND = -2.325688997880522;
  private static final double ENERGY = 4.900269614363445e-6;

  /** What float32 sums on another processor may differ by. */
  private static final double RELATIVE = 1e-3;

  @TempDir Path root;

  @Test
  void everySpecAndEveryLayoutIsAsItWas() throws IOException {
    Map<String, String> found = found();
    Path written = Path.of("target", RESOURCE);
    Files.createDirectories(written.getParent());
    Files.writeString(
        written,
        found.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue() + "\n")
            .collect(Collectors.joining()));
    Map<String, String> golden = golden();
    List<String> changed =
        golden.keySet().stream().filter(k -> !golden.get(k).equals(found.get(k))).toList();
    assertEquals(
        List.of(),
        changed,
        "gone or changed; where that is meant, runs are migrated and %s replaces src/test/resources/hgn/paper/%s"
            .formatted(written, RESOURCE));
    assertTrue(golden.size() > 600, "lines: " + golden.size());
  }

  private static Map<String, String> golden() throws IOException {
    try (var in = GoldenTest.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .collect(Collectors.toMap(w -> w[0] + " " + w[1] + " " + w[2], w -> w[3]));
    }
  }

  private static Map<String, String> found() {
    Map<String, String> found = new TreeMap<>();
    Map<String, String> layouts = new TreeMap<>();
    for (Budget budget : Budget.values()) {
      Stream.of(Paper.experiments(), Paper.variations(), Paper.compact(), Paper.noisy())
          .flatMap(List::stream)
          .distinct()
          .map(e -> e.within(budget))
          .forEach(
              e -> {
                if (e.spec() instanceof HnnExperimentSpec hnn) {
                  put(
                      e.name(),
                      budget,
                      hnn,
                      hnn.model(),
                      () -> new HnnBlueprint(hnn.model()).layout(),
                      found,
                      layouts);
                } else {
                  HgnExperimentSpec hgn = e.hgnSpec();
                  put(
                      e.name(),
                      budget,
                      hgn,
                      hgn.model(),
                      () -> new HgnBlueprint(hgn.model()).layout(),
                      found,
                      layouts);
                }
              });
      for (FlowExperiment e : Paper.flows()) {
        FlowExperimentSpec spec = e.within(budget).spec();
        put(
            "%s#%d".formatted(e.name(), e.seed()),
            budget,
            spec,
            spec.model(),
            () -> new FlowBlueprint(spec.model()).layout(),
            found,
            layouts);
      }
      for (StateExperiment e : StateExperiment.all()) {
        StateExperimentSpec spec = e.within(budget).spec();
        put(
            e.name(),
            budget,
            spec,
            spec.model(),
            () -> new StateBlueprint(spec.model()).layout(),
            found,
            layouts);
      }
    }
    return found;
  }

  private static void put(
      String name,
      Budget budget,
      Record spec,
      Record model,
      Supplier<Layout> layout,
      Map<String, String> found,
      Map<String, String> layouts) {
    found.put("spec %s %s".formatted(name, budget.id()), Hashes.key(spec));
    found.put(
        "layout %s %s".formatted(name, budget.id()),
        layouts.computeIfAbsent(
            Json.compact(model),
            m ->
                layout.get().slots().stream()
                    .map(s -> s.name() + Arrays.toString(s.shape().getShape()) + s.init())
                    .collect(Collectors.collectingAndThen(Collectors.joining(), Hashes::key))));
  }

  @Test
  void everyRunOfTheRepositoryIsOfTodaysSpecAndItsStudyOfThatRun() {
    List<String> read = new ArrayList<>();
    Stream<GridCell> cells =
        Stream.of(Budget.QUICK, Budget.PAPER)
            .flatMap(
                budget ->
                    Stream.concat(
                        Stream.concat(
                            Grids.cells("table1", null, budget, Grids.SEEDS, CHECKOUT).stream(),
                            Grids.names().stream()
                                .flatMap(
                                    g -> Grids.cells(g, null, budget, null, CHECKOUT).stream())),
                        StateExperiment.all().stream().map(e -> e.within(budget).cell(CHECKOUT))));
    cells
        .distinct()
        .filter(GridCell::finished)
        .forEach(
            cell -> {
              RunResult result = cell.result().orElseThrow();
              Path study = cell.folder().resolve(StudyResult.FILE_NAME);
              if (Files.exists(study)) {
                assertEquals(
                    StudyKey.of(result),
                    Json.read(study, StudyResult.class).run(),
                    cell.title() + " has a study of another result");
              }
              read.add(result.experiment());
            });
    assertTrue(read.size() > 75, "runs: " + read.size());
  }

  /** The folder of a run, copied: what is simulated for it stays out of the checkout. */
  private Workspace with(String run) throws IOException {
    Path from = CHECKOUT.runs().resolve(run).resolve("quick");
    Path to = root.resolve("data/runs").resolve(run).resolve("quick");
    Files.createDirectories(to);
    for (String file : List.of(RunResult.FILE_NAME, "weights.npz", "log.csv")) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
    return new Workspace(root);
  }

  @Test
  void aShippedHgnScoresWhatItScored() throws IOException {
    Workspace workspace = with("hgn-leapfrog.pendulum");
    Run run = Paper.PENDULUM.finished(workspace, 8);
    near(FILM, Arrays.stream(run.score().frameMeans()).average().orElseThrow());
  }

  @Test
  void aShippedFlowScoresWhatItScored() throws IOException {
    Workspace workspace = with("nhf-2.mixture-4");
    FlowRun run = FlowExperiment.named("nhf-2.mixture-4").train(workspace, TrainingWatch.NONE);
    double[][] points = Arrays.copyOf(run.testPoints(), 64);
    near(BOUND, Arrays.stream(run.scores(points, 16, 1).bound()).average().orElseThrow());
  }

  @Test
  void aShippedNetworkOnStatesScoresWhatItScored() throws IOException {
    Workspace workspace = with("hnn-states.mass-spring");
    StateExperiment experiment = StateExperiment.named("hnn-states.mass-spring").orElseThrow();
    StateRun run = experiment.train(workspace, TrainingWatch.NONE);
    Dataset own = Dataset.open(experiment.spec().dataset(), workspace, Progress.NONE);
    near(ENERGY, Arrays.stream(run.energyErrors(own)).average().orElseThrow());
  }

  private static void near(double golden, double found) {
    assertEquals(golden, found, RELATIVE * Math.abs(golden));
  }
}
