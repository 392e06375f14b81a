package hgn.data;

import ai.djl.util.Float16Utils;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Films of an npz archive: the array {@code frames} of shape [films, frames, height, width,
 * channels] with 1 (grey), 3 (red, green, blue) or 4 channels (and alpha, laid over white), uint8
 * or floating-point numbers in [0, 1]. They are kept as bytes.
 */
final class FilmArchive {
  static final String FRAMES = "frames";
  private static final int BYTES = 255;
  private static final String[] COLORS = {"red", "green", "blue", "alpha"};
  private static final String WANTED =
      "expected uint8, or float32 in [0, 1], of shape [films, frames, height, width, 3]";

  private FilmArchive() {}

  /**
   * Reads all films of an archive.
   *
   * @param file the archive
   * @throws UserError naming what does not fit, and where it is
   */
  static List<RawFilm> read(Path file) {
    Tensor array = array(file);
    int[] shape = array.shape();
    RawFilm.requireFits(file.toString(), (long) shape[0] * shape[1], shape[3], shape[2]);
    List<RawFilm> films = new ArrayList<>();
    for (int film = 0; film < shape[0]; film++) {
      byte[][] frames = new byte[shape[1]][];
      for (int t = 0; t < shape[1]; t++) {
        RawFilm.checkInterrupt();
        frames[t] = frame(file, array, film, t);
      }
      films.add(new RawFilm("film %d".formatted(film), shape[3], shape[2], frames));
    }
    return films;
  }

  private static Tensor array(Path file) {
    Map<String, Tensor> arrays;
    try {
      arrays = Npz.read(file);
    } catch (UserError e) {
      throw data(
          "%s cannot be read as npz (%s): write it anew with numpy.savez(file, frames=array), %s"
              .formatted(file, e.getCause() == null ? e.getMessage() : reason(e), WANTED));
    }
    Tensor array = arrays.get(FRAMES);
    if (array == null) {
      throw data(
          "%s has no array '%s', only %s: write it with numpy.savez(file, frames=array), %s"
              .formatted(file, FRAMES, arrays.keySet(), WANTED));
    }
    int[] shape = array.shape();
    if (shape.length != 5) {
      throw data(
          "'%s' of %s has shape %s, %s: %s"
              .formatted(
                  FRAMES,
                  file,
                  Arrays.toString(shape),
                  WANTED,
                  shape.length == 4
                      ? "a single film needs an axis in front (array[None]), grey films one at the end (array[..., None])"
                      : "reshape it"));
    }
    int channels = shape[4];
    if (channels != 1 && channels != 3 && channels != 4) {
      throw data(
          "'%s' of %s has shape %s with %d channels last, %s: %s"
              .formatted(
                  FRAMES,
                  file,
                  Arrays.toString(shape),
                  channels,
                  WANTED,
                  shape[2] == 3
                      ? "move the third axis to the end (numpy.moveaxis(array, 2, -1))"
                      : "keep 1, 3 or 4 of them"));
    }
    if (Arrays.stream(shape).anyMatch(n -> n < 1)) {
      throw data(
          "'%s' of %s has shape %s, which is empty: expected at least two films"
              .formatted(FRAMES, file, Arrays.toString(shape)));
    }
    boolean fits =
        array.data() instanceof byte[]
            || array.data() instanceof float[]
            || array.data() instanceof double[]
            || array.data() instanceof short[];
    if (!fits) {
      throw data(
          "'%s' of %s holds %s, %s: convert it with array.astype(numpy.uint8)"
              .formatted(FRAMES, file, array.data().getClass().getComponentType(), WANTED));
    }
    return array;
  }

  private static String reason(UserError e) {
    String message = e.getCause().getMessage();
    return message == null ? e.getCause().toString() : message;
  }

  private static byte[] frame(Path file, Tensor array, int film, int t) {
    int[] shape = array.shape();
    int channels = shape[4];
    int pixels = shape[2] * shape[3];
    int from = (film * shape[1] + t) * pixels * channels;
    byte[] rgb = new byte[pixels * RawFilm.CHANNELS];
    for (int i = 0; i < pixels; i++) {
      int at = from + i * channels;
      double alpha = channels == 4 ? value(file, array, at + 3) : 1;
      for (int c = 0; c < RawFilm.CHANNELS; c++) {
        double value = value(file, array, at + (channels == 1 ? 0 : c));
        rgb[i * RawFilm.CHANNELS + c] = (byte) Math.round(BYTES * (value * alpha + 1 - alpha));
      }
    }
    return rgb;
  }

  /** In [0, 1]. */
  private static double value(Path file, Tensor array, int at) {
    double value;
    if (array.data() instanceof byte[] bytes) {
      return (bytes[at] & BYTES) / (double) BYTES;
    } else if (array.data() instanceof float[] floats) {
      value = floats[at];
    } else if (array.data() instanceof short[] halves) {
      value = Float16Utils.halfToFloat(halves[at]);
    } else {
      value = array.doubles()[at];
    }
    if (!(value >= 0 && value <= 1)) {
      throw FrameCheck.outside(
          "'%s' of %s".formatted(FRAMES, file), value, where(at, array.shape()));
    }
    return value;
  }

  private static String where(int at, int... shape) {
    int channel = at % shape[4];
    int column = at / shape[4] % shape[3];
    int row = at / shape[4] / shape[3] % shape[2];
    int frame = at / shape[4] / shape[3] / shape[2] % shape[1];
    return FrameCheck.where(
        at / shape[4] / shape[3] / shape[2] / shape[1],
        frame,
        shape[4] == 1 ? "grey" : COLORS[channel],
        row,
        column);
  }

  private static UserError data(String message) {
    return new UserError(UserError.Kind.DATA, message);
  }
}
