package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.Text;
import hgn.io.UserError;
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
 * @param scale points of print to the point
 */
public record Figure(
    String name, String caption, int width, int bodyHeight, Panel body, double scale) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");
  private static final int MARGIN = 10;
  private static final int LEADING = 15;
  private static final double POINTS_PER_CM = 72 / 2.54;
  private static final double[] WIDTHS = {4, 60};
  private static final double[] FONTS = {4, 24};
  private static final double PRINT = 300 / 72.0;
  private static final int NARROWEST = 200;
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
          Text.of("figure '%s' of %d × %d, expected a positive size", name, width, bodyHeight));
    }
  }

  /** A picture whose points are points of print. */
  public Figure(String name, String caption, int width, int bodyHeight, Panel body) {
    this(name, caption, width, bodyHeight, body, 1);
  }

  /**
   * The same picture in another size, laid out anew: panels that get narrow stand below one
   * another, and film strips show fewer frames.
   *
   * @param cm width on paper, from 4 to 60
   * @param points size of axis titles and legends, from 4 to 24
   * @throws UserError if the width or the size is out of range, or so much text does not fit
   */
  public Figure sized(double cm, double points) {
    within("width", cm, "cm", WIDTHS);
    within("font size", points, "points", FONTS);
    double print = cm * POINTS_PER_CM;
    int wide = (int) Math.round(print * Style.LABEL.getSize() / points);
    if (wide < NARROWEST) {
      throw UserError.usage(
          "a figure of %.1f cm has no room for text of %.1f points: at most %.1f points, or at"
              + " least %.1f cm",
          cm,
          points,
          print * Style.LABEL.getSize() / NARROWEST,
          NARROWEST * points / Style.LABEL.getSize() / POINTS_PER_CM);
    }
    return new Figure(
        name, caption, wide, body.height(wide, width, bodyHeight), body, print / wide);
  }

  private static void within(String what, double value, String unit, double... range) {
    if (!(value >= range[0] && value <= range[1])) {
      throw UserError.usage(
          "%s of %s %s, expected %.0f to %.0f", what, value, unit, range[0], range[1]);
    }
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

  /**
   * The picture as pixels: {@link Style#SCALE} to the point, in a size of print 300 to the inch.
   */
  public BufferedImage image() {
    return image(scale == 1 ? Style.SCALE : PRINT);
  }

  /** The picture as notebooks show it: one pixel to the point, with a palette where that does. */
  public BufferedImage preview() {
    return Png.reduced(image(1));
  }

  private BufferedImage image(double pixels) {
    double fine = pixels * scale;
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(width * fine),
            (int) Math.round(height() * fine),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    // The last pixels are covered in part only.
    g.setColor(Style.BACKGROUND);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    g.scale(fine, fine);
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
   * @throws UserError if they cannot be written
   */
  public Path save(Workspace workspace) {
    Path folder = workspace.figures();
    write(folder.resolve(Workspace.fileName(name, ".svg")));
    write(folder.resolve(Workspace.fileName(name, ".pdf")));
    return write(folder.resolve(Workspace.fileName(name, ".png")));
  }

  /**
   * Writes the picture to a file.
   *
   * @param file whose ending says the format: .pdf, .svg or .png
   * @return the file
   * @throws UserError if it has another ending or cannot be written
   */
  public Path write(Path file) {
    String ending = file.toString().replaceFirst("^.*\\.", "");
    byte[] bytes =
        switch (ending) {
          case "pdf" -> pdf();
          case "svg" -> svg().getBytes(StandardCharsets.UTF_8);
          case "png" -> png();
          default ->
              throw UserError.usage(
                  "a figure as '%s', expected a file that ends in .pdf, .svg or .png", file);
        };
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
