package hgn.models;

import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.Joint;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Separable;
import hgn.nn.Activation;
import hgn.nn.Blueprint;
import hgn.nn.Blueprints;
import hgn.nn.Convolution;
import hgn.nn.Dense;
import hgn.nn.EnergyNet;
import hgn.nn.Init;
import hgn.nn.Layer;
import hgn.nn.Layout;
import hgn.nn.Quadratic;
import hgn.nn.SpaceToDepth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Declares the weights of an HGN and binds them: the numbers of §A.1 and of the compact shape. */
public final class HgnBlueprint implements ModelBlueprint<Hgn> {
  private static final int LATENT_SIZE = 4;
  private static final int FILTERS = 64;

  private static final int PAPER_Z = Encoders.PAPER_CHANNELS;

  private static final int COMPACT_TRANSFORM_UNITS = 128;

  /**
   * Gain of an energy's last layer. Not stated: with 0.1 the energies' gradients begin at 1e-9 a
   * weight, below Adam's usual ε, and the potential does not move for hundreds of steps.
   */
  private static final double ENERGY_GAIN = 1;

  /** Beside a quadratic the network starts as a small correction. */
  private static final double GAIN_BESIDE_QUADRATIC = 0.1;

  /**
   * Gain of the posterior's mean. Not stated: films differ little in an untrained encoder's
   * features, and a state must stand out from the noise that is added to it.
   */
  private static final double MEAN_GAIN = 5;

  /**
   * Scale of last weights that start as a small correction: the decoder's beside the mean colour,
   * f_ψ's beside the identity. Not stated.
   */
  private static final float FAINT = 0.3f;

  private final HgnSpec spec;
  private final double contrast;
  private final Layout layout = new Layout();
  private final Integrator integrator;
  private final Blueprint<Layer> encoder;
  private final Layout.Slot centre;
  private final Blueprint<Layer> meanHead;
  private final Blueprint<Layer> logVarianceHead;
  private final Blueprint<Layer> transform;
  private final Blueprint<? extends Hamiltonian> hamiltonian;
  private final Blueprint<Decoder> decoder;

  /**
   * Declares all weights.
   *
   * @param spec which HGN
   */
  public HgnBlueprint(HgnSpec spec) {
    this.spec = spec;
    integrator = Integrators.named(spec.integrator());
    boolean compact = spec.architecture() == Architecture.COMPACT;
    int size = spec.imageSize();
    contrast = compact ? spec.compact().contrast() : 0;
    centre = contrast == 0 ? null : layout.add("encoder.centre", Init.ZERO, 3, size, size);
    encoder =
        compact
            ? Encoders.compact(layout, spec.contextFrames(), spec.imageSize(), spec.compact())
            : Encoders.paper(layout, spec.contextFrames(), spec.imageSize());
    int features = compact ? Encoders.features(spec.imageSize(), spec.compact()) : PAPER_Z;
    int z = latentChannels(spec);
    meanHead = head("encoder.mean", features, z, compact, new Init(0, 0));
    logVarianceHead =
        head("encoder.logVariance", features, z, compact, new Init(spec.logVariance(), 0));
    transform = !spec.transform() ? null : compact ? compactTransform() : paperTransform();
    hamiltonian = spec.separable() ? separable() : joint();
    decoder =
        Decoder.declare(
            layout,
            compact ? compactStem() : null,
            compact ? decoderFilters().get(0) : spec.channels(),
            decoderFilters(),
            !compact || spec.compact().residual(),
            spec.sigmoidInBlocks(),
            3,
            compact && spec.compact().blocky());
  }

  private List<Integer> decoderFilters() {
    if (spec.architecture() == Architecture.PAPER) {
      return Decoder.usual(spec.doublings());
    }
    CompactShape shape = spec.compact();
    return shape.decoder(spec.doublings() - (shape.blocky() ? 1 : 0));
  }

