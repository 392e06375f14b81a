package hgn.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Joint;
import hgn.nn.Activation;
import hgn.nn.Blueprint;
import hgn.nn.Blueprints;
import hgn.nn.EnergyNet;
import hgn.nn.Layer;
import hgn.nn.Layout;
import hgn.nn.Reshape;
import java.util.List;
import java.util.function.UnaryOperator;

/** Declares the weights of a PixelHNN and binds them: the numbers of §A.3. */
public final class HnnBlueprint implements ModelBlueprint<Hnn> {
  /** §A.3: units of every hidden layer. */
  static final int UNITS = 200;

  private static final int DECODER_FILTERS = 64;

  private final HnnSpec spec;
  private final Layout layout = new Layout();
  private final Blueprint<Layer> encoder;
  private final Blueprint<Joint> hamiltonian;
  private final Blueprint<UnaryOperator<NDArray>> decoder;

  /**
   * Declares all weights.
   *
   * @param spec which PixelHNN
   */
  public HnnBlueprint(HnnSpec spec) {
    this.spec = spec;
    int latent = 2 * spec.coordinates();
    encoder = encoder(latent);
    hamiltonian = energy(layout, latent);
    decoder = decoder(latent);
  }

  /** Spec of the PixelHNN. */
  public HnnSpec spec() {
    return spec;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Hnn bind(Layout.Weights weights) {
    return new Hnn(spec, encoder.bind(weights), hamiltonian.bind(weights), decoder.bind(weights));
  }

  /** §A.3: tanh, two hidden layers of 200 units, one output. */
  static Blueprint<Joint> energy(Layout layout, int latent) {
    Blueprint<Layer> network =
        Blueprints.mlp(layout, "energy", Activation.TANH, 1, latent, UNITS, UNITS, 1);
    return weights -> new Joint(new EnergyNet(network.bind(weights), new Shape(1), 0));
  }

  private Blueprint<Layer> encoder(int latent) {
    int size = spec.imageSize();
    return switch (spec.coder()) {
      case PERCEPTRON ->
          Blueprints.chain(
              List.of(
                  Blueprints.fixed(new Reshape(image(), new Shape(image().size()))),
                  Blueprints.mlp(
                      layout,
                      "encoder",
                      Activation.RELU,
                      1,
                      Math.toIntExact(image().size()),
                      UNITS,
                      UNITS,
                      UNITS,
                      latent)));
      case COMPACT ->
          Blueprints.chain(
              List.of(
                  Encoders.compact(layout, HnnSpec.PAIR, size, CompactShape.USUAL),
                  Blueprints.dense(
                      layout,
                      "encoder.head",
                      Encoders.features(size, CompactShape.USUAL),
                      latent,
                      1)));
      case PAPER -> {
        Shape cells =
            new Shape(Encoders.PAPER_CHANNELS, Encoders.LATENT_SIZE, Encoders.LATENT_SIZE);
        Shape flat = new Shape(cells.size());
        yield Blueprints.chain(
            List.of(
                Encoders.paper(layout, HnnSpec.PAIR, size),
                Blueprints.fixed(new Reshape(cells, flat)),
                Blueprints.dense(layout, "encoder.head", Math.toIntExact(flat.size()), latent, 1)));
      }
    };
  }

  private Blueprint<UnaryOperator<NDArray>> decoder(int latent) {
    if (spec.coder() == Coder.PERCEPTRON) {
      int pixels = Math.toIntExact(image().size());
      Blueprint<Layer> network =
          Blueprints.mlp(
              layout, "decoder", Activation.RELU, 1, latent, UNITS, UNITS, UNITS, pixels);
      Layer shaped = new Reshape(new Shape(pixels), image());
      return weights -> {
        Layer bound = network.bind(weights);
        return z -> shaped.forward(bound.forward(z));
      };
    }
    int channels = spec.coder() == Coder.COMPACT ? DECODER_FILTERS : HgnSpec.CHANNELS;
    Blueprint<Decoder> network =
        Decoder.declare(
            layout,
            Encoders.stem(layout, latent, channels),
            channels,
            Decoder.usual(HgnSpec.doublings(spec.imageSize())),
            true,
            false,
            Math.toIntExact(image().get(0)),
            false);
    return weights -> network.bind(weights)::forward;
  }

  private Shape image() {
    return new Shape(3L * HnnSpec.PAIR, spec.imageSize(), spec.imageSize());
  }
}
