package hgn.models;

import ai.djl.ndarray.types.Shape;
import hgn.nn.Activation;
import hgn.nn.Blueprint;
import hgn.nn.Blueprints;
import hgn.nn.Layer;
import hgn.nn.Layout;
import hgn.nn.Reshape;
import java.util.ArrayList;
import java.util.List;

/** The convolutions that read frames, shared by HGN and by HNN (conv). */
final class Encoders {
  /** Side of the paper's spatial latent, and of what a decoder starts from. */
  static final int LATENT_SIZE = 4;

  /** Channels of the paper's encoder's last layer (§A.1). */
  static final int PAPER_CHANNELS = 48;

  private static final int FILTERS = 64;

  /** Layers of the paper's encoder that halve the image. Not stated: early enough to be cheap. */
  private static final List<Integer> PAPER_STRIDES = List.of(1, 3, 5);

  private Encoders() {}

  /** Eight convolutions: 32, six times 64, 48 filters (§A.1), to [48, 4, 4]. */
  static Blueprint<Layer> paper(Layout layout, int frames, int imageSize) {
    List<Blueprint<Layer>> layers = new ArrayList<>();
    int extraHalvings = HgnSpec.doublings(imageSize) - PAPER_STRIDES.size();
    int in = 3 * frames;
    for (int i = 0; i < 8; i++) {
      int out = i == 0 ? 32 : i == 7 ? PAPER_CHANNELS : FILTERS;
      boolean halves = PAPER_STRIDES.contains(i) || (i == 0 && extraHalvings > 0);
      layers.add(Blueprints.conv3(layout, "encoder." + i, in, out, halves ? 2 : 1, Math.sqrt(2)));
      layers.add(Blueprints.fixed(Activation.RELU));
      in = out;
    }
    return Blueprints.chain(layers);
  }

  /** Strided convolutions, five of them in the usual shape, to a vector of {@link #features}. */
  static Blueprint<Layer> compact(Layout layout, int frames, int imageSize, CompactShape shape) {
    List<Blueprint<Layer>> layers = new ArrayList<>();
    double gain = Blueprints.gainBefore(shape.encoderActivation());
    int in = 3 * frames;
    for (int i = 0; i < shape.encoder().size() * shape.encoderDepth(); i++) {
      boolean halves = i % shape.encoderDepth() == 0;
      int out = shape.encoder().get(i / shape.encoderDepth());
      layers.add(Blueprints.conv3(layout, "encoder." + i, in, out, halves ? 2 : 1, gain));
      layers.add(Blueprints.fixed(shape.encoderActivation()));
      in = out;
    }
    int size = side(imageSize, shape);
    layers.add(
        Blueprints.fixed(
            new Reshape(new Shape(in, size, size), new Shape(features(imageSize, shape)))));
    return Blueprints.chain(layers);
  }

  /** Length of the compact encoder's vector. */
  static int features(int imageSize, CompactShape shape) {
    int size = side(imageSize, shape);
    return shape.encoder().get(shape.encoder().size() - 1) * size * size;
  }

  /** Side of the last image; a convolution of stride 2 leaves ⌈n / 2⌉ of n. */
  private static int side(int imageSize, CompactShape shape) {
    int size = imageSize;
    for (int i = 0; i < shape.encoder().size(); i++) {
      size = (size + 1) / 2;
    }
    return size;
  }

  /** A linear map from a vector to what a decoder starts from, [channels, 4, 4]. */
  static Blueprint<Layer> stem(Layout layout, int in, int channels) {
    int cells = LATENT_SIZE * LATENT_SIZE;
    return Blueprints.chain(
        List.of(
            Blueprints.dense(layout, "decoder.stem", in, channels * cells, 1),
            Blueprints.fixed(
                new Reshape(
                    new Shape((long) channels * cells),
                    new Shape(channels, LATENT_SIZE, LATENT_SIZE)))));
  }
}
