package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.Workspace;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A finished picture with its name and caption, drawn the same way to any output.
 *
 * @param name the file's stem, for example "fig13a-phase-space-area"
 * @param caption what stands below in small type: experiment, budget, seed; empty for none
 * @param width in points
 * @param bodyHeight in points, the caption not counted
 * @param body what is drawn above the caption
 */
public record Figure(String name, String caption, int width, int bodyHeight, Panel body) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");
  private static final int MARGIN = 10;
  private static final int LEADING = 15;
  private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

  /**
   * Checks name and size.
   *
   * @throws IllegalArgumentException if the name is no file stem or the size is not positive
   */
  public Figure {
    Objects.requireNonNull(body, "body");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "figure name '%s', expected lower-case letters, digits, '.' and '-'".formatted(name));
    }
    if (width < 1 || bodyHeight < 1) {
      throw new IllegalArgumentException(
          "figure '%s' of %d × %d, expected a positive size".formatted(name, width, bodyHeight));
    }
  }

  /** The same picture with another line added to its caption, for example its budget. */
  public Figure captioned(String more) {
    String joined = caption.isBlank() ? more : more.isBlank() ? caption : caption + " " + more;
    return new Figure(name, joined, width, bodyHeight, body);
  }

  /** Height in points, caption included. */
  public int height() {
    int lines = captionLines().size();
    return bodyHeight + (lines == 0 ? 0 : lines * LEADING + MARGIN);
  }

  /** Draws the picture on white. */
  public void paint(Graphics2D g) {
    Style.smooth(g);
    g.setColor(Style.BACKGROUND);
    g.fillRect(0, 0, width, height());
    Graphics2D inner = (Graphics2D) g.create();
    body.paint(inner, width, bodyHeight);
    inner.dispose();
    g.setFont(Style.SMALL);
    g.setColor(Style.FAINT_INK);
    int y = bodyHeight + LEADING - 3;
    for (String line : captionLines()) {
      g.drawString(line, MARGIN, y);
      y += LEADING;
    }
  }

  /** The picture as pixels, {@link Style#SCALE} to the point. */
  public BufferedImage image() {
    return image(Style.SCALE);
  }

  /** The picture as notebooks show it: one pixel to the point, with a palette where that does. */
  public BufferedImage preview() {
    return Png.reduced(image(1));
  }

  private BufferedImage image(int scale) {
    BufferedImage image =
        new BufferedImage(width * scale, height() * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    g.scale(scale, scale);
    paint(g);
    g.dispose();
    return image;
  }

  /** The picture as a PNG file, with its name and caption as metadata. */
  public byte[] png() {
    return Png.encode(image(), name, caption);
  }

  /** The picture as an SVG document, with its name and caption as title and description. */
  public String svg() {
    return Svg.of(this);
  }

  /** The picture as a PDF document of one page, its name and caption as title and subject. */
  public byte[] pdf() {
    return Pdf.of(this);
  }

  /**
   * Writes {@code figures/<name>.png}, {@code .svg} and {@code .pdf}, each whole or not at all.
   *
   * @param workspace whose figures
   * @return the PNG's path
   * @throws hgn.io.UserError if they cannot be written
   */
  public Path save(Workspace workspace) {
    write(workspace.figures(), ".svg", svg().getBytes(StandardCharsets.UTF_8));
    write(workspace.figures(), ".pdf", pdf());
    return write(workspace.figures(), ".png", png());
  }

  private Path write(Path folder, String ending, byte... bytes) {
    Path file = folder.resolve(name + ending);
    AtomicFiles.write(file, out -> out.write(bytes));
    return file;
  }

  private List<String> captionLines() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : caption.strip().split("\\s+", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, Style.SMALL) > width - 2 * MARGIN) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  /** A text's width without a graphics at hand. */
  static double width(String text, Font font) {
    return font.getStringBounds(text, METRICS).getWidth();
  }
}
