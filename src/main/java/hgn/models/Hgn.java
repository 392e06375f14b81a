package hgn.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.nn.Layer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A Hamiltonian Generative Network with its weights (§3.2, Fig. 2).
 *
 * @param spec which it is
 * @param integrator of its rollouts
 * @param encoder from frames stacked along the channels to features
 * @param centre image that is taken off each frame before the encoder; null for none
 * @param contrast factor of the difference
 * @param meanHead from features to the mean of z
 * @param logVarianceHead from features to the logarithm of its variance
 * @param transform f_ψ; null where z is the state itself
 * @param hamiltonian the learned energy
 * @param decoder from positions to a frame
 */
public record Hgn(
    HgnSpec spec,
    Integrator integrator,
    Layer encoder,
    NDArray centre,
    double contrast,
    Layer meanHead,
    Layer logVarianceHead,
    Layer transform,
    Hamiltonian hamiltonian,
    UnaryOperator<NDArray> decoder)
    implements FilmModel {

  @Override
  public double dt() {
    return spec.dt();
  }

  /**
   * The posterior over z, frames stacked along the channels.
   *
   * @param frames [batch, contextFrames, 3, size, size]
   * @return mean and log-variance of z
   * @throws IllegalArgumentException if the frames have another shape
   */
  public Posterior encode(NDArray frames) {
    Shape s = frames.getShape();
    int size = spec.imageSize();
    Shape expected = new Shape(s.get(0), spec.contextFrames(), 3, size, size);
    if (!s.equals(expected)) {
      throw new IllegalArgumentException("frames are %s, expected %s".formatted(s, expected));
    }
    NDArray seen = centre == null ? frames : Scalars.times(frames.sub(centre), contrast);
    NDArray h = encoder.forward(seen.reshape(s.get(0), 3L * s.get(1), size, size));
    return new Posterior(meanHead.forward(h), logVarianceHead.forward(h));
  }

  /**
   * s₀ = f_ψ(z), its first half q and its second half p; without f_ψ, z itself.
   *
   * @param z a sample of the posterior or of the prior
   * @return the initial state
   */
  public PhaseState initialState(NDArray z) {
    NDArray s = transform == null ? z : transform.forward(z);
    var halves = s.split(2, 1);
    return new PhaseState(halves.get(0), halves.get(1));
  }

  /**
   * State from the mean of the posterior. Where the spec says which frame that state belongs to, it
   * is followed back to the first one.
   */
  @Override
  public PhaseState infer(NDArray frames) {
    NDArray context = frames.get(new NDIndex(":,0:{}", spec.contextFrames()));
    return firstState(encode(context).mean());
  }

  /**
   * The state of the first frame: {@link #initialState}, followed back from the frame that it
   * belongs to.
   *
   * @param z a sample of the posterior or of a prior
   */
  public PhaseState firstState(NDArray z) {
    int back = spec.stateFrame();
    return rollout(initialState(z), -spec.dt(), back).get(back);
  }

  @Override
  public List<PhaseState> rollout(PhaseState start, double dt, int steps) {
    return integrator.rollout(hamiltonian, start, dt, steps);
  }

  /**
   * Frames painted from positions alone.
   *
   * @param q [batch, …]
   * @return [batch, 3, size, size], in (0, 1)
   */
  public NDArray decode(NDArray q) {
    return decoder.apply(q);
  }

  /** Painted from the position alone. */
  @Override
  public NDArray frame(PhaseState s) {
    return decode(s.q());
  }

  /**
   * Shape of z for one sequence: what a sample of the prior N(0, I) needs.
   *
   * @return without the batch
   */
  public Shape latentShape() {
    return HgnBlueprint.latentShape(spec);
  }
}
