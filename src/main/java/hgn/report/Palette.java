package hgn.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Pictures with few colours, which are small. */
final class Palette {

  private Palette() {}

  /** The same picture with the 256 colours that suit it best, without dithering. */
  static BufferedImage indexed(BufferedImage image) {
    try {
      // ImageIO's GIF writer chooses a palette for an RGB image.
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "gif", bytes);
      return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // only memory is written
    }
  }
}
