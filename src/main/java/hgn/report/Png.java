package hgn.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Pictures as PNG, as small as they get without a difference that could be seen. */
public final class Png {
  /** Largest error of a colour that a palette may bring, in 255ths a channel. */
  static final int TOLERANCE = 2;

  private static final int PALETTE = 256;
  private static final String FORMAT = "javax_imageio_png_1.0";

  private Png() {}

  /**
   * The picture with a palette of at most 256 colours where no channel of any pixel is further than
   * 2/255 from its own; else in full colour, with channels that are off by at most 1/255, which a
   * third fewer bytes hold.
   *
   * @param image an opaque picture
   */
  public static BufferedImage reduced(BufferedImage image) {
    if (image.getColorModel() instanceof IndexColorModel || image.getColorModel().hasAlpha()) {
      return image;
    }
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int rgb : pixels) {
      counts.merge(rgb, 1, Integer::sum);
    }
    Map<Integer, Integer> index = byFrequency(counts);
    if (index.isEmpty()) {
      index = byCells(counts);
    }
    return index.isEmpty() ? coarser(image, pixels) : indexed(image, pixels, index);
  }

  /**
   * A picture as a PNG file: reduced, compressed as far as deflate goes.
   *
   * @param image the picture
   * @param title kept as the file's title; empty for none
   * @param description kept as its description; empty for none
   */
  public static byte[] encode(BufferedImage image, String title, String description) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      BufferedImage small = reduced(image);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0);
      IIOMetadata metadata =
          writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(small), param);
      IIOMetadataNode root = new IIOMetadataNode(FORMAT);
      text(root, "Title", title);
      text(root, "Description", description);
      metadata.mergeTree(FORMAT, root);
      writer.setOutput(out);
      writer.write(null, new IIOImage(small, List.of(), metadata), param);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("could not encode '%s' as PNG".formatted(title), e);
    } finally {
      writer.dispose();
    }
  }

  /** As tEXt where its alphabet suffices, else as iTXt, which is UTF-8. */
  private static void text(IIOMetadataNode root, String keyword, String value) {
    if (value.isBlank()) {
      return;
    }
    boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(value);
    IIOMetadataNode entry = new IIOMetadataNode(latin ? "tEXtEntry" : "iTXtEntry");
    entry.setAttribute("keyword", keyword);
    if (latin) {
      entry.setAttribute("value", value);
    } else {
      entry.setAttribute("compressionFlag", "FALSE");
      entry.setAttribute("compressionMethod", "0");
      entry.setAttribute("languageTag", "en");
      entry.setAttribute("translatedKeyword", keyword);
      entry.setAttribute("text", value);
    }
    IIOMetadataNode chunk = new IIOMetadataNode(latin ? "tEXt" : "iTXt");
    chunk.appendChild(entry);
    root.appendChild(chunk);
  }

  /** The commonest colours exact, the others as one of them; empty where that takes too many. */
  private static Map<Integer, Integer> byFrequency(Map<Integer, Integer> counts) {
    List<Integer> colors =
        counts.keySet().stream()
            .sorted(
                (a, b) ->
                    counts.get(a).equals(counts.get(b))
                        ? Integer.compare(a, b)
                        : Integer.compare(counts.get(b), counts.get(a)))
            .toList();
    int[] palette = new int[PALETTE];
    int size = 0;
    boolean exact = colors.size() <= PALETTE;
    Map<Integer, Integer> index = new HashMap<>();
    for (int color : colors) {
      int entry = exact ? -1 : near(palette, size, color);
      if (entry < 0) {
        if (size == PALETTE) {
          return Map.of();
        }
        palette[size++] = color;
        entry = color;
      } else {
        entry = palette[entry];
      }
      index.put(color, entry);
    }
    return index;
  }

  private static int near(int[] palette, int size, int color) {
    for (int i = 0; i < size; i++) {
      if (distance(palette[i], color) <= TOLERANCE) {
        return i;
      }
    }
    return -1;
  }

  /** Every colour as the middle of its cell; empty where too many cells are occupied. */
  private static Map<Integer, Integer> byCells(Map<Integer, Integer> counts) {
    Map<Integer, Integer> index = new LinkedHashMap<>();
    counts.keySet().forEach(rgb -> index.put(rgb, middle(rgb, TOLERANCE)));
    return index.values().stream().distinct().count() <= PALETTE ? index : Map.of();
  }

  private static int middle(int rgb, int tolerance) {
    int cell = 2 * tolerance + 1;
    int out = 0xff;
    for (int shift = 16; shift >= 0; shift -= Byte.SIZE) {
      out = out << Byte.SIZE | ((rgb >> shift & 0xff) + tolerance) / cell * cell;
    }
    return out;
  }

  private static BufferedImage coarser(BufferedImage image, int... pixels) {
    BufferedImage out =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    int[] middles = Arrays.stream(pixels).map(rgb -> middle(rgb, 1)).toArray();
    out.setRGB(0, 0, image.getWidth(), image.getHeight(), middles, 0, image.getWidth());
    return out;
  }

  /** The largest difference of a channel. */
  static int distance(int a, int b) {
    int largest = 0;
    for (int shift = 16; shift >= 0; shift -= Byte.SIZE) {
      largest = Math.max(largest, Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)));
    }
    return largest;
  }

  private static BufferedImage indexed(
      BufferedImage image, int[] pixels, Map<Integer, Integer> index) {
    int[] palette = index.values().stream().mapToInt(c -> c).distinct().sorted().toArray();
    IndexColorModel colors =
        new IndexColorModel(Byte.SIZE, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage out =
        new BufferedImage(
            image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colors);
    int[] levels = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      levels[i] = Arrays.binarySearch(palette, index.get(pixels[i]));
    }
    out.getRaster().setPixels(0, 0, image.getWidth(), image.getHeight(), levels);
    return out;
  }
}
