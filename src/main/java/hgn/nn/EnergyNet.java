package hgn.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.ScalarField;
import java.util.stream.IntStream;

/**
 * A learned energy: a network whose outputs are summed over everything but the batch.
 *
 * @param network any layer
 * @param outputShape shape of one output of the network, without the batch
 */
public record EnergyNet(Layer network, Shape outputShape) implements ScalarField {

  @Override
  public NDArray value(NDArray x) {
    NDArray y = network.forward(x);
    return y.sum(IntStream.range(1, y.getShape().dimension()).toArray());
  }

  @Override
  public NDArray gradient(NDArray x) {
    Shape shape = new Shape(x.getShape().get(0)).addAll(outputShape);
    return network.pullback(x, x.getManager().ones(shape, x.getDataType()));
  }
}
