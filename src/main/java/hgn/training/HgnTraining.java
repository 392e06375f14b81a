package hgn.training;

import hgn.io.Records;
import hgn.io.Records.Default;
import hgn.io.Text;
import hgn.models.HgnSpec;

/**
 * Training of an HGN, beside what all models have in common.
 *
 * @param framesPerStep how many target frames a step decodes, drawn at random below the horizon: an
 *     unbiased estimate of the mean over all; 0 decodes all, as in the paper
 * @param horizon how far the targets reach
 * @param geco constants of the multiplier; unused where the model is deterministic
 * @param reversible whether the backward pass recomputes the rollout by running it backward instead
 *     of keeping it, so that memory does not grow with the horizon
 * @param draw how the target frames are drawn
 * @param windows where the frames seen and the targets lie in longer films; null, which a spec's
 *     text leaves out, where a film is what the encoder sees, or goes on with what it has to
 *     predict
 * @param consistency the term that makes rollouts last; null, left out, for none
 * @param divergence a fixed weight of the divergence instead of GECO's; null, left out, for GECO
 * @param unitScale weight of the mean square of ln Var μ, Var over the films of a batch: it keeps
 *     the latent where energies can be told from harmonic ones; 0 for none
 */
public record HgnTraining(
    int framesPerStep,
    Horizon horizon,
    Geco.Spec geco,
    boolean reversible,
    @Default("SHARED") FrameDraw draw,
    Windows windows,
    Consistency consistency,
    Divergence divergence,
    @Default("0.0") double unitScale) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public HgnTraining {
    if (framesPerStep < 0) {
      throw new IllegalArgumentException(
          Text.of("frames per step %d, expected at least 0", framesPerStep));
    }
    if (!(unitScale >= 0) || Double.isInfinite(unitScale)) {
      throw new IllegalArgumentException(
          "weight of the latent's scale %s, expected at least 0".formatted(unitScale));
    }
  }

  /** Frames that all films share. */
  public HgnTraining(int framesPerStep, Horizon horizon, Geco.Spec geco, boolean reversible) {
    this(framesPerStep, horizon, geco, reversible, FrameDraw.SHARED);
  }

  /** Films that are what the encoder sees, without a term beside the paper's. */
  public HgnTraining(
      int framesPerStep, Horizon horizon, Geco.Spec geco, boolean reversible, FrameDraw draw) {
    this(framesPerStep, horizon, geco, reversible, draw, null, null, null, 0);
  }

  /** The same with targets that reach another way. */
  public HgnTraining withHorizon(Horizon other) {
    return Records.with(this, "horizon", other);
  }

  /** The same with another multiplier. */
  public HgnTraining withGeco(Geco.Spec other) {
    return Records.with(this, "geco", other);
  }

  /**
   * The same with fewer target frames a step.
   *
   * @param frames of each film
   * @param way how they are drawn
   */
  public HgnTraining withFrames(int frames, FrameDraw way) {
    return Records.with(this, "framesPerStep", frames, "draw", way);
  }

  /** The same in longer films; null for films that are what the encoder sees. */
  public HgnTraining withWindows(Windows other) {
    return Records.with(this, "windows", other);
  }

  /** The same with another term of consistency; null for none. */
  public HgnTraining withConsistency(Consistency other) {
    return Records.with(this, "consistency", other);
  }

  /** The same with another fixed weight of the divergence; null for GECO's. */
  public HgnTraining withDivergence(Divergence other) {
    return Records.with(this, "divergence", other);
  }

  /** The same with another weight of the latent's scale. */
  public HgnTraining withUnitScale(double weight) {
    return Records.with(this, "unitScale", weight);
  }

  /** The longest shift to a second window; 0 where there is none. */
  int shift(long iteration) {
    return consistency == null ? 0 : consistency.longest(iteration);
  }

  /**
   * Frames of each film that a step needs.
   *
   * @param spec of the model
   * @param iteration from 0
   * @param frames that a film has: all of them where no windows are cut
   */
  int clip(HgnSpec spec, long iteration, int frames) {
    return windows == null
        ? frames
        : windows.clip(spec, horizon.at(iteration, windows.reach()), shift(iteration));
  }

  /**
   * Frames that films must have at least.
   *
   * @param spec of the model
   */
  public int longestClip(HgnSpec spec) {
    int shift = consistency == null ? 0 : consistency.longest();
    return windows == null
        ? spec.contextFrames() + shift
        : windows.clip(spec, windows.reach(), shift);
  }
}
