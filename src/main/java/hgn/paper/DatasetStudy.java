package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.FilmData;
import hgn.data.NoiseSpec;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.Workspace;
import hgn.results.DatasetView;
import hgn.results.FrameSequence;
import hgn.results.Series;
import hgn.results.Trajectory;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import hgn.training.Compute;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Frames, trajectories and scores of a dataset before anything is learned from it (Fig 5). */
public final class DatasetStudy {
  private static final int PATHS = 6;
  private static final int STARTS = 400;

  /** Score of the paper's collapsed HNN on each system, raw (Tbl 1, train and test). */
  private static final Map<String, Double> PAPER_MEAN_IMAGE =
      Map.of("mass-spring", 52e-4, "pendulum", 68e-4, "two-body", 80e-4, "three-body", 61e-4);

  private DatasetStudy() {}

  /**
   * Spec of the dataset that a budget looks at, by the number of its trajectories; the paper's are
   * 50 000 and 10 000 (§A.4).
   *
   * @param system the system's name
   * @param budget how much to spend
   * @return the spec that the experiments of this budget learn from
   */
  public static DatasetSpec spec(String system, Budget budget) {
    return HgnExperimentSpec.dataset(system, Protocol.RECONSTRUCT, budget);
  }

  /** Caption of a budget's datasets; empty at the paper's. */
  public static String caption(Budget budget) {
    return budget == Budget.PAPER
        ? ""
        : Text.of(
            "Budget: %s (%d training trajectories a system, the paper has 50 000).",
            budget.id(), spec("mass-spring", budget).train());
  }

  /**
   * Opens or makes a dataset and looks at it.
   *
   * @param spec which
   * @param workspace where it is cached
   * @param progress watches the simulation
   * @return frames, trajectories, initial states and scores
   */
  public static DatasetView view(DatasetSpec spec, Workspace workspace, Progress progress) {
    Dataset dataset = Dataset.open(spec, workspace, progress);
    PhysicalSystem system = spec.physics();
    return new DatasetView(
        system.id(),
        system.title(),
        system.hamiltonianFormula(),
        spec.file(workspace).toString(),
        film(system.title(), dataset, 0),
        Plane.axes(system),
        paths(dataset, Math.min(PATHS, spec.train())),
        starts(dataset, Math.min(STARTS, spec.train())),
        dataset.meanImageMse(),
        PAPER_MEAN_IMAGE.getOrDefault(system.id(), Double.NaN),
        dataset.noiseFloor(),
        spec.noise().states(),
        spec.noise().positions(),
        system.orbitLaw(spec.noise().orbit()));
  }

  /**
   * The dataset of every system at a budget.
   *
   * @param budget how much to spend
   * @param workspace where they are cached
   * @param progress watches the simulations
   * @return a view each, in the paper's order
   */
  public static List<DatasetView> all(Budget budget, Workspace workspace, Progress progress) {
    return Systems.paper().stream()
        .map(s -> view(spec(s.id(), budget), workspace, progress))
        .toList();
  }

  /**
   * One training sequence without noise, with noise on the orbit, and with noise on every rendered
   * position: what the switches do to the same seed.
   *
   * @param system the system's name
   * @param workspace where the datasets are cached
   * @return the three strips
   */
  public static List<FrameSequence> noise(String system, Workspace workspace) {
    DatasetSpec spec = DatasetSpec.of(system, 1, 1, 0);
    return List.of(
        labelled("no noise", spec.withNoise(NoiseSpec.NONE), workspace),
        labelled("default", spec, workspace),
        labelled(
            "literal reading", spec.withNoise(NoiseSpec.literalFor(spec.physics())), workspace));
  }

  /**
   * A dataset of one of the reader's own systems at a budget.
   *
   * @param system which is checked and added to {@link Systems}
   * @param budget how much to spend
   * @param workspace where it is cached
   * @param progress watches the simulation
   */
  public static DatasetView of(
      PhysicalSystem system, Budget budget, Workspace workspace, Progress progress) {
    return view(spec(Systems.add(system).id(), budget), workspace, progress);
  }

  private static FrameSequence labelled(String label, DatasetSpec spec, Workspace workspace) {
    return film(label, Dataset.open(spec, workspace, Progress.NONE), 0);
  }

  /**
   * Some of the films that are learned from, simulated or the user's own.
   *
   * @param data where they are
   * @param indices which training films
   * @return a strip each
   */
  public static List<FrameSequence> films(FilmData data, int... indices) {
    return Arrays.stream(indices).mapToObj(i -> film("film " + i, data, i)).toList();
  }

  private static FrameSequence film(String label, FilmData data, int index) {
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      return RunFilms.sequence(label, data.train().frames(manager, index).get(0));
    }
  }

  /** The first few trajectories, or of several bodies the first one's. */
  private static List<Series> paths(Dataset dataset, int count) {
    PhysicalSystem system = dataset.spec().physics();
    if (Plane.isPhase(system)) {
      return IntStream.range(0, count).mapToObj(i -> trajectory(dataset, i).phase(0)).toList();
    }
    List<Series> discs = Plane.curves(system, trajectory(dataset, 0));
    return IntStream.range(0, discs.size())
        .mapToObj(i -> new Series("body " + (i + 1), discs.get(i).x(), discs.get(i).y()))
        .toList();
  }

  private static Trajectory trajectory(Dataset dataset, int index) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState states = dataset.train().states(manager, index);
      double[] t = Series.times(dataset.train().frames(), dataset.spec().dt());
      return new Trajectory("", t, PhaseState.rows(states.q()), PhaseState.rows(states.p()));
    }
  }

  /** Initial states in the same plane, of several bodies where the first one starts. */
  private static Series starts(Dataset dataset, int count) {
    PhysicalSystem system = dataset.spec().physics();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState states = dataset.train().states(manager, IntStream.range(0, count).toArray());
      NDIndex first = new NDIndex(":,0");
      Trajectory starts =
          new Trajectory(
              "initial states",
              new double[count],
              PhaseState.rows(states.q().get(first)),
              PhaseState.rows(states.p().get(first)));
      return Plane.curves(system, starts).get(0);
    }
  }
}
