package hgn.paper;

import hgn.models.Architecture;
import hgn.models.HgnSpec;

/** The models of Table 1 (§4): the variants of HGN, and the baselines. */
public enum Model {
  /** The full model. */
  HGN_LEAPFROG("hgn-leapfrog", "HGN (leapfrog)"),
  /** Trained and tested with Euler's method instead of the leapfrog. */
  HGN_EULER("hgn-euler", "HGN (Euler)"),
  /** Without sampling from the posterior. */
  HGN_DETERM("hgn-determ", "HGN (determ)"),
  /** Without a function between the posterior and the initial state. */
  HGN_NO_FPSI("hgn-no-fpsi", "HGN (no f_ψ)"),
  /** PixelHNN with perceptrons (§A.3). */
  HNN("hnn", "HNN"),
  /** PixelHNN with HGN's convolutions (§A.3). */
  HNN_CONV("hnn-conv", "HNN (conv)");

  private final String id;
  private final String title;

  Model(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The name in experiments, for example "hgn-leapfrog". */
  public String id() {
    return id;
  }

  /** The name in tables, as in the paper. */
  public String title() {
    return title;
  }

  /** Whether it is an HGN: else it is a PixelHNN, which sees pairs of frames. */
  public boolean hgn() {
    return this != HNN && this != HNN_CONV;
  }

  /**
   * Whether it is trained by that protocol. A PixelHNN sees two frames in any case: there is one
   * protocol for it.
   */
  public boolean has(Protocol protocol) {
    return hgn() || protocol == Protocol.RECONSTRUCT;
  }

  HgnSpec spec(Architecture architecture, Protocol protocol) {
    HgnSpec full = HgnSpec.of(architecture, protocol.contextFrames());
    return switch (this) {
      case HGN_LEAPFROG -> full;
      case HGN_EULER -> full.withIntegrator("euler");
      case HGN_DETERM -> full.deterministic();
      case HGN_NO_FPSI -> full.withoutTransform();
      case HNN, HNN_CONV -> throw new IllegalArgumentException(this + " is no HGN");
    };
  }
}
