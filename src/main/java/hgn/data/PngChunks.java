package hgn.data;

import hgn.io.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Chunks of a PNG file and their checksums. Java reads a picture of whatever format under whatever
 * name, takes a damaged header for a whole one, and shows the first picture of an animation.
 */
final class PngChunks {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int HEADER = 0x49484452;
  private static final int END = 0x49454E44;
  private static final int ANIMATION = 0x6163544C;

  private PngChunks() {}

  /**
   * Checks the chunks without which there is no picture.
   *
   * @return width and height
   * @throws IOException saying what is wrong
   */
  static int[] size(byte... png) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(png);
    if (png.length < 8 || in.getLong() != SIGNATURE) {
      throw new IOException("it is of another format");
    }
    int[] size = null;
    while (in.remaining() >= 12) {
      int length = in.getInt();
      int from = in.position();
      int type = in.getInt();
      if (length < 0 || length > in.remaining() - 4) {
        throw new IOException("it was only half written");
      }
      CRC32 crc = new CRC32();
      crc.update(png, from, 4 + length);
      boolean needed = png[from] >= 'A' && png[from] <= 'Z';
      if (needed && (int) crc.getValue() != in.getInt(from + 4 + length)) {
        throw new IOException(Text.of("checksum of its %s does not match", name(png, from)));
      }
      if (type == ANIMATION) {
        throw new IOException("it is an animation");
      }
      if (type == HEADER && length >= 8) {
        size = new int[] {in.getInt(), in.getInt()};
      }
      if (type == END && size != null) {
        return size;
      }
      in.position(from + 4 + length + 4);
    }
    throw new IOException("it was only half written");
  }

  private static String name(byte[] png, int from) {
    return new String(png, from, 4, StandardCharsets.ISO_8859_1);
  }
}
