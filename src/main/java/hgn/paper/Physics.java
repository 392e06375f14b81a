package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Films;
import hgn.data.Split;
import hgn.dynamics.PhaseState;
import hgn.evaluation.HgnEvaluation;
import hgn.io.AtomicFiles;
import hgn.io.Progress;
import hgn.io.Records;
import hgn.io.Text;
import hgn.io.Workspace;
import hgn.results.Film;
import hgn.results.FilmTrack;
import hgn.results.FrameSequence;
import hgn.results.PhysicsResult;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import hgn.training.Compute;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Physics that runs have learned: one table of many, and films of several. */
public final class Physics {
  /** Films of a run's dataset that are enough to measure it and to fit its prior. */
  private static final int FILMS = FlowPrior.Effort.USUAL.films();

  private Physics() {}

  /** File of the table: {@code data/tables/physics.csv}. */
  public static Path table(Workspace workspace) {
    return workspace.root().resolve("data/tables/physics.csv");
  }

  /**
   * The finished HGNs with weights on simulated films.
   *
   * @param workspace where they lie
   */
  public static List<Experiment> experiments(Workspace workspace) {
    return hgns(workspace)
        .map(r -> experiment(r))
        .filter(e -> e.folder(workspace).hasWeights())
        .toList();
  }

  /** Runs on systems that are known in this process: those of a notebook are not, outside it. */
  private static Stream<RunResult> hgns(Workspace workspace) {
    Set<String> known = Systems.all().stream().map(PhysicalSystem::id).collect(Collectors.toSet());
    return RunResult.all(workspace.runs()).stream()
        .filter(r -> r.model().startsWith("hgn-") && known.contains(r.system()));
  }

  private static Experiment experiment(RunResult r) {
    return Paper.experiment(r.experiment()).within(Budget.parse(r.budget())).withSeed(r.seed());
  }

  /**
   * Measures a finished run, where that was not done before, without its whole dataset.
   *
   * @param experiment finished
   * @param workspace where it lies
   */
  public static PhysicsResult measure(Experiment experiment, Workspace workspace) {
    return new PhysicsStudy(experiment.finished(workspace, FILMS), workspace).result();
  }

  /**
   * Measures that are kept beside some runs; nothing is measured anew.
   *
   * @param experiments whose
   * @param workspace where they lie
   */
  public static List<PhysicsResult> known(List<Experiment> experiments, Workspace workspace) {
    return experiments.stream()
        .flatMap(
            e ->
                e.cell(workspace).result().stream()
                    .map(r -> PhysicsStudy.kept(e.folder(workspace).path(), r))
                    .filter(Objects::nonNull))
        .toList();
  }

  /** Writes the {@link #table} of all that was measured of runs as they are now, smoke left out. */
  public static void write(Workspace workspace) {
    List<PhysicsResult> measured =
        hgns(workspace)
            .filter(r -> !r.budget().equals(Budget.SMOKE.id()))
            .map(r -> PhysicsStudy.kept(experiment(r).folder(workspace).path(), r))
            .filter(Objects::nonNull)
            .toList();
    AtomicFiles.writeText(table(workspace), PhysicsResult.csv(measured));
  }

