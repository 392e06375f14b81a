package hgn.data;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Streams.Use;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.systems.InitialState;
import hgn.systems.PhysicalSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Simulates the trajectories of a dataset in chunks, several at once. Those that a step does not
 * resolve are gathered from all chunks and done again together, because a native call costs the
 * same for three trajectories as for three hundred.
 *
 * <p>The result depends on the spec alone: a trajectory draws from its own random streams, and a
 * chunk of the first round always has the same length (the last is filled up), so that vectorised
 * sines round alike wherever a trajectory lies.
 */
final class Generator {
  /** Large enough to hide the cost of a native call, small enough for one core's cache. */
  private static final int CHUNK = 1000;

  /** Smaller when steps are short: few are left and every core should have some. */
  private static final int REFINED_CHUNK = 250;

  /** Rounds with equal steps, before those still left are followed with steps as they need them. */
  private static final int EQUAL_ROUNDS = 2;

  private final DatasetSpec.Stored spec;
  private final PhysicalSystem system;
  private final int threads;
  private final int row;

  private record Trajectory(int group, int index) {}

  Generator(DatasetSpec spec, int threads) {
    this.spec = spec.stored();
    this.system = spec.physics();
    this.threads = threads;
    this.row = (spec.steps() + 1) * system.dimension();
  }

  /**
   * Makes the splits.
   *
   * @param progress told how many trajectories are done
   * @return the training and the test states
   * @throws CancellationException if the thread is interrupted; its interrupt flag is then set
   */
  States[] generate(Progress progress) {
    return NativeThreads.single(() -> simulateAll(progress));
  }

  private States[] simulateAll(Progress progress) {
    States[] splits = {States.empty(spec.train(), row), States.empty(spec.test(), row)};
    long total = (long) spec.train() + spec.test();
    progress.update(0, total, "trajectories");
    ExecutorService pool = Executors.newFixedThreadPool(threads, Generator::worker);
    try {
      List<List<Trajectory>> chunks = new ArrayList<>();
      chunks.addAll(chunks(trajectories(0, spec.train()), CHUNK));
      chunks.addAll(chunks(trajectories(1, spec.test()), CHUNK));
      for (int round = 0; !chunks.isEmpty(); round++) {
        List<Trajectory> left = round(pool, splits, chunks, round, total, progress);
        chunks = chunks(left, REFINED_CHUNK);
      }
      return splits;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while simulating " + spec.system());
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Trajectory> round(
      ExecutorService pool,
      States[] splits,
      List<List<Trajectory>> chunks,
      int round,
      long total,
      Progress progress)
      throws InterruptedException {
    CompletionService<List<Trajectory>> work = new ExecutorCompletionService<>(pool);
    long open = 0;
    for (List<Trajectory> chunk : chunks) {
      Future<List<Trajectory>> unused = work.submit(() -> simulate(splits, chunk, round));
      open += chunk.size();
    }
    long done = total - open;
    List<Trajectory> left = new ArrayList<>();
    try {
      for (int i = 0; i < chunks.size(); i++) {
        left.addAll(work.take().get());
        // What is left over shows as not done: the bar never goes back.
        long finished = Math.min(total, done + (open * (i + 1)) / chunks.size());
        progress.update(finished - left.size(), total, "trajectories");
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserError error) {
        throw error;
      }
      throw new IllegalStateException(
          "simulating %s failed".formatted(spec.system()), e.getCause());
    }
    // Chunks end in any order; the next round's must not depend on it.
    left.sort(Comparator.comparingInt(Trajectory::group).thenComparingInt(Trajectory::index));
    return left;
  }

  /**
   * Fills the rows of one chunk, which no other chunk writes, and returns what it did not resolve.
   */
  private List<Trajectory> simulate(States[] splits, List<Trajectory> chunk, int round) {
    int length = round == 0 ? CHUNK : chunk.size();
    InitialState[] starts = new InitialState[length];
    Arrays.setAll(starts, i -> start(chunk.get(Math.min(i, chunk.size() - 1))));
    List<Trajectory> left = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState start = system.batch(manager, starts);
      PhaseState paths;
      boolean[] resolved = new boolean[length];
      if (round < EQUAL_ROUNDS) {
        paths = Simulation.attempt(system, start, spec.dt(), spec.steps(), round);
        resolved = Simulation.resolved(system, paths);
      } else {
        paths = Simulation.trajectories(system, start, spec.dt(), spec.steps());
        Arrays.fill(resolved, true);
      }
      double[] q = paths.q().toDoubleArray();
      double[] p = paths.p().toDoubleArray();
      for (int i = 0; i < chunk.size(); i++) {
        Trajectory t = chunk.get(i);
        if (resolved[i]) {
          store(splits[t.group()], t, q, p, i * row);
        } else {
          left.add(t);
        }
      }
    }
    return left;
  }

  private InitialState start(Trajectory t) {
    return system.draw(
        Streams.stream(spec.seed(), Use.START, t.group(), t.index()), spec.orbitNoise());
  }

  private void store(States split, Trajectory t, double[] q, double[] p, int from) {
    RandomGenerator random = Streams.stream(spec.seed(), Use.STATES, t.group(), t.index());
    int to = t.index() * row;
    for (int j = 0; j < row; j++) {
      split.q()[to + j] = (float) q[from + j];
      split.p()[to + j] = (float) p[from + j];
      split.noisyQ()[to + j] = (float) (q[from + j] + spec.stateNoise() * random.nextGaussian());
      split.noisyP()[to + j] = (float) (p[from + j] + spec.stateNoise() * random.nextGaussian());
    }
  }

  private static List<Trajectory> trajectories(int group, int size) {
    return IntStream.range(0, size).mapToObj(i -> new Trajectory(group, i)).toList();
  }

  private static List<List<Trajectory>> chunks(List<Trajectory> all, int length) {
    return IntStream.range(0, (all.size() + length - 1) / length)
        .mapToObj(i -> all.subList(i * length, Math.min(all.size(), (i + 1) * length)))
        .toList();
  }

  private static Thread worker(Runnable task) {
    Thread thread = new Thread(task, "simulation");
    thread.setDaemon(true);
    return thread;
  }
}
