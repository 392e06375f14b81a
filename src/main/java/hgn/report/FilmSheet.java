package hgn.report;

import hgn.results.Film;
import hgn.results.FilmTrack;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * All frames of a film in one picture: a row a screen, a column a step, in blocks of rows where
 * there are many steps. The screens are the tracks and, after them, each model's difference from
 * the truth.
 */
final class FilmSheet {
  /** Wider ones wrap; the paper's films fit into one row. */
  private static final int COLUMNS = 40;

  /** Steps of each colour: one is 1/63 of the way from black to white. */
  static final int STEPS = 63;

  /** Shades of the difference from zero to its range. */
  private static final int SHADES = 16;

  /** Rec. 709's weights: how bright red, green and blue look. */
  private static final double[] BRIGHTNESS = {0.2126, 0.7152, 0.0722};

  private final Film film;
  private final int size;
  private final List<float[][]> differences = new ArrayList<>();
  private final double range;

  FilmSheet(Film film) {
    this.film = film;
    size = film.truth().frames().size();
    double largest = 0;
    for (FilmTrack model : film.models()) {
      float[][] frames = new float[model.length()][];
      for (int i = 0; i < frames.length; i++) {
        frames[i] = difference(model, i);
        for (float d : frames[i]) {
          largest = Math.max(largest, Math.abs(d));
        }
      }
      differences.add(frames);
    }
    range = largest == 0 ? 1 : ColorBar.niceStep(largest);
  }

  /** The difference's colours reach from minus to plus this. */
  double range() {
    return range;
  }

  int columns() {
    return Math.min(COLUMNS, film.length());
  }

  /**
   * A model's brightness less the truth's.
   *
   * @param model index of the model
   * @param frame from 0
   * @return size × size values in [−1, 1], row by row; none where the truth is not known
   */
  float[] difference(int model, int frame) {
    return differences.get(model)[frame];
  }

  /** The whole picture, in 256 colours. */
  BufferedImage image() {
    int screens = film.tracks().size() + film.models().size();
    int blocks = (film.length() + columns() - 1) / columns();
    BufferedImage sheet =
        new BufferedImage(columns() * size, blocks * screens * size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    List<FilmTrack> tracks = film.tracks();
    for (int row = 0; row < screens; row++) {
      boolean shown = row < tracks.size();
      FilmTrack track = shown ? tracks.get(row) : film.models().get(row - tracks.size());
      for (int i = 0; i < track.length(); i++) {
        int step = track.delay() + i;
        BufferedImage frame =
            shown
                ? Strip.image(track.frames().frames()[i], size, STEPS)
                : painted(difference(row - tracks.size(), i));
        int block = step / columns();
        g.drawImage(frame, step % columns() * size, (block * screens + row) * size, null);
      }
    }
    g.dispose();
    return indexed(sheet);
  }

  private float[] difference(FilmTrack model, int frame) {
    if (film.truthAt(model, frame).isEmpty()) {
      return new float[0];
    }
    float[] x = model.frames().frames()[frame];
    float[] y = film.truth().frames().frames()[film.truthAt(model, frame).getAsInt()];
    int area = size * size;
    float[] out = new float[area];
    for (int i = 0; i < area; i++) {
      double sum = 0;
      for (int c = 0; c < BRIGHTNESS.length; c++) {
        sum += BRIGHTNESS[c] * (x[c * area + i] - y[c * area + i]);
      }
      out[i] = (float) sum;
    }
    return out;
  }

  private BufferedImage painted(float[] difference) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      double shade = Math.rint(SHADES * (difference.length == 0 ? 0 : difference[i] / range));
      double u = 0.5 + shade / (2 * SHADES);
      image.setRGB(i % size, i / size, ColorMap.DIVERGING.at(u).getRGB());
    }
    return image;
  }

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
