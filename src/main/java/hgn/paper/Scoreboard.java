package hgn.paper;

import hgn.io.Json;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.Series;
import hgn.results.StudyResult;
import hgn.training.TrainingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The runs of a grid that are on disk, beside the paper's numbers: tables and figures of many. */
public final class Scoreboard {

  private Scoreboard() {}

  /**
   * The runs of a grid in this workspace.
   *
   * @param grid for example "table1"
   * @param budget what was spent
   */
  public static List<ScoredRun> of(String grid, Budget budget) {
    return of(grid, budget, Workspace.find());
  }

  /**
   * The runs of a grid, one entry an experiment, finished or not.
   *
   * @param grid one of {@link Grids#names()}
   * @param budget what was spent
   * @param workspace where they lie
   * @throws hgn.io.UserError if a result is unreadable or of another spec
   */
  public static List<ScoredRun> of(String grid, Budget budget, Workspace workspace) {
    return of(Grids.experiments(grid).stream().map(e -> e.within(budget)).toList(), workspace);
  }

  /**
   * The runs of a grid in this workspace with every seed of {@link Grids#SEEDS}.
   *
   * @param grid for example "table1"
   * @param budget what was spent
   */
  public static List<ScoredRun> seeds(String grid, Budget budget) {
    return seeds(grid, budget, Workspace.find());
  }

  /**
   * The runs of a grid with every seed of {@link Grids#SEEDS}: an experiment's one after the other.
   * With the first seed all, finished or not; with another seed those that are finished.
   *
   * @param grid one of {@link Grids#names()}
   * @param budget what was spent
   * @param workspace where they lie
   * @throws hgn.io.UserError if a result is unreadable, or of a spec that differs from its
   *     experiment's in more than the seed
   */
  public static List<ScoredRun> seeds(String grid, Budget budget, Workspace workspace) {
    return Grids.experiments(grid).stream()
        .flatMap(e -> Grids.SEEDS.stream().map(seed -> e.within(budget).withSeed(seed)))
        .filter(e -> e.seed() == Experiment.DEFAULT_SEED || e.cell(workspace).finished())
        .map(experiment -> scored(experiment, workspace))
        .toList();
  }

  /**
   * Experiments with what was measured of them, if it was.
   *
   * @param experiments in the order of the rows
   * @param workspace where they lie
   */
  public static List<ScoredRun> of(List<Experiment> experiments, Workspace workspace) {
    return experiments.stream().map(experiment -> scored(experiment, workspace)).toList();
  }

  private static ScoredRun scored(Experiment experiment, Workspace workspace) {
    RunResult result = experiment.cell(workspace).result().orElse(null);
    return scored(experiment, result, study(experiment, result, workspace), workspace);
  }

  static ScoredRun scored(
      Experiment experiment, RunResult result, StudyResult study, Workspace workspace) {
    return new ScoredRun(
        experiment.title(),
        experiment.system(),
        result,
        study,
        experiment.paper(),
        workspace.root().relativize(experiment.folder(workspace).result()).toString(),
        Plane.phase(experiment.system()));
  }

  /** Null where there is none of this very result. */
  static StudyResult study(Experiment experiment, RunResult result, Workspace workspace) {
    Path file = experiment.folder(workspace).path().resolve(StudyResult.FILE_NAME);
    return result == null ? null : Json.readOf(StudyKey.of(result), file, StudyResult.class);
  }

  /**
   * The logs of a model's finished runs in this workspace, a curve a system (Fig 11, 12).
   *
   * @param model which
   * @param budget what was spent
   * @param column of the log, for example "mse"
   * @return over the iterations, labelled by the system
   */
  public static List<Series> logs(Model model, Budget budget, String column) {
    Workspace workspace = Workspace.find();
    List<Series> curves = new ArrayList<>();
    for (Experiment cell : Grids.experiments("table1")) {
      Experiment experiment = cell.within(budget);
      Path log = experiment.folder(workspace).log();
      // A log lies there before the result, and stays where that could not be written.
      if (experiment.model().equals(model)
          && experiment.cell(workspace).result().isPresent()
          && Files.exists(log)) {
        TrainingLog read = TrainingLog.read(log);
        curves.add(new Series(experiment.system(), read.column("iteration"), read.column(column)));
      }
    }
    return curves;
  }
}
