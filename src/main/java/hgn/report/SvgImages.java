package hgn.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.ImageIO;
import org.apache.batik.bridge.Bridge;
import org.apache.batik.bridge.BridgeContext;
import org.apache.batik.bridge.BridgeException;
import org.apache.batik.bridge.ErrorConstants;
import org.apache.batik.bridge.SVGImageElementBridge;
import org.apache.batik.gvt.AbstractGraphicsNode;
import org.apache.batik.gvt.GraphicsNode;
import org.apache.batik.util.ParsedURL;
import org.w3c.dom.Element;

/**
 * Images of an SVG at their own resolution, which Batik else samples at one pixel a point. Only
 * those inside the document.
 */
final class SvgImages extends SVGImageElementBridge {

  @Override
  public Bridge getInstance() {
    return new SvgImages();
  }

  @Override
  protected GraphicsNode createImageGraphicsNode(
      BridgeContext context, Element element, ParsedURL address) {
    try (InputStream in = address.openStream()) {
      BufferedImage image = "data".equals(address.getProtocol()) ? ImageIO.read(in) : null;
      if (image == null) {
        throw new IOException("an image that is not inside the document, or of unknown format");
      }
      Pixelated node = new Pixelated(image);
      float[] view = {0, 0, image.getWidth(), image.getHeight()};
      initializeViewport(context, element, node, view, getImageBounds(context, element));
      return node;
    } catch (IOException e) {
      throw new BridgeException(
          context, element, e, ErrorConstants.ERR_URI_IO, new Object[] {"image", e.getMessage()});
    }
  }

  /** An image whose pixels are squares. */
  private static final class Pixelated extends AbstractGraphicsNode {
    private final BufferedImage image;

    Pixelated(BufferedImage image) {
      this.image = image;
    }

    @Override
    public void primitivePaint(Graphics2D g) {
      g.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
      g.drawImage(image, 0, 0, null);
    }

    @Override
    public Rectangle2D getPrimitiveBounds() {
      return new Rectangle2D.Double(0, 0, image.getWidth(), image.getHeight());
    }

    @Override
    public Rectangle2D getGeometryBounds() {
      return getPrimitiveBounds();
    }

    @Override
    public Rectangle2D getSensitiveBounds() {
      return getPrimitiveBounds();
    }

    @Override
    public Shape getOutline() {
      return getPrimitiveBounds();
    }
  }
}
