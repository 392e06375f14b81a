package hgn.paper;

import hgn.io.Json;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * The folder of one run, {@code data/runs/<experiment>/<budget>}, held by one process at a time.
 *
 * @param path the folder
 */
record RunFolder(Path path) {

  /** The folder of an experiment: a seed other than the first has one of its own. */
  static RunFolder of(Workspace workspace, String name, Budget budget, long seed) {
    String leaf = seed == Experiment.DEFAULT_SEED ? budget.id() : budget.id() + "-seed" + seed;
    return new RunFolder(workspace.runs().resolve(name).resolve(leaf));
  }

  /**
   * Checks that a finished run is of the spec that is asked for.
   *
   * @throws UserError if it is of another
   */
  void requireSpec(RunResult result, Record spec, String name, Budget budget) {
    if (!Json.compact(result.spec()).equals(Json.compact(Json.map(spec)))) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s holds a finished run of another spec: it was left as it is; './workbook train %s"
                  .formatted(path, name)
              + " --budget %s --fresh' moves it aside and trains anew".formatted(budget.id()));
    }
  }

  Path result() {
    return path.resolve(RunResult.FILE_NAME);
  }

  Path checkpoint() {
    return path.resolve("checkpoint.npz");
  }

  /** Scores of a run that is not finished. */
  Path partial() {
    return path.resolve(RunResult.PARTIAL_NAME);
  }

  Path weights() {
    return path.resolve("weights.npz");
  }

  Path log() {
    return path.resolve("log.csv");
  }

  /** What is held until it is closed. */
  record Hold(FileChannel channel, FileLock lock) implements AutoCloseable {
    @Override
    public void close() {
      try {
        lock.release();
        channel.close();
      } catch (IOException e) {
        throw new UserError(
            UserError.Kind.ENVIRONMENT, "could not release the run's lock (%s)".formatted(e), e);
      }
    }
  }

  /**
   * Takes the folder for this process. The lock is the operating system's, so a killed process
   * leaves none behind.
   *
   * @throws UserError if another process has it, or the folder cannot be written
   */
  Hold hold() {
    Path file = lockFile();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new UserError(
            UserError.Kind.BUSY,
            "%s is being trained by another process: wait for it, or stop it".formatted(path));
      }
      return new Hold(channel, lock);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "could not write in %s (%s): make it writable or set HGN_HOME to a folder that is"
              .formatted(path, e),
          e);
    }
  }

  /** Null where the lock is held, by another process or by another thread of this one. */
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Whether a process trains it now. */
  boolean busy() {
    if (!Files.exists(lockFile())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE)) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        lock.release();
      }
      return lock == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** What is left of a run when it is finished is its result. */
  void forgetCheckpoint() throws IOException {
    Files.deleteIfExists(checkpoint());
    Files.deleteIfExists(partial());
  }

  private Path lockFile() {
    return path.resolve("run.lock");
  }

  /**
   * Moves a finished run aside where {@code ./workbook run --retrain} asked for that, once: what
   * was finished after it had begun stays.
   *
   * @throws UserError if another process trains it
   */
  void renew() {
    String since = System.getProperty("hgn.retrain", System.getenv("HGN_RETRAIN"));
    if (since == null || since.isBlank() || !Files.exists(result())) {
      return;
    }
    try {
      if (Files.getLastModifiedTime(result()).to(TimeUnit.SECONDS) < Long.parseLong(since)) {
        hold().close();
        moveAside();
      }
    } catch (NumberFormatException e) {
      throw new UserError(
          UserError.Kind.USAGE,
          "HGN_RETRAIN is '%s', expected seconds since 1970: './workbook run --retrain' sets it"
              .formatted(since),
          e);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "could not read the time of %s (%s)".formatted(result(), e),
          e);
    }
  }

  /** Moves an earlier run aside, so that a new one can start and nothing is lost. */
  void moveAside() {
    if (!Files.exists(path)) {
      return;
    }
    Path attic = path.getParent().getParent().resolveSibling("runs-old");
    String name = path.getParent().getFileName() + "." + path.getFileName();
    int n = 1;
    while (Files.exists(attic.resolve(name + "." + n))) {
      n++;
    }
    try {
      Files.createDirectories(attic);
      Files.move(path, attic.resolve(name + "." + n));
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT, "could not move %s to %s (%s)".formatted(path, attic, e), e);
    }
  }
}
