package hgn.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.paper.HgnExperimentSpec;
import hgn.training.Compute;
import hgn.training.Division;
import hgn.training.HgnObjective;
import hgn.training.HgnTraining;
import hgn.training.Horizon;
import hgn.training.PhaseClock;
import hgn.training.TrainingSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Shared means of the measurements: a device, a small dataset, a temporary folder. */
final class Lab implements AutoCloseable {
  /** §A.5. */
  static final int BATCH = 16;

  /** Height and width of a frame. */
  static final int SIZE = 32;

  static final int FRAMES = DatasetSpec.PAPER_STEPS + 1;
  static final long SEED = 1;

  private static final int TRAJECTORIES = 64;
  private static final double CLIP_NORM = 1;

  private final Device device = Compute.device();
  private final NDManager manager = NDManager.newBaseManager(device);
  private final Path folder;
  private final boolean borrowed;
  private final Map<Integer, Dataset> datasets = new HashMap<>();

  Lab() {
    borrowed = false;
    try {
      folder = Files.createTempDirectory("hgn-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In another one's folder, which stays. */
  Lab(Path folder) {
    this.folder = folder;
    borrowed = true;
  }

  Device device() {
    return device;
  }

  NDManager manager() {
    return manager;
  }

  /** A workspace of its own: the bench neither uses nor leaves datasets and runs. */
  Workspace workspace() {
    return new Workspace(folder);
  }

  /** A few sequences of the mass-spring. */
  Dataset dataset(int steps) {
    return datasets.computeIfAbsent(
        steps,
        s ->
            Dataset.open(
                DatasetSpec.of("mass-spring", TRAJECTORIES, TRAJECTORIES, SEED).withSteps(s),
                workspace(),
                Progress.NONE));
  }

  static HgnBlueprint blueprint(Architecture architecture) {
    return new HgnBlueprint(HgnSpec.of(architecture, FRAMES));
  }

  /** K frames a step (0 for all) among the first so many. */
  static HgnTraining training(int framesPerStep, int horizon, boolean reversible) {
    // A horizon that would take a billion iterations to grow stands still.
    Horizon standing = new Horizon(horizon, 1_000_000_000);
    return new HgnTraining(framesPerStep, standing, HgnExperimentSpec.GECO, reversible);
  }

  TrainingSteps steps(
      HgnBlueprint blueprint,
      HgnTraining training,
      Dataset dataset,
      int batch,
      Division division,
      PhaseClock clock) {
    Batches batches = new Batches(SEED, dataset.train().size(), batch);
    HgnObjective objective =
        new HgnObjective(
            blueprint,
            training,
            iteration -> dataset.train().upload(batches.indices(iteration)),
            division);
    return TrainingSteps.fresh(objective, CLIP_NORM, SEED, device, clock);
  }

  @Override
  public void close() {
    manager.close();
    if (borrowed) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
