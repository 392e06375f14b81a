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

  private static final int[] COMPACT = {64, 64, 128, 128, 128};

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

  /** Five strided convolutions, to a vector of {@link #compactFeatures}. */
  static Blueprint<Layer> compact(Layout layout, int frames, int imageSize) {
    List<Blueprint<Layer>> layers = new ArrayList<>();
    int in = 3 * frames;
    for (int i = 0; i < COMPACT.length; i++) {
      int out = COMPACT[i];
      layers.add(Blueprints.conv3(layout, "encoder." + i, in, out, 2, Math.sqrt(2)));
      layers.add(Blueprints.fixed(Activation.RELU));
      in = out;
    }
    int size = imageSize >> COMPACT.length;
    layers.add(
        Blueprints.fixed(
            new Reshape(new Shape(in, size, size), new Shape(compactFeatures(imageSize)))));
    return Blueprints.chain(layers);
  }

  /** Length of the compact encoder's vector. */
  static int compactFeatures(int imageSize) {
    int size = imageSize >> COMPACT.length;
    return COMPACT[COMPACT.length - 1] * size * size;
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