  /**
   * A film ten times as long as the trained window and what runs make of it from the window alone,
   * to be played: each track says for how long it is valid.
   *
   * @param backward whether time runs backward from the window's first frame
   * @param index of the film, as in the runs' studies
   * @param runs on one system, at one budget
   */
  public static Film film(boolean backward, int index, Run... runs) {
    Workspace workspace = Workspace.find();
    Study first = new Study(runs[0], workspace, runs[0].firstTarget());
    int steps = first.steps();
    Split films = first.films();
    double dt = runs[0].dt() * (backward ? -1 : 1);
    List<FilmTrack> tracks = new ArrayList<>();
    for (Run run : runs) {
      double[] valid =
          backward ? run.study(workspace).validBackward() : run.study(workspace).validForward();
      FrameSequence rollout =
          run.withModel(
              (model, manager) -> {
                NDArray all = films.frames(manager, index);
                NDArray seen = all.get(new NDIndex(":,{}:", steps - run.firstTarget()));
                PhaseState start = model.infer(seen);
                List<PhaseState> states =
                    model.rollout(start, backward ? -model.dt() : model.dt(), steps);
                return RunFilms.sequence("", RunFilms.decoded(model, states));
              });
      String label = Text.of("%s, valid for %.1f", run.experiment().title(), valid[index]);
      tracks.add(new FilmTrack(rollout.named(label), 0, 0, dt));
    }
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray all = films.frames(manager, index).get(0);
      float[][] frames = RunFilms.sequence("", all).frames();
      float[][] turned =
          IntStream.rangeClosed(0, steps)
              .mapToObj(t -> frames[backward ? steps - t : steps + t])
              .toArray(float[][]::new);
      FrameSequence truth = new FrameSequence("truth", runs[0].films().imageSize(), turned);
      return new Film(new FilmTrack(truth, 0, 0, dt), tracks, 0);
    }
  }

  /**
   * Samples of a run from both priors, one under the other: first from N(0, I), then from the one
   * that is learned after training (Fig 8).
   *
   * @param run an HGN with weights
   * @param count how many of each
   * @param seed of the draws
   */
  public static List<FrameSequence> dreams(Run run, int count, long seed) {
    return Stream.concat(
            run.samples(count, seed).stream().map(s -> s.named("N(0, I)")),
            run.samples(count, seed, run.prior()).stream().map(s -> s.named("learned prior")))
        .toList();
  }

  /**
   * HGN (leapfrog) and HGN with consistency on the systems, one after the other: on all four, at
   * the smoke budget on the pendulum alone.
   *
   * @param budget how much to spend on each
   */
  public static List<Experiment> compared(Budget budget) {
    return Paper.systems(budget).stream()
        .filter(e -> budget != Budget.SMOKE || e.system().equals("pendulum"))
        .flatMap(e -> Stream.of(e, Paper.experiment("hgn-consistent." + e.system()).within(budget)))
        .toList();
  }

  /** HGN with consistency on the pendulum, whole and with one part taken away at a time. */
  public static List<Experiment> ingredients() {
    Experiment whole = Paper.experiment("hgn-consistent.pendulum");
    return Stream.concat(Stream.of(whole), Variation.ingredients().stream().map(whole::with))
        .toList();
  }

  /** HGN++ at the quick budget, and HGN with consistency at the paper's. */
  public static List<Experiment> beside() {
    return Paper.successors().stream()
        .map(e -> e.model().id().equals("hgn-consistent") ? e.within(Budget.PAPER) : e)
        .toList();
  }

  /**
   * The first coordinate and its momentum along ten trained windows of a film: the truth, and what
   * a polynomial reads from the run's latent rollout.
   *
   * @param run on a simulated system
   * @param index of the film, as in {@link #film}
   */
  public static List<Series> orbit(Run run, int index) {
    String label = run.experiment().title() + ", " + run.experiment().system();
    return new PhysicsStudy(run, Workspace.find()).orbit(index, label);
  }

  /**
   * Rollouts of a film at double and at half speed, each under the truth at the same times.
   *
   * @param run on a simulated system
   * @param index of the film, one of the run's study's
   * @return truth and model at double speed, truth and model at half speed
   */
  public static List<FrameSequence> speeds(Run run, int index) {
    List<FrameSequence> rows = new ArrayList<>();
    for (double factor : new double[] {2, 0.5}) {
      DatasetSpec spec = run.dataset().spec();
      DatasetSpec timed =
          Records.with(
              Probing.fresh(spec, index + 1, spec.seed()),
              "steps",
              DatasetSpec.PAPER_STEPS,
              "dt",
              factor * spec.dt());
      Films truth = Dataset.open(timed, Workspace.find(), Progress.NONE).test();
      String speed = factor > 1 ? "double" : "half";
      rows.addAll(
          run.withModel(
              (model, manager) -> {
                List<PhaseState> seen =
                    HgnEvaluation.infer(model, run.films().test().frames(manager, index), 0);
                // Back to the film's first frame, which is the one that all speeds begin with.
                int first = run.firstTarget();
                PhaseState start = model.rollout(seen.get(0), -model.dt(), first).get(first);
                List<PhaseState> states =
                    model.rollout(start, factor * model.dt(), DatasetSpec.PAPER_STEPS);
                return Stream.of(
                        RunFilms.sequence(
                            "truth, %s speed".formatted(speed),
                            truth.frames(manager, index).get(0)),
                        RunFilms.sequence(
                            "%s, %s speed".formatted(run.experiment().title(), speed),
                            RunFilms.decoded(model, states)))
                    .toList();
              }));
    }
    return rows;
  }
}
