package hgn.data;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import hgn.data.Streams.Use;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.systems.InitialState;
import hgn.systems.PhysicalSystem;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;

/**
 * Simulates the trajectories of a dataset in chunks, several at once.
 *
 * <p>The result depends on the spec alone: a trajectory draws from its own random streams, and
 * every chunk has the same length (the last is filled up and cut), so that vectorised arithmetic
 * rounds alike wherever a trajectory lies.
 */
final class Generator {
  /** Large enough to hide the cost of a native call, small enough for one core's cache. */
  static final int CHUNK = 1000;

  private final StoredSpec spec;
  private final PhysicalSystem system;
  private final int threads;
  private final int row;

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
    // Loads the native library once, before several threads would want to.
    Engine.getInstance();
    States[] splits = {States.empty(spec.train(), row), States.empty(spec.test(), row)};
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "simulation");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<Integer> work = new ExecutorCompletionService<>(pool);
      int chunks = 0;
      for (int group = 0; group < splits.length; group++) {
        for (int first = 0; first < splits[group].size(); first += CHUNK) {
          submit(work, splits[group], group, first);
          chunks++;
        }
      }
      await(work, chunks, progress);
      return splits;
    } finally {
      pool.shutdownNow();
    }
  }

  private void submit(CompletionService<Integer> work, States split, int group, int first) {
    Future<Integer> unused = work.submit(() -> simulate(split, group, first));
  }

  private void await(CompletionService<Integer> work, int chunks, Progress progress) {
    long total = (long) spec.train() + spec.test();
    long done = 0;
    progress.update(0, total, "trajectories");
    try {
      for (int i = 0; i < chunks; i++) {
        done += work.take().get();
        progress.update(done, total, "trajectories");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while simulating " + spec.system());
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "simulating %s failed".formatted(spec.system()), e.getCause());
    }
  }

  /** Fills the rows of one chunk; no other chunk writes there. */
  private int simulate(States split, int group, int first) {
    int count = Math.min(CHUNK, split.size() - first);
    InitialState[] starts = new InitialState[CHUNK];
    Arrays.setAll(
        starts,
        i ->
            system.draw(
                Streams.stream(spec.seed(), Use.START, group, (long) first + i),
                spec.orbitNoise()));
    try (NDManager manager = NDManager.newBaseManager()) {
      PhaseState path =
          Simulation.trajectories(system, system.batch(manager, starts), spec.dt(), spec.steps());
      double[] q = path.q().toDoubleArray();
      double[] p = path.p().toDoubleArray();
      for (int i = 0; i < count; i++) {
        store(split, group, first + i, q, p, i * row);
      }
    }
    return count;
  }

  private void store(States split, int group, int index, double[] q, double[] p, int from) {
    RandomGenerator random = Streams.stream(spec.seed(), Use.STATES, group, index);
    int to = index * row;
    for (int j = 0; j < row; j++) {
      if (!Double.isFinite(q[from + j]) || !Double.isFinite(p[from + j])) {
        throw new IllegalStateException(
            "trajectory %d of %s left the finite numbers".formatted(index, spec.system()));
      }
      split.q()[to + j] = (float) q[from + j];
      split.p()[to + j] = (float) p[from + j];
      split.noisyQ()[to + j] = (float) (q[from + j] + spec.stateNoise() * random.nextGaussian());
      split.noisyP()[to + j] = (float) (p[from + j] + spec.stateNoise() * random.nextGaussian());
    }
  }
}
