package hgn.paper;

import hgn.io.UserError;
import hgn.models.Architecture;
import hgn.models.Coder;
import hgn.models.HgnSpec;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A model that learns films: the variants of HGN and the baselines of Table 1 (§4), or one of your
 * own, which is one line:
 *
 * <pre>{@code new Model("hgn-joint", "HGN (joint)", HgnSpec::joint)}</pre>
 *
 * @param id the name in experiments, for example "hgn-leapfrog"
 * @param title the name in tables, as in the paper
 * @param hgn what makes it of the full HGN; null for a PixelHNN, which sees pairs of frames
 * @param compact a PixelHNN's coder below the paper's budget; null for an HGN
 * @param successor how one is trained that came after the paper; null for a model of Table 1
 */
public record Model(
    String id, String title, UnaryOperator<HgnSpec> hgn, Coder compact, Successor successor) {
  /** The full model. */
  public static final Model HGN_LEAPFROG =
      new Model("hgn-leapfrog", "HGN (leapfrog)", UnaryOperator.identity());

  /** Trained and tested with Euler's method instead of the leapfrog. */
  public static final Model HGN_EULER =
      new Model("hgn-euler", "HGN (Euler)", spec -> spec.withIntegrator("euler"));

  /** HGN without sampling from the posterior. */
  public static final Model HGN_DETERM =
      new Model("hgn-determ", "HGN (determ)", HgnSpec::deterministic);

  /** HGN without a function between the posterior and the initial state. */
  public static final Model HGN_NO_FPSI =
      new Model("hgn-no-fpsi", "HGN (no f_ψ)", HgnSpec::withoutTransform);

  /** PixelHNN with perceptrons (§A.3). */
  public static final Model HNN = new Model("hnn", "HNN", null, Coder.PERCEPTRON, null);

  /** PixelHNN with HGN's convolutions (§A.3). */
  public static final Model HNN_CONV =
      new Model("hnn-conv", "HNN (conv)", null, Coder.COMPACT, null);

  /** HGN with consistency over time, whose rollouts last. */
  public static final Model HGN_CONSISTENT =
      after("hgn-consistent", "HGN (consistent)", Successors::consistent);

  /** DeepMind's own successor (Higgins et al., 2021, arXiv:2111.05986). */
  public static final Model HGN_PLUS_PLUS = after("hgn-plus-plus", "HGN++", Successors::plusPlus);

  private static final List<Model> ALL =
      List.of(HGN_LEAPFROG, HGN_EULER, HGN_DETERM, HGN_NO_FPSI, HNN, HNN_CONV);

  /** An HGN. */
  public Model(String id, String title, UnaryOperator<HgnSpec> hgn) {
    this(id, title, hgn, null, null);
  }

  /** Makes the spec of a model that came after the paper. */
  @FunctionalInterface
  interface Successor {
    /**
     * The spec.
     *
     * @param usual of the full HGN on the same system
     * @param system its id
     * @param budget how much to spend
     */
    HgnExperimentSpec of(HgnExperimentSpec usual, String system, Budget budget);
  }

  private static Model after(String id, String title, Successor successor) {
    return new Model(id, title, UnaryOperator.identity(), null, successor);
  }

  /** Models that came after the paper: in none of its tables. */
  public static List<Model> successors() {
    return List.of(HGN_CONSISTENT, HGN_PLUS_PLUS);
  }

  /** The models of Table 1. */
  public static List<Model> all() {
    return ALL;
  }

  /** The model that has this id. */
  static Model named(String id) {
    List<Model> known = Stream.concat(ALL.stream(), successors().stream()).toList();
    return UserError.lookUp("model", id, known, Model::id);
  }

  /** Whether it is an HGN: else it is a PixelHNN, which sees pairs of frames. */
  public boolean isHgn() {
    return hgn != null;
  }

  /** Whether the command line knows it. */
  boolean isListed() {
    return ALL.contains(this) || successors().contains(this);
  }

  /**
   * Whether it is trained by that protocol. A PixelHNN sees two frames in any case: there is one
   * protocol for it.
   */
  public boolean has(Protocol protocol) {
    return (isHgn() && successor == null) || protocol == Protocol.RECONSTRUCT;
  }

  HgnSpec spec(Architecture architecture, Protocol protocol) {
    return hgn.apply(HgnSpec.of(architecture, protocol.contextFrames()));
  }

  /** A PixelHNN's coder. */
  Coder coder(Budget budget) {
    return compact == Coder.COMPACT && budget == Budget.PAPER ? Coder.PAPER : compact;
  }
}
