package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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

  /**
   * An energy of one's own, taken to be not separable.
   *
   * @param energy H, [batch]
   * @param gradient its q holding ∂H/∂q and its p holding ∂H/∂p
   */
  static Hamiltonian of(Function<PhaseState, NDArray> energy, UnaryOperator<PhaseState> gradient) {
    return new Hamiltonian() {
      @Override
      public NDArray energy(PhaseState s) {
        return energy.apply(s);
      }

      @Override
      public NDArray dHdq(PhaseState s) {
        return gradient.apply(s).q();
      }

      @Override
      public NDArray dHdp(PhaseState s) {
        return gradient.apply(s).p();
      }

      @Override
      public PhaseState gradient(PhaseState s) {
        return gradient.apply(s);
      }
    };
  }
}
