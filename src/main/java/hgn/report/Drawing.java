package hgn.report;

import hgn.io.UserError;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Dimension2D;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.batik.anim.dom.SAXSVGDocumentFactory;
import org.apache.batik.bridge.BridgeContext;
import org.apache.batik.bridge.BridgeException;
import org.apache.batik.bridge.DocumentLoader;
import org.apache.batik.bridge.EmbededExternalResourceSecurity;
import org.apache.batik.bridge.ExternalResourceSecurity;
import org.apache.batik.bridge.GVTBuilder;
import org.apache.batik.bridge.UserAgentAdapter;
import org.apache.batik.ext.awt.RenderingHintsKeyExt;
import org.apache.batik.gvt.GraphicsNode;
import org.apache.batik.util.ParsedURL;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A figure read back from its SVG, to be drawn by Batik to another output.
 *
 * @param name the file's stem
 * @param caption its description; empty where it has none
 * @param width in points
 * @param height in points
 * @param content what is drawn
 */
record Drawing(String name, String caption, double width, double height, GraphicsNode content) {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";

  /**
   * A file's drawing.
   *
   * @throws UserError if it cannot be read or is no whole SVG document
   */
  static Drawing read(Path file) {
    String stem = file.getFileName().toString().replaceFirst("\\.svg$", "");
    try {
      return of(stem, Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException | BridgeException e) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s is no whole SVG (%s): './workbook run' makes it again".formatted(file, reason(e)),
          e);
    }
  }

  /** A figure's drawing. */
  static Drawing of(Figure figure) {
    try {
      return of(figure.name(), figure.svg());
    } catch (IOException e) {
      throw new IllegalStateException(
          "the SVG of '%s' cannot be read back".formatted(figure.name()), e);
    }
  }

  private static Drawing of(String name, String svg) throws IOException {
    Document document = new SAXSVGDocumentFactory(null).createDocument(name, new StringReader(svg));
    BridgeContext context = context();
    try {
      GraphicsNode content = new GVTBuilder().build(context, document);
      Dimension2D size = context.getDocumentSize();
      String caption = text(document.getDocumentElement(), "desc");
      return new Drawing(name, caption, size.getWidth(), size.getHeight(), content);
    } finally {
      context.dispose();
    }
  }

  private static BridgeContext context() {
    Offline agent = new Offline();
    BridgeContext context = new Vectors(agent);
    agent.setBridgeContext(context);
    context.setTextPainter(new SvgText());
    return context;
  }

  /** Draws it; clips stay shapes, which Batik else draws as pixels. */
  void paint(Graphics2D g) {
    RenderingHints.Key output = RenderingHintsKeyExt.KEY_TRANSCODING;
    g.setRenderingHint(output, RenderingHintsKeyExt.VALUE_TRANSCODING_VECTOR);
    content.paint(g);
  }

  /** The last line of Batik's message, without the data that it repeats. */
  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.substring(message.lastIndexOf('\n') + 1);
  }

  private static String text(Element root, String element) {
    for (Node n = root.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (NAMESPACE.equals(n.getNamespaceURI()) && element.equals(n.getLocalName())) {
        return n.getTextContent().strip();
      }
    }
    return "";
  }

  /**
   * Images by our own hand: Batik registers its own ones late, so only here they can be replaced.
   */
  private static final class Vectors extends BridgeContext {
    Vectors(Offline agent) {
      super(agent, new DocumentLoader(agent));
    }

    @Override
    public void registerSVGBridges() {
      super.registerSVGBridges();
      putBridge(new SvgImages());
    }
  }

  /** Reads nothing but the document: no network, no other files, no scripts. */
  private static final class Offline extends UserAgentAdapter {
    Offline() {
      addStdFeatures();
    }

    @Override
    public ExternalResourceSecurity getExternalResourceSecurity(
        ParsedURL resource, ParsedURL document) {
      return new EmbededExternalResourceSecurity(resource);
    }
  }
}
