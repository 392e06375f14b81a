package hgn.report;

import hgn.io.Text;
import hgn.results.Grid2D;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.List;

/**
 * Numbers in [0, 1] to colours.
 *
 * @param nodes evenly spaced colours as 0xRRGGBB, interpolated linearly
 */
public record ColorMap(List<Integer> nodes) {
  /** As many as a byte tells apart: fields are stored as a byte a point. */
  private static final int LEVELS = 256;

  /** Perceptually uniform, dark to bright; by S. van der Walt and N. Smith (2015). */
  public static final ColorMap VIRIDIS =
      of(
          0x440154, 0x481567, 0x482677, 0x453781, 0x404788, 0x39568C, 0x33638D, 0x2D708E, 0x287D8E,
          0x238A8D, 0x1F968B, 0x20A387, 0x29AF7F, 0x3CBB75, 0x55C667, 0x73D055, 0x95D840, 0xB8DE29,
          0xDCE319, 0xFDE725);

  /**
   * Blue through white to red, for values about zero. Perceptually uniform: two straight lines in
   * the Oklab colour space, from L = 0.42, C = 0.13 at hues of 255° and 28° to L = 0.97.
   */
  public static final ColorMap DIVERGING =
      of(
          0x0B4C92, 0x2F619F, 0x4B76AC, 0x668AB9, 0x829FC5, 0x9EB4D1, 0xBACADE, 0xD7DFE9, 0xF5F5F5,
          0xE9DBD8, 0xDDC1BC, 0xD0A7A1, 0xC28E86, 0xB4756C, 0xA55C53, 0x96433A, 0x862721);

  /** White to dark blue, ColorBrewer's Blues: densities and counts, where nothing is white. */
  public static final ColorMap BLUES =
      of(0xFFFFFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B);

  /** Keeps its own copy. */
  public ColorMap {
    nodes = List.copyOf(nodes);
    if (nodes.size() < 2) {
      throw new IllegalArgumentException(
          Text.of("a colour map of %d nodes, expected at least 2", nodes.size()));
    }
  }

  private static ColorMap of(Integer... nodes) {
    return new ColorMap(List.of(nodes));
  }

  /**
   * The colour of a number.
   *
   * @param u the number; outside [0, 1] it is clamped, NaN is a light grey
   * @return its colour
   */
  public Color at(double u) {
    if (Double.isNaN(u)) {
      return Style.GRID;
    }
    double place = Math.max(0, Math.min(1, u)) * (nodes.size() - 1);
    int below = Math.min((int) place, nodes.size() - 2);
    double share = place - below;
    int a = nodes.get(below);
    int b = nodes.get(below + 1);
    return new Color(mix(a >> 16, b >> 16, share), mix(a >> 8, b >> 8, share), mix(a, b, share));
  }

  private static int mix(int a, int b, double share) {
    return (int) Math.round((a & 0xff) * (1 - share) + (b & 0xff) * share);
  }

  /** A field's colours, a pixel a grid point, the last row of the grid above. */
  BufferedImage image(Grid2D grid, double low, double high) {
    int columns = grid.x().length;
    int rows = grid.y().length;
    BufferedImage image =
        new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_INDEXED, indexed());
    for (int j = 0; j < rows; j++) {
      for (int i = 0; i < columns; i++) {
        double value = grid.values()[rows - 1 - j][i];
        double u = Math.max(0, Math.min(1, (value - low) / (high - low)));
        int level = Double.isNaN(value) ? LEVELS - 1 : (int) Math.round(u * (LEVELS - 2));
        image.getRaster().setSample(i, j, 0, level);
      }
    }
    return image;
  }

  /** All colours, a pixel each, the largest number above. */
  BufferedImage bar() {
    BufferedImage image =
        new BufferedImage(1, LEVELS - 1, BufferedImage.TYPE_BYTE_INDEXED, indexed());
    for (int level = 0; level < LEVELS - 1; level++) {
      image.getRaster().setSample(0, LEVELS - 2 - level, 0, level);
    }
    return image;
  }

  /** All levels, and the last one for what has no value. */
  private IndexColorModel indexed() {
    int[] colors = new int[LEVELS];
    for (int level = 0; level < LEVELS - 1; level++) {
      colors[level] = at(level / (LEVELS - 2.0)).getRGB();
    }
    colors[LEVELS - 1] = at(Double.NaN).getRGB();
    return new IndexColorModel(Byte.SIZE, LEVELS, colors, 0, false, -1, DataBuffer.TYPE_BYTE);
  }
}
