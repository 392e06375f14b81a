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

/** A Hamiltonian Generative Network with its weights (§3.2, Fig. 2). */
public final class Hgn implements FilmModel {
  private final HgnSpec spec;
  private final Integrator integrator;
  private final Layer encoder;
  private final NDArray centre;
  private final double contrast;
  private final Layer meanHead;
  private final Layer logVarianceHead;
  private final Layer transform;
  private final Hamiltonian hamiltonian;
  private final Decoder decoder;

  Hgn(
      HgnSpec spec,
      Integrator integrator,
      Layer encoder,
      NDArray centre,
      double contrast,
      Layer meanHead,
      Layer logVarianceHead,
      Layer transform,
      Hamiltonian hamiltonian,
      Decoder decoder) {
    this.spec = spec;
    this.integrator = integrator;
    this.encoder = encoder;
    this.centre = centre;
    this.contrast = contrast;
    this.meanHead = meanHead;
    this.logVarianceHead = logVarianceHead;
    this.transform = transform;
    this.hamiltonian = hamiltonian;
    this.decoder = decoder;
  }

  /** What it is. */
  public HgnSpec spec() {
    return spec;
  }

  @Override
  public double dt() {
    return spec.dt();
  }

  @Override
  public Hamiltonian hamiltonian() {
    return hamiltonian;
  }

  /** What steps it. */
  public Integrator integrator() {
    return integrator;
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
   * From the mean of the posterior. Where the spec says which frame that state belongs to, it is
   * followed back to the first one.
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
    return decoder.forward(q);
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
