package hgn.nn;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * The decoder's block (§A.1, after Karras et al. 2018): nearest-neighbour doubling, then twice a 3
 * × 3 convolution with leaky ReLU, around which the doubled input is carried (1 × 1 projected where
 * the channels differ). The paper's "closing by a sigmoid in each block" is an option: it squeezes
 * every block's output into (0, 1), and learning with it is slow.
 *
 * @param first the doubling with its convolution
 * @param second convolution
 * @param projection of the input to the output's channels; null for none
 * @param residual see {@link #declare}
 * @param closingSigmoid see {@link #declare}
 */
public record ResidualDoubling(
    UnaryOperator<NDArray> first,
    Layer second,
    Layer projection,
    boolean residual,
    boolean closingSigmoid) {

  /**
   * Declares a block.
   *
   * @param layout where its weights are declared
   * @param name prefix of their names
   * @param in input channels
   * @param out output channels
   * @param residual whether the doubled input is carried around the convolutions
   * @param closingSigmoid whether the block ends in a sigmoid, as §A.1 says literally
   * @param phased whether the doubling is folded into the first convolution
   */
  public static Blueprint<ResidualDoubling> declare(
      Layout layout,
      String name,
      int in,
      int out,
      boolean residual,
      boolean closingSigmoid,
      boolean phased) {
    double gain = Blueprints.gainBefore(Activation.LEAKY_RELU);
    Layout.Slot weight =
        layout.add(name + ".first.weight", Init.scaled(9L * in, gain), out, in, 3, 3);
    Layout.Slot bias = layout.add(name + ".first.bias", Init.ZERO, out);
    Blueprint<Layer> second = Blueprints.conv3(layout, name + ".second", out, out, 1, gain);
    Blueprint<Layer> projection =
        in == out || !residual
            ? null
            : Blueprints.convolution(layout, name + ".projection", in, out, 1, 1, 0, 1);
    return weights ->
        new ResidualDoubling(
            new UpsampledConvolution(weights.get(weight), weights.get(bias), phased)::forward,
            second.bind(weights),
            projection == null ? null : projection.bind(weights),
            residual,
            closingSigmoid);
  }

  /**
   * The block.
   *
   * @param x [batch, in, n, n]
   * @return [batch, out, 2n, 2n]
   */
  public NDArray forward(NDArray x) {
    NDArray y = Activation.LEAKY_RELU.forward(first.apply(x));
    y = Activation.LEAKY_RELU.forward(second.forward(y));
    if (residual) {
      // In place: the engine's backward pass of the activation needs its input, not its output.
      y.addi(UpsampledConvolution.doubled(projection == null ? x : projection.forward(x)));
    }
    return closingSigmoid ? Activation.SIGMOID.forward(y) : y;
  }
}