  /**
   * Initial weights of a model that knows what films look like on average.
   *
   * @param seed of the random ones
   * @param meanOfFilms of the training films, [3, size, size] row by row; asked for where the spec
   *     has a contrast
   */
  public float[] initial(long seed, Supplier<float[]> meanOfFilms) {
    float[] weights = layout.initial(seed);
    if (spec.startsAsIdentity()) {
      transformAsIdentity(weights);
    }
    if (centre == null) {
      return weights;
    }
    float[] meanImage = meanOfFilms.get();
    System.arraycopy(meanImage, 0, weights, centre.offset(), centre.size());
    for (Layout.Slot slot : layout.slots()) {
      if (slot.name().equals("decoder.last.weight")) {
        for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
          weights[i] *= FAINT;
        }
      } else if (slot.name().equals("decoder.last.bias")) {
        int area = meanImage.length / 3;
        for (int i = 0; i < slot.size(); i++) {
          int plane = i * 3 / slot.size();
          double sum = 0;
          for (int j = plane * area; j < (plane + 1) * area; j++) {
            sum += meanImage[j];
          }
          double mean = Math.min(0.99, Math.max(0.01, sum / area));
          weights[slot.offset() + i] = (float) Math.log(mean / (1 - mean));
        }
      }
    }
    return weights;
  }

  /**
   * Makes f_ψ the identity and a small correction: x = relu(x) − relu(−x) in as many pairs of units
   * as there are numbers, which only they read; the rest of the units is random as ever.
   */
  private void transformAsIdentity(float[] weights) {
    int state = 2 * spec.channels();
    for (Layout.Slot slot : layout.slots()) {
      if (slot.name().matches("transform\\.[012]\\.weight")) {
        int in = (int) slot.shape().get(1);
        char layer = slot.name().charAt("transform.".length());
        for (int i = 0; i < slot.size(); i++) {
          int row = i / in;
          int column = i % in;
          boolean pairs = layer == '2' ? column < 2 * state : row < 2 * state;
          float one =
              switch (layer) {
                case '0' -> row == column ? 1 : row == column + state ? -1 : 0;
                case '1' -> row == column ? 1 : 0;
                default -> column == row ? 1 : column == row + state ? -1 : 0;
              };
          float other =
              layer == '2' ? FAINT * weights[slot.offset() + i] : weights[slot.offset() + i];
          weights[slot.offset() + i] = pairs ? one : other;
        }
      }
    }
  }

  /** Spec of the HGN. */
  public HgnSpec spec() {
    return spec;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Hgn bind(Layout.Weights weights) {
    return new Hgn(
        spec,
        integrator,
        encoder.bind(weights),
        centre == null ? null : weights.get(centre),
        contrast,
        meanHead.bind(weights),
        logVarianceHead.bind(weights),
        transform == null ? null : transform.bind(weights),
        hamiltonian.bind(weights),
        decoder.bind(weights)::forward);
  }

  /**
   * The learned energy alone.
   *
   * @param weights of {@link #layout()}
   */
  public Hamiltonian energy(Layout.Weights weights) {
    return hamiltonian.bind(weights);
  }

  /**
   * Shape of z for one sequence.
   *
   * @return without the batch
   */
  public Shape latentShape() {
    return latentShape(spec);
  }

  static Shape latentShape(HgnSpec spec) {
    int z = latentChannels(spec);
    return spec.architecture() == Architecture.COMPACT
        ? new Shape(z)
        : new Shape(z, LATENT_SIZE, LATENT_SIZE);
  }

  private static int latentChannels(HgnSpec spec) {
    boolean wide = spec.architecture() == Architecture.PAPER && spec.transform();
    return wide ? PAPER_Z : 2 * spec.channels();
  }

  private Blueprint<Layer> head(String name, int in, int out, boolean dense, Init bias) {
    double gain = bias.mean() == 0 ? MEAN_GAIN : 0.1;
    Layout.Slot w =
        dense
            ? layout.add(name + ".weight", Init.scaled(in, gain), out, in)
            : layout.add(name + ".weight", Init.scaled(in, gain), out, in, 1, 1);
    Layout.Slot b = layout.add(name + ".bias", bias, out);
    return weights ->
        dense
            ? new Dense(weights.get(w), weights.get(b))
            : new Convolution(weights.get(w), weights.get(b), 1, 0);
  }

  /** Three convolutions of 64 filters with a linear end (§A.1). */
  private Blueprint<Layer> paperTransform() {
    return Blueprints.chain(
        List.of(
            Blueprints.conv3(layout, "transform.0", PAPER_Z, FILTERS, 1, Math.sqrt(2)),
            Blueprints.fixed(Activation.RELU),
            Blueprints.conv3(layout, "transform.1", FILTERS, FILTERS, 1, Math.sqrt(2)),
            Blueprints.fixed(Activation.RELU),
            Blueprints.conv3(layout, "transform.2", FILTERS, 2 * spec.channels(), 1, 1)));
  }

  private Blueprint<Layer> compactTransform() {
    int units = COMPACT_TRANSFORM_UNITS;
    int state = 2 * spec.channels();
    return Blueprints.mlp(layout, "transform", Activation.RELU, 1, state, units, units, state);
  }

  private Blueprint<Layer> compactStem() {
    CompactShape shape = spec.compact();
    int channels = decoderFilters().get(0);
    int units = shape.stemUnits();
    return units == 0
        ? Encoders.stem(layout, spec.channels(), channels)
        : Blueprints.chain(
            List.of(
                Blueprints.dense(layout, "decoder.hidden", spec.channels(), units, Math.sqrt(2)),
                Blueprints.fixed(Activation.LEAKY_RELU),
                Encoders.stem(layout, units, channels)));
  }

  private Blueprint<Separable> separable() {
    boolean plain = spec.architecture() == Architecture.COMPACT && spec.compact().plainKinetic();
    Blueprint<? extends ScalarField> kinetic =
        plain ? weights -> Quadratic.UNIT : energy("kinetic", spec.channels());
    Blueprint<EnergyNet> potential = energy("potential", spec.channels());
    return weights -> new Separable(kinetic.bind(weights), potential.bind(weights));
  }

  private Blueprint<Joint> joint() {
    Blueprint<EnergyNet> energy = energy("energy", 2 * spec.channels());
    return weights -> new Joint(energy.bind(weights));
  }

  private Blueprint<EnergyNet> energy(String name, int in) {
    double gain = spec.quadratic() ? GAIN_BESIDE_QUADRATIC : ENERGY_GAIN;
    if (spec.architecture() == Architecture.COMPACT) {
      CompactShape shape = spec.compact();
      Blueprint<Layer> network =
          Blueprints.mlp(layout, name, shape.energyActivation(), gain, shape.energy(in));
      return net(network, new Shape(1));
    }
    return spec.energy() == EnergyShape.FLAT
        ? net(flatEnergy(name, in, gain), new Shape(FILTERS, LATENT_SIZE, LATENT_SIZE))
        : net(pyramidEnergy(name, in, gain), new Shape(1, 1, 1));
  }

  private Blueprint<EnergyNet> net(Blueprint<Layer> network, Shape output) {
    double stiffness = spec.quadratic() ? 1 : 0;
    return weights -> new EnergyNet(network.bind(weights), output, stiffness);
  }

  private Blueprint<Layer> flatEnergy(String name, int in, double lastGain) {
    double gain = Blueprints.gainBefore(Activation.SOFTPLUS);
    List<Blueprint<Layer>> layers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int from = i == 0 ? in : FILTERS;
      layers.add(
          Blueprints.conv3(layout, name + "." + i, from, FILTERS, 1, i == 5 ? lastGain : gain));
      layers.add(Blueprints.fixed(Activation.SOFTPLUS));
    }
    return Blueprints.chain(layers);
  }

  /** 2 × 2 with stride 2 is a {@link SpaceToDepth} and a 1 × 1 convolution. */
  private Blueprint<Layer> pyramidEnergy(String name, int in, double lastGain) {
    double gain = Blueprints.gainBefore(Activation.SOFTPLUS);
    Blueprint<Layer> softplus = Blueprints.fixed(Activation.SOFTPLUS);
    Blueprint<Layer> halve = Blueprints.fixed(new SpaceToDepth());
    return Blueprints.chain(
        List.of(
            Blueprints.conv3(layout, name + ".0", in, 32, 1, gain),
            softplus,
            halve,
            Blueprints.convolution(layout, name + ".1", 4 * 32, FILTERS, 1, 1, 0, gain),
            softplus,
            Blueprints.convolution(layout, name + ".2", FILTERS, FILTERS, 2, 1, 1, gain),
            softplus,
            Blueprints.convolution(layout, name + ".3", FILTERS, FILTERS, 2, 1, 0, gain),
            softplus,
            halve,
            Blueprints.convolution(layout, name + ".4", 4 * FILTERS, 1, 1, 1, 0, lastGain)));
  }
}
