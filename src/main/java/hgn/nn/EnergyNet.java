package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Scalars;
import java.util.stream.IntStream;

/**
 * A learned energy: a network whose outputs are summed over everything but the batch, beside a
 * quadratic ½·stiffness·|x|².
 *
 * @param network any layer
 * @param outputShape shape of one output of the network, without the batch
 * @param stiffness of the quadratic; 0 for the network alone
 */
public record EnergyNet(Layer network, Shape outputShape, double stiffness) implements ScalarField {

  @Override
  public NDArray value(NDArray x) {
    NDArray learned = summed(network.forward(x));
    return stiffness == 0 ? learned : learned.add(Scalars.times(summed(x.square()), stiffness / 2));
  }

  @Override
  public NDArray gradient(NDArray x) {
    Shape shape = new Shape(x.getShape().get(0)).addAll(outputShape);
    NDArray learned = network.pullback(x, x.getManager().ones(shape, x.getDataType()));
    return stiffness == 0 ? learned : learned.add(Scalars.times(x, stiffness));
  }

  private static NDArray summed(NDArray x) {
    return x.sum(IntStream.range(1, x.getShape().dimension()).toArray());
  }
}
