package hgn.dynamics;

/**
 * A law of motion without any structure: where each state is heading. A Hamiltonian gives one; a
 * network that knows nothing of energies is one.
 */
@FunctionalInterface
public interface VectorField {

  /**
   * The velocity of each state.
   *
   * @param s states, each half [batch, …]
   * @return (q̇, ṗ), the shapes of q and p
   */
  PhaseState velocity(PhaseState s);

  /** Hamilton's equations: (q̇, ṗ) = (∂H/∂p, −∂H/∂q). */
  static VectorField of(Hamiltonian h) {
    return s -> {
      PhaseState gradient = h.gradient(s);
      return new PhaseState(gradient.p(), gradient.q().neg());
    };
  }
}
