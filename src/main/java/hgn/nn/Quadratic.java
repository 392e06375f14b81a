package hgn.nn;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Scalars;
import java.util.stream.IntStream;

/**
 * A harmonic energy ½·stiffness·|x|².
 *
 * @param stiffness its factor
 */
public record Quadratic(double stiffness) implements ScalarField {

  /** ½|x|². */
  public static final Quadratic UNIT = new Quadratic(1);

  @Override
  public NDArray value(NDArray x) {
    NDArray squares = x.square().sum(IntStream.range(1, x.getShape().dimension()).toArray());
    return Scalars.times(squares, stiffness / 2);
  }

  @Override
  public NDArray gradient(NDArray x) {
    return Scalars.times(x, stiffness);
  }
}
