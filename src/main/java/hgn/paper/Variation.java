package hgn.paper;

import hgn.data.DatasetSpec;
import hgn.data.NoiseSpec;
import hgn.io.Records;
import hgn.io.UserError;
import hgn.models.Architecture;
import hgn.models.CompactShape;
import hgn.training.FrameDraw;
import hgn.training.Geco;
import hgn.training.HgnTraining;
import hgn.training.Horizon;
import hgn.training.Schedule;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A named change of an experiment's spec: one of the list that the studies beyond the paper
 * compare, or one of your own, see {@link Experiment#named}.
 *
 * @param id what stands behind "+" in an experiment's name; empty for {@link #NONE}
 * @param title the name in tables and legends; empty where nothing but the model is named
 * @param withModel whether the title stands behind the model's, as several models are changed so
 * @param hgn the change of an HGN's spec; null where the change says nothing of HGNs
 * @param hnn the change of a PixelHNN's spec; null where the change says nothing of PixelHNNs
 */
public record Variation(
    String id,
    String title,
    boolean withModel,
    UnaryOperator<HgnExperimentSpec> hgn,
    UnaryOperator<HnnExperimentSpec> hnn) {

  /** Seconds of a step of §A.1's architecture in those of the lean one. */
  private static final double PAPER_STEP = 6;

  /** No change. */
  public static final Variation NONE =
      new Variation("", "", true, UnaryOperator.identity(), UnaryOperator.identity());

  /** A quarter of the usual tolerance²: how much error the reconstruction may keep. */
  public static final Variation TOLERANCE_QUARTER =
      of("tolerance-0.5e-4", "tolerance² 0.5e-4", s -> s.tolerance(0.5e-4));

  /** Five times the tolerance². */
  public static final Variation TOLERANCE_FIVE =
      of("tolerance-10e-4", "tolerance² 10e-4", s -> s.tolerance(10e-4));

  /** Twenty times the tolerance². */
  public static final Variation TOLERANCE_TWENTY =
      of("tolerance-40e-4", "tolerance² 40e-4", s -> s.tolerance(40e-4));

  /** All frames may be drawn from the first step on. */
  public static final Variation FULL_HORIZON =
      of("full-horizon", "full horizon from the start", s -> s.horizon(Horizon.FULL));

  /**
   * The compact architecture in its usual size, with two target frames a step, every film its own:
   * at the paper's budget 0.4 of what {@link #COMPACT} costs.
   */
  public static final Variation OWN_FRAMES =
      behind(
          "own-frames",
          "compact, two own frames a step",
          s -> s.compact().frames(2, FrameDraw.SPREAD));

  /** Six target frames a step that all films share: 2.3 times the step. */
  public static final Variation SIX_FRAMES =
      of("six-frames", "six shared frames a step", s -> s.frames(6, FrameDraw.SHARED));

  /** The work of two own frames a step with times that all films share: what own ones buy. */
  public static final Variation SHARED_FRAMES =
      of("two-frames", "two shared frames a step", s -> s.frames(2, FrameDraw.SHARED));

  /** Half the learning rate: what a higher one buys where training is short. */
  public static final Variation RATE_HALVED =
      of("rate-halved", "half the rate", s -> s.rate(s.training().schedule().rate() / 2));

  /** The compact architecture in its usual size, which the quick budget had before. */
  public static final Variation WIDE =
      of("wide", "wide network", s -> s.model(m -> m.withShape(CompactShape.USUAL)));

  /** A random f_ψ to start from, as every other layer's: the lean network's is the identity. */
  public static final Variation RANDOM_TRANSFORM =
      of(
          "random-transform",
          "f_ψ starts at random",
          s -> s.model(m -> m.withShape(Records.with(m.compact(), "identity", false))));

  /** GECO's multiplier at a sixth of the rate: it hardly moves then. */
  public static final Variation SLOW_GECO =
      of(
          "slow-multiplier",
          "GECO at a sixth of the rate",
          s -> s.hgn(h -> h.withGeco(HgnExperimentSpec.GECO)));

  /** Twice as many films a step, and half as many steps. */
  public static final Variation BATCH_DOUBLED =
      of(
          "batch-doubled",
          "twice the batch, half the steps",
          s -> s.batch(2 * s.training().batch()).iterations(s.training().iterations() / 2));

  /**
   * A PixelHNN with convolutions for five times as many iterations as at the quick budget: whether
   * that is what its rollouts lack. At the paper's budget it has more already, and keeps them.
   */
  public static final Variation FIVE_TIMES =
      new Variation(
          "five-times",
          "five times as many iterations",
          true,
          null,
          s -> s.iterations(longer(s, 5)));

  /** Training as the paper's text has it: every frame of every rollout, at §A.1's constant rate. */
  public static final Variation LITERAL =
      of(
          "literal",
          "all frames, full horizon, constant rate",
          s ->
              s.schedule(Schedule.constant(HgnExperimentSpec.PAPER_RATE))
                  .frames(0, FrameDraw.SHARED)
                  .horizon(Horizon.FULL));

  /**
   * The compact architecture in its usual size, six shared frames a step, half the rate. With the
   * iterations of the paper that is 15 000 of them on its data.
   */
  public static final Variation COMPACT = behind("compact", "compact", HgnExperimentSpec::compact);

  /**
   * The network and the training of the quick budget. With the iterations of the paper that is 15
   * 000 of them on its data; at the quick budget it changes nothing.
   */
  public static final Variation LEAN = behind("lean", "lean", HgnExperimentSpec::lean);

  /**
   * A constraint relative to its tolerance: GECO's multiplier then moves within a thousand steps,
   * and the divergence is lowered once the error is small enough.
   */
  public static final Variation RELATIVE =
      of(
          "relative-constraint",
          "relative constraint",
          s -> s.hgn(h -> h.withGeco(new Geco.Spec(0.5e-4, 0.01, 0.99, true))));

  /**
   * §A.1's architecture, energies without the quadratic, for the wall time of the lean one: its
   * step takes several times as long ({@code ./workbook bench step}). Its horizon grows faster by
   * as much, or the last frames would never be targets.
   */
  public static final Variation PAPER_SHAPE =
      of("paper-shape", "§A.1's architecture, equal wall time", s -> slower(s, PAPER_STEP));

  /** HGN with consistency without its term: longer films and a small latent alone. */
  public static final Variation WITHOUT_CONSISTENCY =
      ingredient("no-consistency", "without consistency", h -> h.withConsistency(null));

  /** HGN with consistency whose seen window is always the first of its film. */
  public static final Variation FIRST_WINDOW =
      ingredient(
          "first-window",
          "windows at the start of films",
          h -> h.withWindows(Records.with(h.windows(), "anywhere", false)));

  /** HGN with consistency that never sees a film run backward. */
  public static final Variation FORWARD_ONLY =
      ingredient(
          "forward-only",
          "trained forward alone",
          h -> h.withWindows(Records.with(h.windows(), "bothWays", false)));

  /** HGN with consistency with as many latent numbers as the prototypes had at first. */
  public static final Variation WIDE_LATENT =
      behind("latent-16", "latent of 16 + 16", s -> consistent(s).latent(16));

  /** Ablations of HGN with consistency: one of its parts taken away at a time. */
  private static final List<Variation> INGREDIENTS =
      List.of(WITHOUT_CONSISTENCY, FIRST_WINDOW, FORWARD_ONLY, WIDE_LATENT);

  /**
   * §A.4's "σ² = 0.1" (0.05 for two bodies, 0.2 for three) read as a variance of every frame's
   * positions. The paper calls it a standard deviation in the same sentence; so read, 0.1 is {@link
   * #NOISY_POSITIONS_TENTH}'s.
   */
  public static final Variation NOISY_POSITIONS =
      noisy("noisy-positions", "σ² on rendered positions", d -> jittered(d, 1));

  /** A tenth of {@link #NOISY_POSITIONS}' variance. */
  public static final Variation NOISY_POSITIONS_TENTH =
      noisy("noisy-positions-tenth", "σ²/10 on rendered positions", d -> jittered(d, 0.1));

  /** Gaussian noise of standard deviation 0.05 on every number of every pixel. */
  public static final Variation NOISY_PIXELS_005 =
      noisy("noisy-pixels-0.05", "σ = 0.05 on pixels", d -> d.noise().onFrames(0, 0.05));

  /** Twice as much. */
  public static final Variation NOISY_PIXELS_01 =
      noisy("noisy-pixels-0.1", "σ = 0.1 on pixels", d -> d.noise().onFrames(0, 0.1));

  /** Noise on the frames that are seen, learned from and judged by; all else is as it was. */
  private static final List<Variation> NOISES =
      List.of(NOISY_POSITIONS, NOISY_POSITIONS_TENTH, NOISY_PIXELS_005, NOISY_PIXELS_01);

  private static final List<Variation> ALL =
      List.of(
          TOLERANCE_QUARTER,
          TOLERANCE_FIVE,
          TOLERANCE_TWENTY,
          FULL_HORIZON,
          WIDE,
          SIX_FRAMES,
          SHARED_FRAMES,
          RATE_HALVED,
          BATCH_DOUBLED,
          RANDOM_TRANSFORM,
          SLOW_GECO,
          RELATIVE,
          OWN_FRAMES,
          FIVE_TIMES,
          LITERAL,
          COMPACT,
          LEAN,
          PAPER_SHAPE);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private static Variation of(String id, String title, UnaryOperator<HgnExperimentSpec> change) {
    return new Variation(id, title, false, change, null);
  }

  private static Variation behind(
      String id, String title, UnaryOperator<HgnExperimentSpec> change) {
    return new Variation(id, title, true, change, null);
  }

  private static Variation noisy(String id, String title, Function<DatasetSpec, NoiseSpec> noise) {
    UnaryOperator<DatasetSpec> seen = d -> d == null ? null : d.withNoise(noise.apply(d));
    return behind(
        id,
        title,
        s -> Records.with(s, "dataset", seen.apply(s.dataset()), "films", seen.apply(s.films())));
  }

  private static NoiseSpec jittered(DatasetSpec data, double share) {
    return data.noise().onFrames(Math.sqrt(share * data.physics().paperNoise()), 0);
  }

  private static Variation ingredient(String id, String title, UnaryOperator<HgnTraining> change) {
    return behind(id, title, s -> consistent(s).hgn(change));
  }

  /** The spec, if it has the parts that are taken away. */
  private static HgnExperimentSpec consistent(HgnExperimentSpec spec) {
    if (spec.hgn().consistency() == null) {
      throw UserError.usage(
          "this change takes a part of hgn-consistent away, which the model does not have: expected"
              + " hgn-consistent.<system>");
    }
    return spec;
  }

  /** The changes of the paper's models that have a name here, {@link #NONE} not among them. */
  public static List<Variation> all() {
    return ALL;
  }

  /** Ablations of HGN with consistency: one of its parts taken away at a time. */
  public static List<Variation> ingredients() {
    return INGREDIENTS;
  }

  /** Noise on frames: the paper's on positions, a tenth of it, and two levels on pixels. */
  public static List<Variation> noises() {
    return NOISES;
  }

  private static List<Variation> known() {
    return Stream.of(ALL, INGREDIENTS, NOISES).flatMap(List::stream).toList();
  }

  /**
   * The change of that name, as the command line takes it.
   *
   * @throws UserError naming the known ones if there is none
   */
  static Variation named(String id) {
    return UserError.lookUp("variation", id, known(), Variation::id);
  }

  /**
   * The same change under a name of the reader's own, to be changed further.
   *
   * @throws UserError if a folder cannot be called so, or a change of the list is
   */
  Variation renamed(String name) {
    if (!NAME.matcher(name).matches()) {
      throw UserError.usage(
          "'%s' cannot name a run: expected letters, digits, '.', '_' and '-', as it is a folder's"
              + " name",
          name);
    }
    if (known().stream().anyMatch(v -> v.id.equals(name))) {
      throw UserError.usage(
          "'%s' is the name of a change that the workbook has: take another", name);
    }
    return new Variation(name, name, true, hgn, hnn);
  }

  /** Whether it was named by the reader, so that it may be changed further. */
  boolean isOwn() {
    return !isNone() && !known().contains(this);
  }

  /** Whether nothing is changed. */
  boolean isNone() {
    return id.isEmpty();
  }

  /** The same with one more change of an HGN's spec, after those that it makes already. */
  Variation then(UnaryOperator<HgnExperimentSpec> change) {
    return Records.with(this, "hgn", chained(hgn, change));
  }

  /** The same with one more change of a PixelHNN's spec. */
  Variation thenHnn(UnaryOperator<HnnExperimentSpec> change) {
    return Records.with(this, "hnn", chained(hnn, change));
  }

  private static <S> UnaryOperator<S> chained(UnaryOperator<S> first, UnaryOperator<S> then) {
    return spec -> then.apply(first == null ? spec : first.apply(spec));
  }

  /** The name in tables and legends. */
  String title(Model model) {
    return !withModel ? title : title.isEmpty() ? model.title() : model.title() + ", " + title;
  }

  /** Whether it says anything of that model: most belong to the HGNs. */
  boolean suits(Model model) {
    return model.isHgn() ? hgn != null : hnn != null;
  }

  /** A multiple of the iterations, but no more than fit into half an hour, and never fewer. */
  private static int longer(ExperimentSpec spec, int times) {
    int most = 4000;
    int usual = spec.training().iterations();
    return Math.max(usual, Math.min(times * usual, most));
  }

  private static HgnExperimentSpec slower(HgnExperimentSpec spec, double times) {
    Horizon usual = spec.hgn().horizon();
    return spec.model(model -> model.in(Architecture.PAPER))
        .iterations((int) Math.round(spec.training().iterations() / times))
        .horizon(new Horizon(usual.first(), (int) Math.round(usual.every() / times)));
  }
}
