package hgn.paper;

import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.training.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A run that was begun and is not finished.
 *
 * @param run its folder below {@code data/runs}: experiment and budget
 * @param iteration steps behind it
 * @param iterations steps that a finished run has
 * @param seconds wall time so far
 * @param running whether a process trains it now
 * @param score what {@code ./workbook score} measured, where it did, perhaps at an earlier
 *     iteration
 */
public record Unfinished(
    String run,
    long iteration,
    long iterations,
    double seconds,
    boolean running,
    Optional<RunResult> score) {

  /**
   * Unfinished runs on this machine, known by their checkpoints or by their scores.
   *
   * @param workspace where runs are kept
   * @param bad told of every checkpoint and every score that cannot be read
   */
  public static List<Unfinished> all(Workspace workspace, Consumer<UserError> bad) {
    return find(workspace, true, bad);
  }

  /**
   * Unfinished runs that were scored, as they were then: what a repository holds, where there are
   * no checkpoints.
   *
   * @param workspace where runs are kept
   * @throws UserError if a score is unreadable
   */
  public static List<Unfinished> scored(Workspace workspace) {
    return find(
        workspace,
        false,
        bad -> {
          throw bad;
        });
  }

  private static List<Unfinished> find(
      Workspace workspace, boolean checkpoints, Consumer<UserError> bad) {
    List<Unfinished> found = new ArrayList<>();
    if (!Files.isDirectory(workspace.runs())) {
      return found;
    }
    try (Stream<Path> paths = Files.walk(workspace.runs(), 2)) {
      for (Path path : paths.filter(Files::isDirectory).sorted().toList()) {
        RunFolder folder = new RunFolder(path);
        boolean begun =
            Files.exists(folder.partial()) || (checkpoints && Files.exists(folder.checkpoint()));
        if (begun && !Files.exists(folder.result())) {
          try {
            found.add(read(workspace, folder, checkpoints));
          } catch (UserError e) {
            bad.accept(e);
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw UserError.environment("could not read %s (%s)", workspace.runs(), e.getMessage())
          .because(e);
    }
  }

  private static Unfinished read(Workspace workspace, RunFolder folder, boolean checkpoints) {
    String name = workspace.runs().relativize(folder.path()).toString();
    Optional<RunResult> score =
        Files.exists(folder.partial())
            ? Optional.of(RunResult.read(folder.partial()))
            : Optional.empty();
    if (checkpoints && Files.exists(folder.checkpoint())) {
      Checkpoint c = Checkpoint.read(folder.checkpoint());
      return new Unfinished(name, c.iteration(), c.iterations(), c.seconds(), folder.busy(), score);
    }
    RunResult r = score.orElseThrow();
    return new Unfinished(
        name, r.iterations(), Checkpoint.iterations(r.spec()), r.wallSeconds(), false, score);
  }

  /** A line: never to be read as a result. */
  public String line() {
    String where =
        Text.of(
            "%s: %s iteration %d of %d after %s of training",
            run, running ? "running, at" : "stopped at", iteration, iterations, duration(seconds));
    return score
        .map(
            s ->
                where
                    + Text.of(
                        "; at iteration %d train %.2f, test %.2f (× 1e4), mean image %.2f",
                        s.iterations(),
                        1e4 * s.trainMse(),
                        1e4 * s.testMse(),
                        1e4 * s.meanImageMse()))
        .orElse(where + (film() ? "; not scored: ./workbook score " + experiment() : ""));
  }

  /** Whether there is an experiment of that name that {@code ./workbook score} knows. */
  private boolean film() {
    try {
      return !Paper.experiment(name()).name().isEmpty();
    } catch (UserError e) {
      return false;
    }
  }

  private String name() {
    return Path.of(run).getParent().toString();
  }

  /** As {@code ./workbook score} takes it. */
  private String experiment() {
    Path path = Path.of(run);
    String budget = path.getFileName().toString();
    int seed = budget.indexOf("-seed");
    return "%s --budget %s%s"
        .formatted(
            name(),
            seed < 0 ? budget : budget.substring(0, seed),
            seed < 0 ? "" : " --seed " + budget.substring(seed + "-seed".length()));
  }

  private static String duration(double seconds) {
    long s = Math.round(seconds);
    return Text.of("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
