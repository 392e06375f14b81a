package hgn.report;

import hgn.io.Text;
import java.awt.Dimension;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultImageHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Figures as SVG, drawn by Batik: text as text, pixels at their own resolution. */
final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String XLINK = "http://www.w3.org/1999/xlink";
  private static final int DECIMALS = 2;
  private static final Set<String> STYLES =
      Set.of("clip-path", "fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width");

  private Svg() {}

  /** The figure as an SVG document; the same bytes each time. */
  static String of(Figure figure) {
    Document document = document();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setPrecision(DECIMALS);
    context.setComment("");
    context.setImageHandler(new Embedded());
    context.setIDGenerator(new Prefixed(figure.name()));
    SVGGraphics2D g = new SVGGraphics2D(context, false);
    g.setSVGCanvasSize(
        new Dimension(
            (int) Math.round(figure.scale() * figure.width()),
            (int) Math.round(figure.scale() * figure.height())));
    figure.paint(g);
    Element root = g.getRoot();
    root.setAttributeNS(null, "viewBox", Text.of("0 0 %d %d", figure.width(), figure.height()));
    describe(root, "desc", figure.caption());
    describe(root, "title", figure.name());
    tidy(root);
    return written(root);
  }

  private static void describe(Element root, String element, String text) {
    if (!text.isBlank()) {
      Element added = root.getOwnerDocument().createElementNS(NAMESPACE, element);
      added.setTextContent(text);
      root.insertBefore(added, root.getFirstChild());
    }
  }

  /** Names what every browser knows, and takes out what says nothing. */
  private static void tidy(Element element) {
    String font = element.getAttribute("font-family");
    if (!font.isEmpty()) {
      element.setAttribute("font-family", Style.SVG_FAMILY);
    }
    if (element.getAttribute("image-rendering").equals("optimizeSpeed")) {
      // SVG 1.1's word for squares; browsers know the one of CSS.
      element.setAttribute("style", "image-rendering:pixelated");
    }
    NodeList children = element.getChildNodes();
    List<Element> inner = new ArrayList<>();
    for (int i = 0; i < children.getLength(); i++) {
      Node child = children.item(i);
      if (child instanceof Element e) {
        inner.add(e);
      }
    }
    inner.forEach(Svg::tidy);
    if (element.getTagName().equals("g")) {
      hoist(element, inner);
    }
  }

  /** Attributes that all children share, moved to their group. */
  private static void hoist(Element group, List<Element> children) {
    if (children.size() < 2 || children.stream().anyMatch(c -> !shape(c))) {
      return;
    }
    List<Attr> common = new ArrayList<>();
    NamedNodeMap attributes = children.get(0).getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      String name = attribute.getName();
      if (STYLES.contains(name)
          && !(name.equals("clip-path") && group.getAttribute(name).startsWith("url"))
          && children.stream().allMatch(c -> c.getAttribute(name).equals(attribute.getValue()))) {
        common.add(attribute);
      }
    }
    for (Attr attribute : common) {
      group.setAttribute(attribute.getName(), attribute.getValue());
      children.forEach(c -> c.removeAttribute(attribute.getName()));
    }
  }

  /** A clip is meant in the coordinates of what it clips, so what has its own is left alone. */
  private static boolean shape(Element child) {
    return !child.hasAttribute("transform") && !child.getTagName().equals("defs");
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java has no XML parser", e);
    }
  }

  private static String written(Element root) {
    try {
      TransformerFactory factory = TransformerFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      Transformer transformer = factory.newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter out = new StringWriter();
      transformer.transform(new DOMSource(root), new StreamResult(out));
      return out.append('\n').toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("could not write the SVG", e);
    }
  }

  /** Names that stay apart when several figures stand in one page. */
  private static final class Prefixed extends SVGIDGenerator {
    private final String figure;
    private int next;

    Prefixed(String figure) {
      this.figure = figure;
    }

    @Override
    public String generateID(String prefix) {
      return figure + "-" + prefix + next++;
    }
  }

  /** Images inside the document, pixel by pixel. */
  private static final class Embedded extends DefaultImageHandler {

    @Override
    protected void handleHREF(Image image, Element element, SVGGeneratorContext context) {
      byte[] png = Png.encode((BufferedImage) image, "", "");
      element.setAttributeNS(
          XLINK, "xlink:href", "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    }

    @Override
    protected void handleHREF(RenderedImage image, Element element, SVGGeneratorContext context) {
      handleHREF((Image) image, element, context);
    }
  }
}
