package hgn.dynamics;

import ai.djl.ndarray.NDArray;

/**
 * H(q, p) = T(p) + V(q). For these the leapfrog is explicit, symplectic and reversible (§A.6).
 *
 * @param kinetic T, a function of the momenta
 * @param potential V, a function of the positions
 */
public record Separable(ScalarField kinetic, ScalarField potential) implements Hamiltonian {

  @Override
  public NDArray energy(PhaseState s) {
    return kinetic.value(s.p()).add(potential.value(s.q()));
  }

  @Override
  public NDArray dHdq(PhaseState s) {
    return potential.gradient(s.q());
  }

  @Override
  public NDArray dHdp(PhaseState s) {
    return kinetic.gradient(s.p());
  }
}
