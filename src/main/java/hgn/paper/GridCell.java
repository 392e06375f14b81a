package hgn.paper;

import hgn.io.Text;
import hgn.results.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One run of a grid: what a process is started for.
 *
 * @param experiment its name, as {@code ./workbook train} takes it
 * @param seed of weights, data and noise
 * @param folder where the run lies, or will
 * @param spec the record of all that determines it
 */
public record GridCell(String experiment, long seed, Path folder, Record spec) {

  /** The name, with the seed where it is not the first. */
  public String title() {
    return seed == Experiment.DEFAULT_SEED ? experiment : experiment + " seed " + seed;
  }

  /**
   * Moves what is there to {@code data/runs-old/}, whatever its spec.
   *
   * @throws UserError if another process trains it
   */
  public void moveAside() {
    new RunFolder(folder).moveAside();
  }

  /** Whether there is a result, of whatever spec. */
  public boolean finished() {
    return Files.exists(folder.resolve(RunResult.FILE_NAME));
  }

  /**
   * The result, where the run is finished.
   *
   * @throws UserError if what is there is unreadable, or of another spec
   */
  public Optional<RunResult> result() {
    if (!finished()) {
      return Optional.empty();
    }
    Path file = folder.resolve(RunResult.FILE_NAME);
    RunResult result = RunResult.read(file);
    String command =
        Text.of("./workbook train %s --budget %s --seed %d", experiment, result.budget(), seed);
    new RunFolder(folder).requireSpec(result, spec, RunFolder.anew(command));
    return Optional.of(result);
  }
}
