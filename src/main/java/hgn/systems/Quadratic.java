package hgn.systems;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Scalars;

/**
 * c |x|²: a spring's energy (c = k/2) or a body's kinetic energy (c = 1/2m).
 *
 * @param coefficient c
 */
record Quadratic(double coefficient) implements ScalarField {

  @Override
  public NDArray value(NDArray x) {
    return Scalars.times(x.square().sum(new int[] {1}), coefficient);
  }

  @Override
  public NDArray gradient(NDArray x) {
    return Scalars.times(x, 2 * coefficient);
  }
}
