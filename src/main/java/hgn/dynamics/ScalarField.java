package hgn.dynamics;

import ai.djl.ndarray.NDArray;

/**
 * A scalar function of a vector together with its own gradient.
 *
 * <p>The gradient is part of the contract because DJL differentiates to leaf parameters only: an
 * integrator that follows ∂H/∂q has to be given it as ordinary, differentiable operations.
 */
public interface ScalarField {

  /**
   * The field's value at each point.
   *
   * @param x points, [batch, …]
   * @return values, [batch]
   */
  NDArray value(NDArray x);

  /**
   * The field's gradient at each point.
   *
   * @param x points, [batch, …]
   * @return gradients, the shape of x
   */
  NDArray gradient(NDArray x);
}
