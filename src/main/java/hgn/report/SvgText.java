package hgn.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextAttribute;
import java.awt.geom.Point2D;
import java.text.AttributedCharacterIterator;
import java.util.List;
import org.apache.batik.bridge.StrokingTextPainter;
import org.apache.batik.gvt.text.TextPaintInfo;

/** Text of an SVG as text, which Batik else draws as outlines. */
final class SvgText extends StrokingTextPainter {

  @Override
  @SuppressWarnings("rawtypes") // Batik's own signature
  protected void paintTextRuns(List runs, Graphics2D g) {
    for (Object run : runs) {
      paint((TextRun) run, g);
    }
  }

  private static void paint(TextRun run, Graphics2D g) {
    AttributedCharacterIterator characters = run.getACI();
    characters.first();
    TextPaintInfo paint = (TextPaintInfo) characters.getAttribute(PAINT_INFO);
    if (paint == null || !paint.visible || paint.fillPaint == null) {
      return;
    }
    Number size = (Number) characters.getAttribute(TextAttribute.SIZE);
    Number weight = (Number) characters.getAttribute(TextAttribute.WEIGHT);
    boolean bold = weight != null && weight.floatValue() > TextAttribute.WEIGHT_MEDIUM;
    Font font = new Font(Style.FAMILY, bold ? Font.BOLD : Font.PLAIN, 1);
    Point2D at = run.getLayout().getOffset();
    g.setFont(font.deriveFont(size.floatValue()));
    g.setPaint(paint.fillPaint);
    g.drawString(text(characters), (float) at.getX(), (float) at.getY());
  }

  private static String text(AttributedCharacterIterator characters) {
    StringBuilder out = new StringBuilder();
    for (char c = characters.first();
        c != AttributedCharacterIterator.DONE;
        c = characters.next()) {
      out.append(c);
    }
    return out.toString();
  }
}
