package hgn.models;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import java.util.List;

/**
 * A model that reads a film, steps a latent state through a learned energy and paints what it
 * arrives at: what is scored and shown of HGN and of PixelHNN alike.
 */
public interface FilmModel {

  /** The learned energy. */
  Hamiltonian hamiltonian();

  /** The step of the latent rollout from one frame to the next. */
  double dt();

  /**
   * The state inferred from the frames that the encoder sees.
   *
   * @param frames [batch, frames, 3, size, size], at least as many as the encoder sees
   * @return the state, each half [batch, …]
   */
  PhaseState infer(NDArray frames);

  /**
   * The latent trajectory, the start included.
   *
   * @param start the state at time 0
   * @param dt step between two states; negative runs backward, 2·{@link #dt()} is double speed
   * @param steps how many states follow
   * @return steps + 1 states
   */
  List<PhaseState> rollout(PhaseState start, double dt, int steps);

  /**
   * The frame of a state.
   *
   * @param s states, each half [batch, …]
   * @return [batch, 3, size, size]
   */
  NDArray frame(PhaseState s);
}
