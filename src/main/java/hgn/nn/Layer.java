package hgn.nn;

import ai.djl.ndarray.NDArray;

/**
 * A differentiable map with its reverse sweep written out.
 *
 * <p>DJL has no gradient of a gradient: {@code backward} ends at leaf parameters. A pullback made
 * of forward operations is differentiated like any other, so training reaches through it.
 */
public interface Layer {

  /**
   * The map.
   *
   * @param x input, [batch, …]
   * @return output, [batch, …]
   */
  NDArray forward(NDArray x);

  /**
   * The vector–Jacobian product Jᵀ(x)·dy.
   *
   * @param x the input at which the Jacobian is taken; ignored by a layer that is {@link #affine}
   * @param dy a cotangent, the shape of the output
   * @return a cotangent, the shape of the input
   */
  NDArray pullback(NDArray x, NDArray dy);

  /** Whether the Jacobian is the same at every x, so that the pullback needs no input. */
  boolean affine();
}
