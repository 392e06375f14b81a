package hgn.data;

import ai.djl.ndarray.types.Shape;
import hgn.io.Text;
import java.util.ArrayList;
import java.util.List;

/** Windows of equal length over the user's films, kept as bytes. */
public final class FilmWindows implements Films {
  private static final float WHITE = 255;

  private record Window(byte[][] film, int first) {}

  private final int imageSize;
  private final int frames;
  private final List<Window> windows = new ArrayList<>();

  /**
   * Windows: those that begin a stride apart, then those between where there is a step.
   *
   * @param imageSize height and width of a frame
   * @param frames of a window
   * @param stride frames from one window's start to the next one's, in what comes first
   * @param step the same in all of it; it divides the stride
   * @param films each an array a frame: planes of imageSize × imageSize bytes
   */
  FilmWindows(int imageSize, int frames, int stride, int step, List<byte[][]> films) {
    this.imageSize = imageSize;
    this.frames = frames;
    for (int offset = 0; offset < stride; offset += step) {
      for (byte[][] film : films) {
        for (int first = offset; first + frames <= film.length; first += stride) {
          windows.add(new Window(film, first));
        }
      }
    }
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public int frames() {
    return frames;
  }

  @Override
  public Upload upload(int length, int[] first, int... indices) {
    int area = RawFilm.CHANNELS * imageSize * imageSize;
    float[] values = new float[Math.multiplyExact(indices.length * length, area)];
    int at = 0;
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= size()) {
        throw new IndexOutOfBoundsException(Text.of("window %d of %d", indices[i], size()));
      }
      Films.requireClip(first[i], length, frames);
      Window window = windows.get(indices[i]);
      for (int t = 0; t < length; t++) {
        for (byte value : window.film()[window.first() + first[i] + t]) {
          values[at++] = Byte.toUnsignedInt(value) / WHITE;
        }
      }
    }
    Shape shape = new Shape(indices.length, length, RawFilm.CHANNELS, imageSize, imageSize);
    return new Upload(values, shape);
  }
}
