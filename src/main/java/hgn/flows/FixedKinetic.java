package hgn.flows;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.ScalarField;

/**
 * K(p) = ½ pᵀ M⁻¹ p with a learned diagonal mass: the textbook's kinetic energy instead of a
 * network.
 *
 * @param logInverseMass ln of M⁻¹'s diagonal, [d]: positive whatever is learned
 */
record FixedKinetic(NDArray logInverseMass) implements ScalarField {

  @Override
  public NDArray value(NDArray p) {
    return p.square().mul(logInverseMass.exp()).sum(new int[] {1}).mul(0.5);
  }

  @Override
  public NDArray gradient(NDArray p) {
    return p.mul(logInverseMass.exp());
  }
}
