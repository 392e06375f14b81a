package hgn.cli;

import hgn.io.AtomicFiles;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.GridCell;
import hgn.paper.Grids;
import hgn.paper.Paper;
import hgn.paper.Physics;
import hgn.paper.Scoreboard;
import hgn.paper.StateExperiment;
import hgn.paper.Unfinished;
import hgn.report.BaselineTables;
import hgn.report.FlowFigures;
import hgn.report.GridTables;
import hgn.report.MarkedText;
import hgn.report.PhysicsTables;
import hgn.report.RunTables;
import hgn.report.SeedTables;
import hgn.report.Tables;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.systems.Systems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * The blocks of a page of results, each written from the runs in a workspace at the quick budget
 * with the first seed; Tables 1 and 2, the order of their models and the densities have every seed.
 */
final class ResultsPage {
  private final Workspace workspace;
  private final Map<String, Supplier<String>> blocks = new LinkedHashMap<>();
  private final Map<String, List<ScoredRun>> grids = new LinkedHashMap<>();

  ResultsPage(Workspace workspace) {
    this.workspace = workspace;
    block("table1-test", () -> SeedTables.test(everySeed()));
    block("table1-train", () -> SeedTables.train(everySeed()));
    block("table1-ratio", () -> SeedTables.ratios(everySeed()));
    block("seeds", () -> SeedTables.seeds(everySeed()));
    block("table2", () -> GridTables.table2(everySeed()));
    block("order", () -> SeedTables.order(everySeed()));
    block("order-hgn", () -> SeedTables.hgnOrder(everySeed()));
    block("protocols", () -> GridTables.protocols(grid("table1"), grid("table1-predict")));
    blocks.put("protocols-deviation", this::deviations);
    block("states", () -> BaselineTables.states(states()));
    block("conservation", () -> BaselineTables.conservation(states()));
    block("collapse", () -> GridTables.collapse(grid("table1")));
    block("studies", () -> GridTables.studies(hgn(grid("table1"))));
    block("studies-predict", () -> GridTables.studies(hgn(grid("table1-predict"))));
    block("samples", () -> GridTables.samples("", withPrior(modelsAndVariations())));
    block("variations", () -> GridTables.variations("", modelsAndVariations()));
    block(
        "noise",
        () ->
            RunTables.noise(grid("noise"), Scoreboard.of(Paper.systems(Budget.QUICK), workspace)));
    block("densities", () -> FlowFigures.results("", densities()));
    block("densities-summary", () -> FlowFigures.summary("", densities()));
    block("minutes", () -> GridTables.minutes(grid("table1")));
    blocks.put("wall", () -> WallTime.of(results(grid("table1"))));
    blocks.put("machines", this::machines);
    blocks.put("paper-budget", this::paperBudget);
    block("paper-budget-samples", () -> GridTables.samples("", withPrior(atPaperBudget())));
    blocks.put("unfinished", this::unfinished);
    block("sources", () -> GridTables.sources(everySeed()));
    block("successors", () -> GridTables.studies(successors()));
    block("physics", () -> PhysicsTables.rollouts("", Physics.known(compared(), workspace)));
    block(
        "ingredients",
        () -> PhysicsTables.rollouts("", Physics.known(Physics.ingredients(), workspace)));
    block("dreams", () -> PhysicsTables.dreams("", Physics.known(compared(), workspace)));
    block("chaos", () -> PhysicsTables.chaos("", Physics.known(compared(), workspace)));
  }

  /**
   * Writes the blocks of a page anew.
   *
   * @param page a file of Markdown
   * @throws UserError if it cannot be read, names an unknown block or leaves one open
   */
  void write(Path page) {
    MarkedText text = read(page);
    AtomicFiles.writeText(page, text.filled(this::content));
  }

  /**
   * Names of a page's blocks that differ from what the runs give.
   *
   * @param page a file of Markdown
   * @throws UserError as {@link #write}
   */
  List<String> outdated(Path page) {
    return read(page).outdated(this::content);
  }

  private static MarkedText read(Path page) {
    try {
      MarkedText text = new MarkedText(page.toString(), Files.readString(page));
      if (text.names().isEmpty()) {
        throw UserError.usage(
            "%s has no block to fill, expected '<!-- table:name -->' and '<!-- /table -->', each on"
                + " a line of its own",
            page);
      }
      return text;
    } catch (IOException e) {
      throw UserError.usage(
              "could not read the page %s (%s): expected a file of Markdown with marked blocks",
              page, e)
          .because(e);
    }
  }

  private String content(String name) {
    Supplier<String> content = blocks.get(name);
    if (content == null) {
      throw UserError.data(
          "unknown block '%s', expected one of: %s", name, String.join(", ", blocks.keySet()));
    }
    return content.get();
  }

  /** HGN and its successors, system by system; of the successors the longer ones too. */
  private static List<Experiment> compared() {
    return Stream.of(
            Paper.systems(Budget.QUICK).stream(),
            Paper.successors().stream(),
            Paper.successors().stream().map(e -> e.within(Budget.PAPER)))
        .flatMap(Function.identity())
        .sorted(Comparator.comparing(e -> Systems.paper().indexOf(Systems.named(e.system()))))
        .toList();
  }

  /** Finished runs of those on the systems where a successor is finished. */
  private List<ScoredRun> successors() {
    List<ScoredRun> finished =
        Scoreboard.of(compared(), workspace).stream().filter(run -> run.result() != null).toList();
    return finished.stream()
        .filter(run -> finished.stream().filter(r -> r.system().equals(run.system())).count() > 1)
        .toList();
  }

