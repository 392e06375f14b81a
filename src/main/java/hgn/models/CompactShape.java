package hgn.models;

import hgn.io.Records;
import hgn.io.Records.Default;
import hgn.io.Text;
import hgn.nn.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sizes of the compact architecture: a vector latent, a strided convolutional encoder, energies as
 * perceptrons, a doubling decoder. None is the paper's.
 *
 * @param latent numbers in each of q and p
 * @param encoder filters of the encoder's blocks, each of which halves the image
 * @param encoderDepth convolutions of an encoder block, the first of stride 2
 * @param encoderActivation after each of them
 * @param contrast factor of (frame − c) before the encoder, c an image that is learned and starts
 *     as the mean of the training films; the decoder then starts at its mean colour. 0 for frames
 *     as they are
 * @param decoder filters of the decoder's blocks, each of which doubles the image from 4 × 4 on;
 *     larger images repeat the first
 * @param blocky whether the last convolution paints blocks of 2 × 2 pixels: the decoder then
 *     doubles once less
 * @param stemUnits units of a hidden layer between q and what the decoder starts from; 0 for none
 * @param residual whether a decoder block carries its input around its two convolutions
 * @param energyLayers hidden layers of the kinetic and of the potential energy
 * @param energyUnits units of each
 * @param energyActivation between them
 * @param plainKinetic whether T(p) = ½|p|² without a network: where the latent may choose its
 *     coordinates, no more is lost than a dependence of the masses on p
 * @param identity whether f_ψ starts as the identity and a small correction, so that the encoder's
 *     gradient does not have to pass a random map first
 */
public record CompactShape(
    int latent,
    List<Integer> encoder,
    int encoderDepth,
    Activation encoderActivation,
    @Default("0.0") double contrast,
    List<Integer> decoder,
    @Default("false") boolean blocky,
    int stemUnits,
    boolean residual,
    int energyLayers,
    int energyUnits,
    Activation energyActivation,
    boolean plainKinetic,
    @Default("false") boolean identity) {

  /** 16 + 16 latent numbers, energies of 3 × 200 soft-plus. Not stated: found by trial. */
  public static final CompactShape USUAL =
      new CompactShape(
          HgnSpec.CHANNELS,
          List.of(64, 64, 128, 128, 128),
          1,
          Activation.RELU,
          0,
          List.of(64, 64, 64),
          false,
          0,
          true,
          3,
          200,
          Activation.SOFTPLUS,
          false,
          false);

  /**
   * Half the step of {@link #USUAL}: narrower, and it paints blocks of 2 × 2 pixels. The quick
   * budget's.
   */
  public static final CompactShape LEAN =
      new CompactShape(
          HgnSpec.CHANNELS,
          List.of(32, 48, 64, 64),
          1,
          Activation.RELU,
          4,
          List.of(48, 48),
          true,
          128,
          true,
          3,
          128,
          Activation.SOFTPLUS,
          false,
          true);

  /**
   * HGN++ (Higgins et al., 2021, arXiv:2111.05986, and their published configuration): 16 + 16
   * latent numbers, three blocks of two convolutions of 64 on either side with leaky ReLU, energies
   * of five layers of 250 with swish, the last one linear. No residuals.
   */
  public static final CompactShape PLUS_PLUS =
      new CompactShape(
          16,
          List.of(64, 64, 64),
          2,
          Activation.LEAKY_RELU,
          0,
          List.of(64, 64, 64),
          false,
          0,
          false,
          4,
          250,
          Activation.SWISH,
          false,
          false);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public CompactShape {
    require("latent size", latent, 1);
    require("convolutions of an encoder block", encoderDepth, 1);
    require("encoder blocks", encoder.size(), 1);
    require("decoder blocks", decoder.size(), 1);
    encoder.forEach(filters -> require("filters of an encoder block", filters, 1));
    decoder.forEach(filters -> require("filters of a decoder block", filters, 1));
    require("units of the decoder's stem", stemUnits, 0);
    require("hidden layers of an energy", energyLayers, 1);
    require("units of an energy", energyUnits, 1);
    if (!(contrast >= 0) || Double.isInfinite(contrast)) {
      throw new IllegalArgumentException("contrast %s, expected at least 0".formatted(contrast));
    }
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
  }

  private static void require(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          Text.of("%s: %d, expected at least %d", name, value, least));
    }
  }

  /** The same with another number of latent positions and momenta. */
  public CompactShape withLatent(int size) {
    return Records.with(this, "latent", size);
  }

  /** Filters of a decoder that doubles so often. */
  List<Integer> decoder(int doublings) {
    List<Integer> filters = new ArrayList<>(decoder);
    while (filters.size() < doublings) {
      filters.add(0, decoder.get(0));
    }
    return filters.subList(filters.size() - doublings, filters.size());
  }

  /** Units of an energy, inputs and output included. */
  int[] energy(int inputs) {
    int[] sizes = new int[energyLayers + 2];
    Arrays.fill(sizes, energyUnits);
    sizes[0] = inputs;
    sizes[sizes.length - 1] = 1;
    return sizes;
  }
}
