package hgn.results;

import hgn.io.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Replicates of a cell of the paper's tables: the runs of a model on a system that differ in their
 * seed alone, with means and standard deviations over the seeds.
 *
 * @param runs one a seed, in the order of the seeds; those that are not finished count for nothing
 */
public record Replicates(List<ScoredRun> runs) {

  /**
   * Checks that they are of one length and of different seeds. That each is of its experiment's
   * spec is checked where it is read.
   *
   * @throws UserError naming two runs that are no replicates of each other
   */
  public Replicates {
    runs = List.copyOf(runs);
    List<ScoredRun> finished = finished(runs);
    for (int i = 1; i < finished.size(); i++) {
      RunResult before = finished.get(i - 1).result();
      RunResult next = finished.get(i).result();
      if (before.seed() >= next.seed()
          || before.iterations() != next.iterations()
          || !before.budget().equals(next.budget())
          || !before.experiment().equals(next.experiment())) {
        throw UserError.data(
            "%s and %s are no runs of one experiment with different seeds: expected one budget, one"
                + " number of iterations, and seeds that ascend; keep them in different tables",
            finished.get(i - 1).file(), finished.get(i).file());
      }
    }
  }

  /**
   * The runs by model and system, in the order in which these come first.
   *
   * @param runs of a grid, with one seed or several
   */
  public static List<Replicates> of(List<ScoredRun> runs) {
    Map<List<String>, List<ScoredRun>> cells =
        runs.stream()
            .collect(
                Collectors.groupingBy(
                    run -> List.of(run.model(), run.system()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return cells.values().stream().map(Replicates::new).toList();
  }

  /** The run with the first seed, finished or not. */
  public ScoredRun first() {
    return runs.get(0);
  }

  /** Model of all of them. */
  public String model() {
    return first().model();
  }

  /** Physical system of all of them. */
  public String system() {
    return first().system();
  }

  /** Runs that are finished. */
  public List<ScoredRun> finished() {
    return finished(runs);
  }

  private static List<ScoredRun> finished(List<ScoredRun> runs) {
    return runs.stream().filter(run -> run.result() != null).toList();
  }

  /** Whether there are two finished runs or more, without which nothing scatters. */
  public boolean several() {
    return finished().size() > 1;
  }

  /**
   * A number of each finished run, where it was measured.
   *
   * @param value of a finished run
   */
  public double[] values(ToDoubleFunction<ScoredRun> value) {
    return finished().stream().mapToDouble(value).filter(v -> !Double.isNaN(v)).toArray();
  }

  /**
   * The mean over the seeds.
   *
   * @param value of a finished run
   * @return NaN where none is finished
   */
  public double mean(ToDoubleFunction<ScoredRun> value) {
    return StatUtils.mean(values(value));
  }

  /**
   * The standard deviation over the seeds, with n − 1.
   *
   * @param value of a finished run
   * @return NaN where fewer than two are finished
   */
  public double deviation(ToDoubleFunction<ScoredRun> value) {
    double[] values = values(value);
    // Of a single one Commons Math has 0.
    return values.length < 2 ? Double.NaN : Math.sqrt(StatUtils.variance(values));
  }

  /**
   * The standard error of the difference of two means over seeds, √(s₁²/n₁ + s₂²/n₂): with three
   * seeds each, a difference of two of them is exceeded by chance about once in nine.
   *
   * @param other of another model
   * @param value of a finished run
   * @return NaN where either has fewer than two
   */
  public double standardError(Replicates other, ToDoubleFunction<ScoredRun> value) {
    return Math.hypot(
        deviation(value) / Math.sqrt(values(value).length),
        other.deviation(value) / Math.sqrt(other.values(value).length));
  }
}
