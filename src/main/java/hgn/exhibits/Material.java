package hgn.exhibits;

import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.paper.DatasetStudy;
import hgn.paper.Experiment;
import hgn.paper.FlowExperiment;
import hgn.paper.FlowRun;
import hgn.paper.FlowStudy;
import hgn.paper.IntegratorStudy;
import hgn.paper.Paper;
import hgn.paper.PixelHnnStudy;
import hgn.paper.Run;
import hgn.paper.Scoreboard;
import hgn.paper.StateHnnStudy;
import hgn.results.DatasetView;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import hgn.results.TrainingWatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What exhibits are made of, each thing loaded once: runs, studies, datasets. */
final class Material {
  private final Budget budget;
  private final Workspace workspace;
  private final Function<String, TrainingWatch> watches;
  private final boolean mayTrain;
  private final Set<String> finished = new HashSet<>();
  private final Map<String, Object> known = new HashMap<>();

  /**
   * Over one workspace at one budget.
   *
   * @param watches told of trainings, by the experiment's name
   * @param mayTrain whether what is not on disk is trained; else it throws {@link Missing}
   */
  Material(
      Budget budget,
      Workspace workspace,
      Function<String, TrainingWatch> watches,
      boolean mayTrain) {
    this.budget = budget;
    this.workspace = workspace;
    this.watches = watches;
    this.mayTrain = mayTrain;
    for (RunResult result : RunResult.all(workspace.runs())) {
      finished.add(key(result.experiment(), result.budget(), result.seed()));
    }
  }

  Budget budget() {
    return budget;
  }

  Workspace workspace() {
    return workspace;
  }

  /** A trained HGN or PixelHNN. */
  Run run(String experiment) {
    return run(Paper.experiment(experiment).within(budget));
  }

  Run run(Experiment experiment) {
    String name = experiment.name();
    return once(
        name,
        () -> {
          require(name, experiment.seed());
          return experiment.train(workspace, watches.apply(name));
        });
  }

  /** Trained models with what was studied of them. */
  List<ScoredRun> scores(List<Experiment> experiments) {
    return experiments.stream()
        .map(e -> once("score of " + e.name(), () -> run(e).scored()))
        .toList();
  }

  /** A trained flow. */
  FlowRun flow(String name) {
    return once(
        name,
        () -> {
          require(name, Experiment.DEFAULT_SEED);
          return FlowExperiment.named(name).within(budget).train(workspace, watches.apply(name));
        });
  }

  /** The flows of Fig 10, every model with every seed. */
  List<FlowRun> figure10() {
    return once(
        "Fig 10",
        () -> {
          List<FlowExperiment> all = FlowStudy.figure10("mixture-4", budget);
          all.forEach(e -> require(e.name(), e.seed()));
          return FlowStudy.train(all, watches.apply("Fig 10"));
        });
  }

  /** HNN from states and its plain twin. */
  StateHnnStudy states(String system) {
    return once(
        "states of " + system,
        () -> {
          require("hnn-states." + system, Experiment.DEFAULT_SEED);
          require("mlp-states." + system, Experiment.DEFAULT_SEED);
          return StateHnnStudy.of(system, budget, workspace, watches.apply(system));
        });
  }

  /** The two PixelHNNs. */
  PixelHnnStudy pixels(String system) {
    return once(
        "pixels of " + system,
        () -> {
          require("hnn." + system, Experiment.DEFAULT_SEED);
          require("hnn-conv." + system, Experiment.DEFAULT_SEED);
          return PixelHnnStudy.of(system, budget, workspace, watches.apply(system));
        });
  }

  /** The four datasets. */
  List<DatasetView> datasets() {
    return once("datasets", () -> DatasetStudy.all(budget, workspace, Progress.NONE));
  }

  /** The integrators measured on a system. */
  IntegratorStudy integrators(String system) {
    return once("integrators on " + system, () -> IntegratorStudy.of(system));
  }

  /** All of Table 1, finished or not. */
  List<ScoredRun> grid() {
    return once(
        "grid",
        () -> {
          List<ScoredRun> grid = Scoreboard.of("table1", budget, workspace);
          if (grid.stream().allMatch(run -> run.result() == null)) {
            throw new Missing("table1", budget.id(), Experiment.DEFAULT_SEED);
          }
          return grid;
        });
  }

  /** Anything that is dear to make. */
  @SuppressWarnings("unchecked") // a name stands for one thing, and so for one type
  <T> T once(String name, Supplier<T> make) {
    Object there = known.get(name);
    if (there == null) {
      there = make.get();
      known.put(name, there);
    }
    return (T) there;
  }

  private void require(String experiment, long seed) {
    if (!mayTrain && !finished.contains(key(experiment, budget.id(), seed))) {
      throw new Missing(experiment, budget.id(), seed);
    }
  }

  private static String key(String experiment, String budget, long seed) {
    return "%s %s %d".formatted(experiment, budget, seed);
  }

  /** A run that is not on disk. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing(String experiment, String budget, long seed) {
      super(
          "needs a run: ./workbook train %s --budget %s%s"
              .formatted(
                  experiment, budget, seed == Experiment.DEFAULT_SEED ? "" : " --seed " + seed));
    }
  }
}
