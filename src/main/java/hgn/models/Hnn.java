package hgn.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Integrators;
import hgn.dynamics.Joint;
import hgn.dynamics.PhaseState;
import hgn.nn.Layer;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A PixelHNN with its weights: an autoencoder of frame pairs around a learned H(q, p) (§A.3).
 *
 * @param spec which it is
 * @param encoder from a pair of frames to (q, p)
 * @param hamiltonian the learned energy
 * @param decoder from (q, p) to a pair of frames
 */
public record Hnn(HnnSpec spec, Layer encoder, Joint hamiltonian, UnaryOperator<NDArray> decoder)
    implements FilmModel {

  /** One: its time runs in frames. */
  @Override
  public double dt() {
    return 1;
  }

  /**
   * The state that a pair of frames shows.
   *
   * @param pair two frames, one above the other, [batch, 6, size, size]
   * @return the state, each half [batch, coordinates]
   * @throws IllegalArgumentException if the frames have another shape
   */
  public PhaseState encode(NDArray pair) {
    Shape s = pair.getShape();
    Shape expected = new Shape(s.get(0), 3L * HnnSpec.PAIR, spec.imageSize(), spec.imageSize());
    if (!s.equals(expected)) {
      throw new IllegalArgumentException("frames are %s, expected %s".formatted(s, expected));
    }
    NDList halves = encoder.forward(pair).split(2, 1);
    return new PhaseState(halves.get(0), halves.get(1));
  }

  /**
   * The pair of frames that a state stands for.
   *
   * @param s states, each half [batch, coordinates]
   * @return [batch, 6, size, size]
   */
  public NDArray decode(PhaseState s) {
    return decoder.apply(NDArrays.concat(new NDList(s.q(), s.p()), 1));
  }

  /**
   * Two successive frames of each film, one above the other.
   *
   * @param frames [batch, frames, 3, size, size]
   * @param first the earlier of the two
   * @return [batch, 6, size, size]
   */
  public static NDArray pair(NDArray frames, int first) {
    Shape s = frames.getShape();
    return frames
        .get(new NDIndex(":,{}:{}", first, first + HnnSpec.PAIR))
        .reshape(s.get(0), HnnSpec.PAIR * s.get(2), s.get(3), s.get(4));
  }

  /** State from the first two frames. */
  @Override
  public PhaseState infer(NDArray frames) {
    return encode(pair(frames, 0));
  }

  /** Trajectory by RK4, as in §A.3. */
  @Override
  public List<PhaseState> rollout(PhaseState start, double dt, int steps) {
    return Integrators.RK4.rollout(hamiltonian, start, dt, steps);
  }

  /** The earlier of the two frames that the state stands for. */
  @Override
  public NDArray frame(PhaseState s) {
    return decode(s).get(new NDIndex(":,0:3"));
  }
}
