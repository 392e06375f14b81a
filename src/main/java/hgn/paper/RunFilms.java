package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import hgn.data.Films;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.evaluation.HgnEvaluation;
import hgn.io.Text;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.models.Hgn;
import hgn.results.Film;
import hgn.results.FilmTrack;
import hgn.results.FrameSequence;
import hgn.results.Grid2D;
import hgn.training.Compute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Strips and films of what a trained model makes of sequences. */
record RunFilms(Run run) {

  List<FrameSequence> rollouts(Films split, int index) {
    return run.withModel(
        (model, manager) -> {
          NDArray frames = split.frames(manager, index);
          int first = run.firstTarget();
          int steps = split.frames() - first - 1;
          double dt = model.dt();
          List<PhaseState> forward = HgnEvaluation.infer(model, frames, steps);
          List<PhaseState> backward = model.rollout(forward.get(steps), -dt, steps);
          NDArray truth = frames.get(new NDIndex("0,{}:", first));
          return List.of(
              sequence("truth", truth),
              sequence("forward (+dt)", decoded(model, forward)),
              sequence("backward (−dt), from its end", decoded(model, backward)),
              sequence("double speed (+2dt)", decoded(model, faster(model, forward, 2 * dt))),
              sequence("half speed (+½dt)", decoded(model, faster(model, forward, dt / 2))));
        });
  }

  /** As {@link Run#reconstructions(int...)} has it. */
  List<FrameSequence> reconstructions(int... indices) {
    Films test = run.films().test();
    Films clean = test.clean();
    List<FrameSequence> strips = new ArrayList<>();
    for (int index : indices) {
      List<FrameSequence> rows = rollouts(test, index);
      FrameSequence reconstruction = rows.get(1).named("reconstruction");
      if (clean.equals(test)) {
        strips.addAll(List.of(rows.get(0), reconstruction));
      } else {
        strips.addAll(
            List.of(
                rows.get(0).named("noisy film"),
                reconstruction,
                frames("clean truth", clean, index, run.firstTarget())));
      }
    }
    return strips;
  }

  private static FrameSequence frames(String label, Films films, int index, int first) {
    try (NDManager manager = NDManager.newBaseManager(Compute.device())) {
      NDArray film = films.frames(manager, index);
      return sequence(label, film.get(new NDIndex("0,{}:", first)));
    }
  }

  Film film(int index) {
    Protocol protocol = run.experiment().protocol();
    FrameSequence model = rollouts(run.films().test(), index).get(1);
    String label = protocol == Protocol.PREDICT ? "prediction" : "reconstruction";
    FilmTrack track = track(model.named(label), 0, run.dt());
    return new Film(truth(index), List.of(track), protocol.contextFrames());
  }

  Film rolloutFilm(int index) {
    List<FrameSequence> rows = rollouts(run.films().test(), index);
    double dt = run.dt();
    return new Film(
        truth(index),
        List.of(
            track(rows.get(1), 0, dt),
            track(rows.get(2), (rows.get(1).frames().length - 1) * dt, -dt),
            track(rows.get(3), 0, 2 * dt),
            track(rows.get(4), 0, dt / 2)),
        run.experiment().protocol().contextFrames());
  }

  Film longFilm(int index) {
    Study study = new Study(run, Workspace.find(), run.firstTarget());
    int steps = study.steps();
    return run.withModel(
        (model, manager) -> {
          NDArray all = study.films().frames(manager, index);
          int from = steps - run.firstTarget();
          NDArray frames = all.get(new NDIndex(":,{}:{}", from, 2 * steps + 1));
          List<PhaseState> states = HgnEvaluation.infer(model, frames, steps);
          return new Film(
              new FilmTrack(sequence("truth", frames.get(0)), 0, 0, run.dt()),
              List.of(track(sequence("rollout", decoded(model, states)), 0, run.dt())),
              run.experiment().protocol().contextFrames());
        });
  }

