package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

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

  /**
   * A field of two functions, for example {@code of(x -> x.cos().neg().sum(new int[] {1}), x ->
   * x.sin())}.
   *
   * @param value [batch, …] to [batch]
   * @param gradient its gradient, [batch, …] to the same shape
   */
  static ScalarField of(UnaryOperator<NDArray> value, UnaryOperator<NDArray> gradient) {
    return new ScalarField() {
      @Override
      public NDArray value(NDArray x) {
        return value.apply(x);
      }

      @Override
      public NDArray gradient(NDArray x) {
        return gradient.apply(x);
      }
    };
  }

  /**
   * The field c |x|²: a spring's energy (c = k/2) or a body's kinetic energy (c = 1/2m).
   *
   * @param coefficient c
   */
  static ScalarField quadratic(double coefficient) {
    return of(
        x -> Scalars.times(x.square().sum(new int[] {1}), coefficient),
        x -> Scalars.times(x, 2 * coefficient));
  }
}
