package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * H(q, p) as one function of the pair, with no structure assumed: the "H : (q, p) → R" of §A.1.
 *
 * <p>An explicit leapfrog is then neither exactly symplectic nor exactly reversible, because ∂H/∂q
 * depends on the momenta that the kick changes.
 *
 * @param field energy of the pair, given q and p joined along axis 1
 */
public record Joint(ScalarField field) implements Hamiltonian {

  @Override
  public NDArray energy(PhaseState s) {
    return field.value(join(s));
  }

  @Override
  public NDArray dHdq(PhaseState s) {
    return gradient(s).q();
  }

  @Override
  public NDArray dHdp(PhaseState s) {
    return gradient(s).p();
  }

  @Override
  public PhaseState gradient(PhaseState s) {
    NDList halves = field.gradient(join(s)).split(2, 1);
    return new PhaseState(halves.get(0), halves.get(1));
  }

  private static NDArray join(PhaseState s) {
    return NDArrays.concat(new NDList(s.q(), s.p()), 1);
  }
}