  private FilmTrack truth(int index) {
    return new FilmTrack(frames("truth", run.films().test(), index, 0), 0, 0, run.dt());
  }

  /** A rollout whose first frame is shown with the frame that the inferred state belongs to. */
  private FilmTrack track(FrameSequence frames, double later, double step) {
    int first = run.firstTarget();
    return new FilmTrack(frames, first, first * run.dt() + later, step);
  }

  private static List<PhaseState> faster(FilmModel model, List<PhaseState> forward, double dt) {
    return model.rollout(forward.get(0), dt, forward.size() - 1);
  }

  /** As {@link Run#interpolation(int, int, int, FlowPrior)} has it. */
  List<FrameSequence> interpolation(int from, int to, int count, FlowPrior learned) {
    return run.with(
        (model, manager) -> {
          NDArray frames = run.films().test().frames(manager, from, to);
          NDIndex context = new NDIndex(":,0:{}", model.spec().contextFrames());
          NDArray ends = model.encode(frames.get(context)).mean();
          NDArray a = ends.get(new NDIndex("0:1"));
          NDArray b = ends.get(new NDIndex("1:2"));
          double[] shares = Grid2D.linspace(0, 1, count);
          NDArray[] line =
              Arrays.stream(shares)
                  .mapToObj(share -> Scalars.times(a, 1 - share).add(Scalars.times(b, share)))
                  .toArray(NDArray[]::new);
          NDArray z =
              learned == null
                  ? NDArrays.concat(new NDList(line))
                  : learned.between(a, b, count, manager);
          return dreamt(model, z, i -> Text.of("%.2f", shares[i]));
        });
  }

  /**
   * Rollouts of latents over as many frames as test films have targets.
   *
   * @param z [films, …]
   * @param label of each film, by its number
   */
  List<FrameSequence> dreamt(Hgn model, NDArray z, IntFunction<String> label) {
    int steps = run.films().test().frames() - run.firstTarget() - 1;
    NDArray films = frames(model, z, steps);
    return IntStream.range(0, (int) z.size(0))
        .mapToObj(i -> sequence(label.apply(i), films.get(i)))
        .toList();
  }

  /** Frames of the rollouts of latents, [films, steps + 1, 3, size, size]. */
  static NDArray frames(Hgn model, NDArray z, int steps) {
    NDList frames = new NDList();
    for (PhaseState state : model.rollout(model.firstState(z), model.dt(), steps)) {
      frames.add(HgnEvaluation.frame(model, state));
    }
    return NDArrays.stack(frames, 1);
  }

  /** Frames [n, 3, size, size] of the batch's first sequence. */
  static NDArray decoded(FilmModel model, List<PhaseState> states) {
    return NDArrays.concat(
        new NDList(
            states.stream().map(s -> HgnEvaluation.frame(model, first(s))).toArray(NDArray[]::new)),
        0);
  }

  private static PhaseState first(PhaseState s) {
    return new PhaseState(s.q().get(new NDIndex("0:1")), s.p().get(new NDIndex("0:1")));
  }

  static FrameSequence sequence(String label, NDArray frames) {
    float[] all = frames.toFloatArray();
    float[][] each = new float[(int) frames.size(0)][];
    int length = all.length / each.length;
    Arrays.setAll(each, i -> Arrays.copyOfRange(all, i * length, (i + 1) * length));
    return new FrameSequence(label, (int) frames.size(3), each);
  }

  /** See {@link Run#shapes()}. */
  List<String> shapes() {
    return run.with(
        (model, manager) -> {
          int size = model.spec().imageSize();
          NDArray z = manager.zeros(new Shape(1).addAll(model.latentShape()));
          Shape q = model.initialState(z).q().getShape().slice(1);
          return List.of(
              words(model.spec().contextFrames(), 3, size, size),
              words(model.latentShape().getShape()),
              words(q.getShape()),
              words(3, size, size));
        });
  }

  private static String words(long... shape) {
    return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(" × "));
  }
}
