package hgn.paper;

import hgn.io.Records;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The folder of one run, {@code data/runs/<experiment>/<budget>}, held by one process at a time.
 *
 * @param path the folder
 */
record RunFolder(Path path) {

  /**
   * Locks that this process holds, for POSIX lets go of a process's lock as soon as it closes any
   * channel of that file: none is opened of a file in here, nor of any while another thread opens
   * one.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private static final String LOCK = "run.lock";

  /** The folder of an experiment: a seed other than the first has one of its own. */
  static RunFolder of(Trainable experiment, Workspace workspace) {
    long seed = experiment.seed();
    String budget = experiment.budget().id();
    String leaf = seed == Experiment.DEFAULT_SEED ? budget : budget + "-seed" + seed;
    return new RunFolder(workspace.runs().resolve(plain(experiment.name())).resolve(leaf));
  }

  /** A name with a path in it as the name of a folder: what the one may hold, the other may not. */
  static String plain(String name) {
    return name.replaceAll("[^\\w.+-]+", "-");
  }

  /** The command that trains a run: names another seed than the first, as the folder does. */
  private static String command(Trainable experiment) {
    long seed = experiment.seed();
    String other = seed == Experiment.DEFAULT_SEED ? "" : " --seed " + seed;
    return "./workbook train %s --budget %s%s"
        .formatted(experiment.name(), experiment.budget().id(), other);
  }

  /** Whether the reader changed it in a cell, so that no command knows it. */
  private static boolean composed(Trainable experiment) {
    return experiment instanceof Experiment e
        && (e.variation().isOwn() || !e.model().isListed() || e.ownSystem());
  }

  /** Advice on what makes a run that is not there. */
  static String makes(Trainable experiment) {
    return composed(experiment)
        ? "train() of this experiment makes it"
        : "'%s' makes it".formatted(command(experiment));
  }

  /** Advice where what is there is not what is asked for. */
  static String anew(Trainable experiment) {
    return composed(experiment)
        ? "give this experiment another name with named(…), or move that run aside with"
            + " moveAside(Workspace.find())"
        : anew(command(experiment));
  }

  /** The same where the command that trains it is known. */
  static String anew(String command) {
    return "'%s --fresh' moves it aside and trains anew".formatted(command);
  }

  /**
   * Checks that a finished run is of the spec that is asked for.
   *
   * @param anew advice where it is not
   * @throws UserError if it is of another, by its first difference
   */
  void requireSpec(RunResult result, Record spec, String anew) {
    Records.difference(result.spec(), spec)
        .ifPresent(
            difference -> {
              throw UserError.data(
                  "%s holds a finished run of another spec, %s: it was left as it is; %s",
                  path, difference, anew);
            });
  }

  /**
   * Checks that the log of a finished run tells of all its iterations.
   *
   * @throws UserError naming both numbers
   */
  void requireIterations(long found, long expected, String anew) {
    if (found != expected) {
      throw UserError.data(
          "%s tells of %d iterations, expected %d: it was changed or cut off; put back what was"
              + " written, or %s",
          log(), found, expected, anew);
    }
  }

  /**
   * Looks whether a run is finished.
   *
   * @throws UserError if it is not
   */
  void requireFinished(Trainable experiment) {
    if (!Files.exists(result())) {
      throw UserError.usage("there is no finished run in %s: %s", path, makes(experiment));
    }
  }

  /**
   * The error where a result is here and its weights are not.
   *
   * @param run its name or its folder
   * @param experiment that trains it
   */
  static UserError weightless(String run, Trainable experiment) {
    return UserError.data(
        "%s is here with its result but without its weights, as the repository has some: %s",
        run, anew(experiment));
  }

  boolean hasWeights() {
    return Files.exists(weights());
  }

  Path result() {
    return path.resolve(RunResult.FILE_NAME);
  }

  Path checkpoint() {
    return path.resolve("checkpoint.npz");
  }

  /** Weights that are the best so far on held-out films, of a run that is not finished. */
  Path best() {
    return path.resolve("best.npz");
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

  /** A lock that is held until it is closed. */
  record Hold(Path file, FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      synchronized (HELD) {
        try {
          channel.close();
        } catch (IOException e) {
          throw UserError.environment("could not release the run's lock (%s)", e).because(e);
        } finally {
          HELD.remove(file);
        }
      }
    }
  }

