package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.Workspace;
import hgn.results.Film;
import hgn.results.FilmTrack;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * A film as an animated GIF that repeats for ever: its tracks side by side, labelled, pixels
 * enlarged as squares, one unit of time a second. For places where no player runs, such as a
 * README.
 *
 * @param film what is shown
 * @param scale pixels of the GIF a pixel of the film, each way
 */
public record Gif(Film film, int scale) {
  private static final String FORMAT = "javax_imageio_gif_image_1.0";
  private static final int LARGE = 160;
  private static final int SMALL = 128;
  private static final int FEW = 3;
  private static final int PICTURES = 80;
  private static final int GAP = 8;
  private static final int LINE = 16;

  /**
   * Frames so large that they can be seen well, and steps left out of what would be too large a
   * file: two tracks of the paper's length stay whole, of five every second step is shown.
   */
  public static Gif of(Film film) {
    int each = (film.tracks().size() * film.length() + PICTURES - 1) / PICTURES;
    int goal = film.tracks().size() <= FEW ? LARGE : SMALL;
    return new Gif(film.every(each), Math.max(1, goal / film.truth().frames().size()));
  }

  /** The GIF as an HTML element that holds all of it. */
  public String html() {
    return "<img alt=\"%s\" src=\"data:image/gif;base64,%s\">"
        .formatted(
            Tables.escapeHtml(text()).replace("\"", "&quot;"),
            Base64.getEncoder().encodeToString(bytes()));
  }

  /** Description for those who cannot see it. */
  public String text() {
    return new Player(film, "").text();
  }

  /**
   * Writes {@code figures/<name>.gif}, whole or not at all.
   *
   * @param name the file's stem
   * @param workspace whose figures
   * @return the file
   * @throws hgn.io.UserError if it cannot be written
   */
  public Path save(String name, Workspace workspace) {
    byte[] bytes = bytes();
    Path file = workspace.figures().resolve(Workspace.fileName(name, ".gif"));
    AtomicFiles.write(file, out -> out.write(bytes));
    return file;
  }

  /** The GIF. */
  public byte[] bytes() {
    try {
      // One palette for all pictures, so that nothing flickers.
      return animated(FilmSheet.indexed(pages()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // only memory is written
    }
  }

  private int side() {
    return scale * film.truth().frames().size();
  }

  /** The GIF's pictures under one another. */
  private BufferedImage pages() {
    List<FilmTrack> tracks = film.tracks();
    int width = GAP + tracks.size() * (side() + GAP);
    int height = height();
    BufferedImage all =
        new BufferedImage(width, film.length() * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = all.createGraphics();
    g.setColor(Style.BACKGROUND);
    g.fillRect(0, 0, all.getWidth(), all.getHeight());
    for (int step = 0; step < film.length(); step++) {
      for (int i = 0; i < tracks.size(); i++) {
        paint(g, tracks.get(i), step, i == 0, GAP + i * (side() + GAP), step * height);
      }
    }
    g.dispose();
    return all;
  }

  private int height() {
    return 2 * LINE + side() + GAP;
  }

  private void paint(Graphics2D g, FilmTrack track, int step, boolean truth, int x, int y) {
    int frame = step - track.delay();
    boolean there = frame >= 0 && frame < track.length();
    // Letters without grey edges: every grey would cost the films a colour of the palette.
    g.setColor(Style.INK);
    double room = (side() - GAP) / Figure.width(track.label(), Style.SMALL);
    g.setFont(Style.SMALL.deriveFont((float) (Math.min(1, room) * Style.SMALL.getSize())));
    g.drawString(track.label(), x, y + LINE - 4);
    g.setFont(Style.SMALL);
    if (there) {
      String note = truth && step < film.seen() && film.seen() < film.length() ? ", seen" : "";
      g.drawString(
          "t = " + Numbers.tick(track.time(frame)) + note, x, y + LINE + side() + LINE - 3);
      BufferedImage image =
          Strip.image(track.frames().frames()[frame], track.frames().size(), FilmSheet.STEPS);
      g.drawImage(image, x, y + LINE, side(), side(), null);
    } else {
      g.setColor(Style.GRID);
      g.fillRect(x, y + LINE, side(), side());
    }
  }

  private byte[] animated(BufferedImage pages) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int step = 0; step < film.length(); step++) {
        // A copy, as the writer would write all of the pages for a part of them.
        BufferedImage part = pages.getSubimage(0, step * height(), pages.getWidth(), height());
        WritableRaster raster = part.copyData(part.getRaster().createCompatibleWritableRaster());
        BufferedImage page =
            new BufferedImage((IndexColorModel) pages.getColorModel(), raster, false, null);
        writer.writeToSequence(
            new IIOImage(page, null, metadata(writer, page, step)), writer.getDefaultWriteParam());
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private IIOMetadata metadata(ImageWriter writer, BufferedImage page, int step)
      throws IOException {
    ImageWriteParam usual = writer.getDefaultWriteParam();
    IIOMetadata metadata =
        // Not createFromRenderedImage, which takes a palette of its own for that of the page.
        writer.getDefaultImageMetadata(new ImageTypeSpecifier(page), usual);
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(delay(step)));
    root.appendChild(control);
    if (step == 0) {
      IIOMetadataNode loop = new IIOMetadataNode("ApplicationExtension");
      loop.setAttribute("applicationID", "NETSCAPE");
      loop.setAttribute("authenticationCode", "2.0");
      loop.setUserObject(new byte[] {1, 0, 0}); // for ever
      IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
      extensions.appendChild(loop);
      root.appendChild(extensions);
    }
    metadata.mergeTree(FORMAT, root);
    return metadata;
  }

  /** Hundredths of a second until the next picture; rounded so that no error adds up. */
  private int delay(int step) {
    double hundredths = 100 * Math.abs(film.truth().dt());
    return Math.max(2, (int) (Math.round((step + 1) * hundredths) - Math.round(step * hundredths)));
  }
}
