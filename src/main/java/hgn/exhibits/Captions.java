package hgn.exhibits;

import hgn.paper.Budget;
import hgn.paper.DatasetStudy;
import hgn.results.RunResult;
import hgn.results.ScoredRun;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where a figure's or a table's numbers come from: experiment, budget, seed. */
final class Captions {
  private static final int NAMED = 5;

  private Captions() {}

  /** Of simulations that nothing was learned from and nothing was drawn for. */
  static String simulated(Budget budget) {
    return "Simulated in float64 from fixed states: no training, no seed; %s budget."
        .formatted(budget.id());
  }

  /** Of the datasets. */
  static String datasets(Budget budget) {
    return "Datasets of the %s budget, %d training trajectories a system (paper: 50 000), seed %d."
        .formatted(
            budget.id(),
            DatasetStudy.spec("mass-spring", budget).train(),
            DatasetStudy.spec("mass-spring", budget).seed());
  }

  /** Of runs: their names, budgets and seeds. */
  static String runs(List<RunResult> results) {
    String names =
        results.size() <= NAMED
            ? distinct(results.stream().map(RunResult::experiment).toList())
            : "%d runs of %s"
                .formatted(
                    results.size(), distinct(results.stream().map(RunResult::model).toList()));
    List<String> seeds =
        results.stream().map(r -> Long.toString(r.seed())).distinct().sorted().toList();
    return "%s; %s budget, seed%s %s."
        .formatted(
            names,
            distinct(results.stream().map(RunResult::budget).toList()),
            seeds.size() == 1 ? "" : "s",
            String.join(", ", seeds));
  }

  /** Of scored runs, those without a result left out. */
  static String scored(List<ScoredRun> runs) {
    return runs(runs.stream().map(ScoredRun::result).filter(Objects::nonNull).toList());
  }

  private static String distinct(List<String> values) {
    return values.stream().distinct().collect(Collectors.joining(", "));
  }
}