  /**
   * Takes the folder for this process, and in it for one training. The lock is the operating
   * system's, so a killed process leaves none behind.
   *
   * @throws UserError if it is taken, or the folder cannot be written
   */
  Hold hold() {
    try {
      Files.createDirectories(path);
      synchronized (HELD) {
        Path file = lockFile();
        if (!HELD.contains(file)) {
          FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          if (tryLock(channel) != null) {
            HELD.add(file);
            return new Hold(file, channel);
          }
          channel.close();
        }
      }
    } catch (IOException e) {
      throw UserError.environment(
              "could not write in %s (%s): make it writable or set HGN_HOME to a folder that is",
              path, e)
          .because(e);
    }
    throw UserError.busy("%s is being trained by another process: wait for it, or stop it", path);
  }

  /** Null where the lock is held, by another process or by another thread of this one. */
  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * The finished run of this folder, trained now where there is none. What is finished is for many
   * to read and is not held; who trains holds the folder from before he looks until his result lies
   * there.
   *
   * @param load reads what is finished
   * @param train trains, writes weights, log and, last, the result
   * @throws UserError if another process trains it
   */
  <T> T finishedOr(Supplier<T> load, Supplier<T> train) {
    renew();
    if (Files.exists(result())) {
      return load.get();
    }
    Hold hold = hold();
    try (hold) {
      boolean finished = Files.exists(result());
      T run = finished ? load.get() : train.get();
      forgetCheckpoint();
      return run;
    } catch (IOException e) {
      throw UserError.environment("could not clean up %s", path).because(e);
    }
  }

  /** Whether a process trains it now. */
  boolean busy() {
    if (!Files.exists(path.resolve(LOCK))) {
      return false;
    }
    synchronized (HELD) {
      try {
        if (HELD.contains(lockFile())) {
          return true;
        }
        try (FileChannel channel = FileChannel.open(lockFile(), StandardOpenOption.WRITE)) {
          return tryLock(channel) == null;
        }
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Removal of the checkpoint: a finished run leaves its result. */
  private void forgetCheckpoint() throws IOException {
    Files.deleteIfExists(checkpoint());
    Files.deleteIfExists(partial());
    Files.deleteIfExists(best());
    // Whoever wrote these was killed, on whatever machine: the folder is held.
    try (DirectoryStream<Path> begun = Files.newDirectoryStream(path, ".*.tmp")) {
      for (Path file : begun) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** By its one true name, whatever links lead to it. */
  private Path lockFile() throws IOException {
    return path.toRealPath().resolve(LOCK);
  }

  /**
   * Moves a run aside where {@code ./workbook run --retrain} asked for that, once: what was
   * finished, or has a checkpoint, after it had begun stays.
   *
   * @throws UserError if another process trains it
   */
  void renew() {
    Path last = Files.exists(result()) ? result() : checkpoint();
    if (Files.exists(last) && outdated(last)) {
      moveAside();
    }
  }

  /** Whether {@code ./workbook run --retrain} asks for what that file holds to be made anew. */
  static boolean outdated(Path last) {
    String since = System.getProperty("hgn.retrain", System.getenv("HGN_RETRAIN"));
    if (since == null || since.isBlank()) {
      return false;
    }
    try {
      return Files.getLastModifiedTime(last).to(TimeUnit.SECONDS) < Long.parseLong(since);
    } catch (NumberFormatException e) {
      throw UserError.usage(
              "HGN_RETRAIN is '%s', expected seconds since 1970: './workbook run --retrain' sets"
                  + " it",
              since)
          .because(e);
    } catch (IOException e) {
      throw UserError.environment("could not read the time of %s (%s)", last, e).because(e);
    }
  }

  /**
   * Moves what an earlier run has left aside, so that a new one can start and nothing is lost. The
   * folder and its lock stay: who waits for the lock waits for that very file.
   *
   * @throws UserError if another process trains it
   */
  void moveAside() {
    if (!Files.isDirectory(path)) {
      return;
    }
    Hold hold = hold();
    try (hold) {
      List<Path> files = files();
      if (files.isEmpty()) {
        return;
      }
      Path attic = path.getParent().getParent().resolveSibling("runs-old");
      String name = path.getParent().getFileName() + "." + path.getFileName();
      int n = 1;
      while (Files.exists(attic.resolve(name + "." + n))) {
        n++;
      }
      Path to = Files.createDirectories(attic.resolve(name + "." + n));
      Deque<Path> moved = new ArrayDeque<>();
      try {
        for (Path file : files) {
          Files.move(file, to.resolve(file.getFileName()));
          moved.push(file);
        }
      } catch (IOException e) {
        for (Path file : moved) {
          Files.move(to.resolve(file.getFileName()), file);
        }
        Files.delete(to);
        throw e;
      }
    } catch (IOException e) {
      throw UserError.environment("could not move %s aside (%s)", path, e).because(e);
    }
  }

  /** All but the lock, the result first: what is left without it is no finished run. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> !file.endsWith(LOCK))
          .sorted(Comparator.comparing((Path file) -> !file.equals(result())))
          .toList();
    }
  }
}
