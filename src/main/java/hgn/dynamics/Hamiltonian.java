package hgn.dynamics;

import ai.djl.ndarray.NDArray;

/**
 * An energy H(q, p) and its derivatives: all that Hamilton's equations q̇ = ∂H/∂p, ṗ = −∂H/∂q need
 * (§3.1, eq. 3). True and learned physics are both this. Only a {@link Separable} one is treated as
 * separable; whatever else implements this is taken for an energy of the pair, as {@link Joint} is.
 */
public interface Hamiltonian {

  /**
   * Energy of each state.
   *
   * @param s states, each half [batch, …]
   * @return energies, [batch]
   */
  NDArray energy(PhaseState s);

  /**
   * ∂H/∂q, minus the force.
   *
   * @param s states, each half [batch, …]
   * @return the shape of q
   */
  NDArray dHdq(PhaseState s);

  /**
   * ∂H/∂p, the velocity.
   *
   * @param s states, each half [batch, …]
   * @return the shape of p
   */
  NDArray dHdp(PhaseState s);

  /**
   * Both derivatives at one point, (∂H/∂q, ∂H/∂p).
   *
   * @param s states, each half [batch, …]
   * @return the gradient, its q holding ∂H/∂q and its p holding ∂H/∂p
   */
  default PhaseState gradient(PhaseState s) {
    return new PhaseState(dHdq(s), dHdp(s));
  }
}
