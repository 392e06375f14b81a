package hgn.nn;

import java.util.ArrayList;
import java.util.List;

/** Declares the usual networks in a layout. */
public final class Blueprints {
  private static final double RELU_GAIN = Math.sqrt(2);

  private Blueprints() {}

  /**
   * A dense layer.
   *
   * @param layout where its weights are declared
   * @param name prefix of their names
   * @param in inputs
   * @param out outputs
   * @param gain see {@link Init#scaled}
   */
  public static Blueprint<Layer> dense(Layout layout, String name, int in, int out, double gain) {
    Layout.Slot weight = layout.add(name + ".weight", Init.scaled(in, gain), out, in);
    Layout.Slot bias = layout.add(name + ".bias", Init.ZERO, out);
    return weights -> new Dense(weights.get(weight), weights.get(bias));
  }

  /**
   * A convolution.
   *
   * @param layout where its weights are declared
   * @param name prefix of their names
   * @param in input channels
   * @param out output channels
   * @param kernel width of the square kernel
   * @param stride step between output pixels
   * @param padding zeros on every side
   * @param gain see {@link Init#scaled}
   */
  public static Blueprint<Layer> convolution(
      Layout layout,
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int padding,
      double gain) {
    Layout.Slot weight =
        layout.add(
            name + ".weight",
            Init.scaled((long) in * kernel * kernel, gain),
            out,
            in,
            kernel,
            kernel);
    Layout.Slot bias = layout.add(name + ".bias", Init.ZERO, out);
    return weights -> new Convolution(weights.get(weight), weights.get(bias), stride, padding);
  }

  /** A 3 × 3 convolution that keeps the size, or halves it with stride 2. */
  public static Blueprint<Layer> conv3(
      Layout layout, String name, int in, int out, int stride, double gain) {
    return convolution(layout, name, in, out, 3, stride, 1, gain);
  }

  /**
   * A multilayer perceptron with a linear end.
   *
   * @param layout where its weights are declared
   * @param name prefix of their names
   * @param activation between the layers
   * @param lastGain gain of the last layer: below 1 to start near zero
   * @param sizes units of every layer, inputs and outputs included
   */
  public static Blueprint<Layer> mlp(
      Layout layout, String name, Activation activation, double lastGain, int... sizes) {
    List<Blueprint<Layer>> layers = new ArrayList<>();
    for (int i = 0; i + 1 < sizes.length; i++) {
      boolean last = i + 2 == sizes.length;
      double gain = last ? lastGain : gainBefore(activation);
      layers.add(dense(layout, name + "." + i, sizes[i], sizes[i + 1], gain));
      if (!last) {
        layers.add(fixed(activation));
      }
    }
    return chain(layers);
  }

  /** A layer without weights. */
  public static Blueprint<Layer> fixed(Layer layer) {
    return weights -> layer;
  }

  /** Blueprints one after another. */
  public static Blueprint<Layer> chain(List<Blueprint<Layer>> layers) {
    List<Blueprint<Layer>> copy = List.copyOf(layers);
    return weights -> new Chain(copy.stream().map(layer -> layer.bind(weights)).toList());
  }

  /**
   * The gain that keeps the variance through an activation: √2 for the half that a ReLU passes, 2
   * for a soft-plus or a swish, whose slope at 0 is ½. With 1, an energy of three such layers
   * starts so flat that momenta move nothing and their encoder gets no gradient.
   */
  public static double gainBefore(Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU -> RELU_GAIN;
      case SOFTPLUS, SWISH -> 2;
      case TANH, SIGMOID -> 1;
    };
  }
}
