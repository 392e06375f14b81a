package hgn.flows;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Scalars;

/**
 * K(p) = ½ pᵀ M⁻¹ p with a learned diagonal mass: the textbook's kinetic energy instead of a
 * network.
 *
 * @param inverseMass M⁻¹'s diagonal, [d]
 */
record FixedKinetic(NDArray inverseMass) implements ScalarField {

  @Override
  public NDArray value(NDArray p) {
    return Scalars.times(p.square().mul(inverseMass).sum(new int[] {1}), 0.5);
  }

  @Override
  public NDArray gradient(NDArray p) {
    return p.mul(inverseMass);
  }
}
