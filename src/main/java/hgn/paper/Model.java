package hgn.paper;

import hgn.io.UserError;
import hgn.models.Architecture;
import hgn.models.Coder;
import hgn.models.HgnSpec;
import java.util.List;
import java.util.function.UnaryOperator;

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
 */
public record Model(String id, String title, UnaryOperator<HgnSpec> hgn, Coder compact) {
  /** The full model. */
  public static final Model HGN_LEAPFROG =
      new Model("hgn-leapfrog", "HGN (leapfrog)", UnaryOperator.identity());

  /** Trained and tested with Euler's method instead of the leapfrog. */
  public static final Model HGN_EULER =
      new Model("hgn-euler", "HGN (Euler)", spec -> spec.withIntegrator("euler"));

  /** Without sampling from the posterior. */
  public static final Model HGN_DETERM =
      new Model("hgn-determ", "HGN (determ)", HgnSpec::deterministic);

  /** Without a function between the posterior and the initial state. */
  public static final Model HGN_NO_FPSI =
      new Model("hgn-no-fpsi", "HGN (no f_ψ)", HgnSpec::withoutTransform);

  /** PixelHNN with perceptrons (§A.3). */
  public static final Model HNN = new Model("hnn", "HNN", null, Coder.PERCEPTRON);

  /** PixelHNN with HGN's convolutions (§A.3). */
  public static final Model HNN_CONV = new Model("hnn-conv", "HNN (conv)", null, Coder.COMPACT);

  private static final List<Model> ALL =
      List.of(HGN_LEAPFROG, HGN_EULER, HGN_DETERM, HGN_NO_FPSI, HNN, HNN_CONV);

  /** An HGN. */
  public Model(String id, String title, UnaryOperator<HgnSpec> hgn) {
    this(id, title, hgn, null);
  }

  /** The models of Table 1. */
  public static List<Model> all() {
    return ALL;
  }

  /** The model of Table 1 that has this id. */
  static Model named(String id) {
    return UserError.lookUp("model", id, ALL, Model::id);
  }

  /** Whether it is an HGN: else it is a PixelHNN, which sees pairs of frames. */
  public boolean isHgn() {
    return hgn != null;
  }

  /**
   * Whether it is trained by that protocol. A PixelHNN sees two frames in any case: there is one
   * protocol for it.
   */
  public boolean has(Protocol protocol) {
    return isHgn() || protocol == Protocol.RECONSTRUCT;
  }

  HgnSpec spec(Architecture architecture, Protocol protocol) {
    return hgn.apply(HgnSpec.of(architecture, protocol.contextFrames()));
  }

  /** A PixelHNN's coder. */
  Coder coder(Budget budget) {
    return compact == Coder.COMPACT && budget == Budget.PAPER ? Coder.PAPER : compact;
  }
}