  private void block(String name, Supplier<Table> table) {
    blocks.put(
        name,
        () -> {
          Table made = table.get();
          return made.rowCount() == 0 ? "*Nothing finished yet.*" : Tables.markdown(made);
        });
  }

  private List<ScoredRun> grid(String name) {
    return grids.computeIfAbsent(name, n -> Scoreboard.of(n, Budget.QUICK, workspace));
  }

  private List<ScoredRun> everySeed() {
    return grids.computeIfAbsent(
        "table1, every seed", n -> Scoreboard.seeds("table1", Budget.QUICK, workspace));
  }

  private static List<ScoredRun> hgn(List<ScoredRun> runs) {
    return runs.stream().filter(run -> run.model().startsWith("HGN")).toList();
  }

  /** Without the deterministic model, which is never drawn towards a prior. */
  private static List<ScoredRun> withPrior(List<ScoredRun> runs) {
    return runs.stream()
        .filter(run -> run.result() == null || !run.result().model().equals("hgn-determ"))
        .toList();
  }

  /**
   * Models as in Table 1 before what is varied of them, system by system, HGN (leapfrog) always.
   */
  private List<ScoredRun> modelsAndVariations() {
    return Systems.paper().stream()
        .flatMap(s -> grid("table1").stream().filter(run -> run.system().equals(s.id())))
        .flatMap(this::andVariations)
        .toList();
  }

  private Stream<ScoredRun> andVariations(ScoredRun run) {
    List<ScoredRun> variations =
        grid("studies").stream()
            .filter(v -> v.system().equals(run.system()) && sameModel(v, run))
            .toList();
    return variations.isEmpty() && !run.model().equals("HGN (leapfrog)")
        ? Stream.empty()
        : Stream.concat(Stream.of(run), variations.stream());
  }

  private static boolean sameModel(ScoredRun a, ScoredRun b) {
    return a.result() != null
        && b.result() != null
        && a.result().model().equals(b.result().model());
  }

  private static List<RunResult> results(List<ScoredRun> runs) {
    return runs.stream().flatMap(run -> run.finished().stream()).toList();
  }

  /**
   * Results of the runs that are named here: what a user has trained besides is none of the page's.
   */
  private static List<RunResult> finished(List<GridCell> cells) {
    return cells.stream()
        .filter(GridCell::finished)
        .map(cell -> RunResult.read(cell.folder().resolve(RunResult.FILE_NAME)))
        .toList();
  }

  /** With the first seed, in the order of the paper's systems, each HNN before its twin. */
  private List<RunResult> states() {
    return finished(StateExperiment.all().stream().map(e -> e.cell(workspace)).toList());
  }

  private List<RunResult> densities() {
    return finished(Grids.cells("flows", null, Budget.QUICK, null, workspace)).stream()
        .sorted(Comparator.comparing(RunResult::experiment).thenComparing(RunResult::seed))
        .toList();
  }

  private String deviations() {
    List<ScoredRun> predicted =
        grid("table1-predict").stream().filter(run -> run.result() != null).toList();
    List<ScoredRun> same =
        grid("table1").stream()
            .filter(
                run ->
                    predicted.stream()
                        .anyMatch(
                            p -> p.model().equals(run.model()) && p.system().equals(run.system())))
            .toList();
    if (predicted.isEmpty()) {
      return "*Nothing finished yet.*";
    }
    return Text.of(
        "Mean of |ours − paper| / paper over the test errors of %s: %.0f %% where the frames were"
            + " seen, %.0f %% where they were not.",
        predicted.size() == 1 ? "1 run" : predicted.size() + " runs",
        100 * GridTables.deviation(same),
        100 * GridTables.deviation(predicted));
  }

  private String machines() {
    return Stream.of("device", "os", "java", "djl", "pytorch")
        .map(
            key ->
                "%s %s"
                    .formatted(
                        key,
                        results(everySeed()).stream()
                            .map(
                                r ->
                                    key.equals("device")
                                        ? r.device()
                                        : r.versions().getOrDefault(key, "unknown"))
                            .collect(Collectors.toCollection(TreeSet::new))
                            .stream()
                            .collect(Collectors.joining(", "))))
        .collect(Collectors.joining("; "));
  }

  private String paperBudget() {
    List<ScoredRun> finished = atPaperBudget();
    return finished.isEmpty()
        ? "*No run at the paper's budget is finished.*"
        : Tables.markdown(GridTables.longer("", finished, grid("table1")));
  }

  private List<ScoredRun> atPaperBudget() {
    return Stream.of("table1", "compact")
        .flatMap(name -> Scoreboard.of(name, Budget.PAPER, workspace).stream())
        .filter(run -> run.result() != null)
        .toList();
  }

  private String unfinished() {
    Set<String> named =
        Grids.names().stream()
            .flatMap(grid -> Grids.cells(grid, null, Budget.QUICK, null, workspace).stream())
            .map(cell -> RunResult.folderOf(cell.experiment()))
            .collect(Collectors.toSet());
    List<Unfinished> runs =
        Unfinished.scored(workspace).stream()
            .filter(run -> named.contains(Path.of(run.run()).getName(0).toString()))
            .toList();
    return runs.isEmpty()
        ? "*None.*"
        : runs.stream().map(run -> "- " + run.line()).collect(Collectors.joining("\n"));
  }
}
