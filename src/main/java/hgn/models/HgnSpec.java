package hgn.models;

import hgn.dynamics.Integrators;
import hgn.io.Records;
import hgn.io.Records.Default;
import hgn.io.Text;

/**
 * Spec of a Hamiltonian Generative Network: every switch that the paper's ablations turn.
 *
 * @param architecture compact or the paper's
 * @param integrator name of the integrator, "leapfrog" unless it is the Euler ablation (§4)
 * @param variational whether z is sampled; false is "HGN (determ)"
 * @param transform whether f_ψ stands between z and the initial state; false is "HGN (no f_ψ)"
 * @param separable whether H = T(p) + V(q) with a network each, or one joint network
 * @param energy shape of the paper architecture's energy nets; the compact one has perceptrons
 * @param quadratic whether every energy net stands beside ½|x|², so that an untrained model is a
 *     harmonic oscillator. Not the paper's: without it momenta move nothing at first and the
 *     dynamics is learned hundreds of steps after the pictures
 * @param sigmoidInBlocks whether every decoder block closes with a sigmoid, §A.1 read literally
 * @param imageSize height and width of a frame: 32 (§A.1) or 64 (§4)
 * @param contextFrames how many frames the encoder sees: all 31, or 5 when it has to predict
 * @param dt step of the latent rollout; 0.125 (§A.1)
 * @param shape sizes of the compact architecture; null, which a spec's text leaves out, for {@link
 *     CompactShape#USUAL}
 * @param anchor which of the frames seen the state of q(z | …) belongs to: {@link Hgn#infer} then
 *     follows it to the first one. Null, left out, where it is the first, or the last before what
 *     is predicted
 * @param logVariance of z before training. Not stated: a deviation of 0.05 lets the decoder see the
 *     state through the noise from the first step on
 */
public record HgnSpec(
    Architecture architecture,
    String integrator,
    boolean variational,
    boolean transform,
    boolean separable,
    EnergyShape energy,
    boolean quadratic,
    boolean sigmoidInBlocks,
    int imageSize,
    int contextFrames,
    double dt,
    CompactShape shape,
    Anchor anchor,
    @Default("-6.0") double logVariance) {

  /** Channels of q and of p (§A.1: "each of dimension 16"). */
  public static final int CHANNELS = 16;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public HgnSpec {
    Integrators.named(integrator);
    if (imageSize != 32 && imageSize != 64) {
      throw new IllegalArgumentException(
          Text.of("image size %d, expected 32 (§A.1) or 64 (§4)", imageSize));
    }
    if (contextFrames < 2) {
      throw new IllegalArgumentException(
          Text.of(
              "the encoder sees %d frames, expected at least 2: one frame has no momentum",
              contextFrames));
    }
    if (!(dt > 0)) {
      throw new IllegalArgumentException("dt is %s, expected a positive step".formatted(dt));
    }
    if (!Double.isFinite(logVariance)) {
      throw new IllegalArgumentException(
          "log-variance is %s, expected a finite number".formatted(logVariance));
    }
    shape = CompactShape.USUAL.equals(shape) ? null : shape;
  }

  /**
   * HGN (leapfrog) on frames of 32 × 32: §A.1's, or the compact one with its quadratic energies.
   */
  public static HgnSpec of(Architecture architecture, int contextFrames) {
    return new HgnSpec(
        architecture,
        "leapfrog",
        true,
        true,
        true,
        EnergyShape.FLAT,
        architecture == Architecture.COMPACT,
        false,
        32,
        contextFrames,
        Integrators.PAPER_DT,
        null,
        null,
        -6);
  }

  /**
   * The same in another architecture, which has the quadratic energies or has them not; the compact
   * one in its usual size.
   */
  public HgnSpec in(Architecture other) {
    boolean quadratic = of(other, contextFrames).quadratic();
    return Records.with(this, "architecture", other, "quadratic", quadratic, "shape", null);
  }

  /** The same with another integrator. */
  public HgnSpec withIntegrator(String name) {
    return Records.with(this, "integrator", name);
  }

  /** The same without sampling: HGN (determ). */
  public HgnSpec deterministic() {
    return Records.with(this, "variational", false);
  }

  /** The same without f_ψ. */
  public HgnSpec withoutTransform() {
    return Records.with(this, "transform", false);
  }

  /** The same with one network for H(q, p). */
  public HgnSpec joint() {
    return Records.with(this, "separable", false);
  }

  /** The same with another shape of the energy nets. */
  public HgnSpec withEnergy(EnergyShape shape, boolean besideQuadratic) {
    return Records.with(this, "energy", shape, "quadratic", besideQuadratic);
  }

  /** The same on frames of another size. */
  public HgnSpec withImageSize(int size) {
    return Records.with(this, "imageSize", size);
  }

  /** The same with other sizes of the compact architecture. */
  public HgnSpec withShape(CompactShape other) {
    return Records.with(this, "shape", other);
  }

  /** The same with a state that belongs to another of the frames seen. */
  public HgnSpec withAnchor(Anchor other) {
    return Records.with(this, "anchor", other);
  }

  /** Sizes of the compact architecture. */
  public CompactShape compact() {
    return shape == null ? CompactShape.USUAL : shape;
  }

  /** Whether f_ψ starts as the identity: see {@link CompactShape}. */
  boolean startsAsIdentity() {
    return transform && architecture == Architecture.COMPACT && compact().identity();
  }

  /** Numbers in q and in p: of each cell, where the latent is spatial. */
  public int channels() {
    return architecture == Architecture.COMPACT ? compact().latent() : CHANNELS;
  }

  /** Index of the frame that the inferred state belongs to, where {@link #anchor} says it. */
  public int stateFrame() {
    return anchor == null ? 0 : anchor.frame(contextFrames);
  }

  /** Number of times that the decoder doubles its 4 × 4 latent. */
  int doublings() {
    return doublings(imageSize);
  }

  static int doublings(int size) {
    return Integer.numberOfTrailingZeros(size) - 2;
  }
}
