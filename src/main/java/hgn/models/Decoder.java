package hgn.models;

import ai.djl.ndarray.NDArray;
import hgn.nn.Activation;
import hgn.nn.Blueprint;
import hgn.nn.Blueprints;
import hgn.nn.ChannelsLast;
import hgn.nn.Layer;
import hgn.nn.Layout;
import hgn.nn.ResidualDoubling;
import hgn.nn.SpaceToDepth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * §A.1's progressive decoder: residual doublings from 4 × 4 to the image, a last convolution, one
 * sigmoid.
 *
 * @param stem see {@link #declare}
 * @param blocks each of which doubles the image
 * @param last convolution
 * @param blocky see {@link #declare}
 */
record Decoder(Layer stem, List<ResidualDoubling> blocks, Layer last, boolean blocky) {
  private static final int FILTERS = 64;
  private static final SpaceToDepth BLOCKS = new SpaceToDepth();

  /**
   * Declares a decoder.
   *
   * @param layout where its weights are declared
   * @param stem from a latent to [channels, 4, 4]; null where the latent is that already
   * @param channels of the stem's output
   * @param filters of each block, which doubles the image
   * @param residual whether each block carries its input around its convolutions
   * @param sigmoidInBlocks see {@link HgnSpec}
   * @param planes of the image: 3, or 6 for two frames at once
   * @param blocky whether the last convolution paints blocks of 2 × 2 pixels
   */
  static Blueprint<Decoder> declare(
      Layout layout,
      Blueprint<Layer> stem,
      int channels,
      List<Integer> filters,
      boolean residual,
      boolean sigmoidInBlocks,
      int planes,
      boolean blocky) {
    List<Blueprint<ResidualDoubling>> blocks = new ArrayList<>();
    int in = channels;
    for (int i = 0; i < filters.size(); i++) {
      int out = filters.get(i);
      blocks.add(
          ResidualDoubling.declare(
              layout, "decoder." + i, in, out, residual, sigmoidInBlocks, true));
      in = out;
    }
    Blueprint<Layer> last =
        Blueprints.conv3(layout, "decoder.last", in, blocky ? 4 * planes : planes, 1, 1);
    return weights ->
        new Decoder(
            stem == null ? null : stem.bind(weights),
            blocks.stream().map(block -> block.bind(weights)).toList(),
            last.bind(weights),
            blocky);
  }

  /** §A.1's filters: 64 in every block. */
  static List<Integer> usual(int doublings) {
    return Collections.nCopies(doublings, FILTERS);
  }

  NDArray forward(NDArray q) {
    NDArray y = ChannelsLast.of(stem == null ? q : stem.forward(q));
    for (ResidualDoubling block : blocks) {
      y = block.forward(y);
    }
    y = last.forward(y);
    // Four channels of a pixel are laid out as a block of 2 × 2 (Shi et al., 2016).
    return Activation.SIGMOID.forward(blocky ? BLOCKS.pullback(y, y) : y);
  }
}
