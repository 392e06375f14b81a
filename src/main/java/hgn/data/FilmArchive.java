package hgn.data;

import ai.djl.util.Float16Utils;
import hgn.io.Npy;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.UserError;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Films of NumPy's archives: the array {@code frames}, or the only one there is, of shape [films,
 * frames, height, width, channels] with 1 (grey), 3 (red, green, blue) or 4 channels (and alpha,
 * laid over white). The axis of channels may be missing, and that of films where there is one. The
 * elements are bytes, booleans, integers of 8 or 16 bits, or numbers in [0, 1]. They are kept as
 * bytes.
 */
final class FilmArchive {
  static final String FRAMES = "frames";
  private static final int BYTES = 255;
  private static final int WORDS = 65_535;

  /** Advice on an array whose films are too short: its axes may be in another order. */
  static final String AXES =
      "give longer films, or bring the array's axes into the order [films, frames, height, width,"
          + " 3], as numpy.swapaxes(array, 0, 1) does of [frames, films, …]";

  private static final String[] COLORS = {"red", "green", "blue", "alpha"};
  private static final String WANTED =
      "expected uint8, or float32 in [0, 1], of shape [films, frames, height, width, 3]";

  private final String source;
  private final Tensor array;
  private final int[] shape;

  private FilmArchive(String source, Tensor array) {
    this.source = source;
    this.array = array;
    shape = axes(source, array.shape());
  }

  /** Whether a file's name says that it is one of NumPy's. */
  static boolean isArchive(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".npz") || name.endsWith(".npy");
  }

  /**
   * Reads all films of an archive.
   *
   * @param file npz or npy
   * @throws UserError naming what does not fit, and where it is
   */
  static List<RawFilm> read(Path file) {
    return read(file, "film");
  }

  /**
   * Reads all films of an archive.
   *
   * @param file npz or npy
   * @param called what they are called: where there are several, with their numbers
   */
  static List<RawFilm> read(Path file, String called) {
    boolean single = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    String name = single ? null : chosen(file);
    String source = single ? file.toString() : "'" + name + "' of " + file;
    return new FilmArchive(source, array(file, name)).films(file, called);
  }

  private static String chosen(Path file) {
    List<String> names = reading(file, () -> Npz.names(file));
    if (names.contains(FRAMES) || names.size() == 1) {
      return names.size() == 1 ? names.get(0) : FRAMES;
    }
    throw UserError.data(
        "%s has no array '%s', only %s: write it with numpy.savez(file, frames=array), %s",
        file, FRAMES, names, WANTED);
  }

  private static Tensor array(Path file, String name) {
    return reading(
        file, () -> name == null ? Npy.read(file) : Npz.read(file, name::equals).get(name));
  }

  private static <T> T reading(Path file, java.util.function.Supplier<T> read) {
    try {
      return read.get();
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.DATA) {
        throw e;
      }
      String reason =
          e.getCause() == null ? e.getMessage() : String.valueOf(e.getCause().getMessage());
      throw UserError.data(
              "%s cannot be read (%s): write it anew with %s, %s",
              file,
              reason,
              reason.matches("its elements are (Python objects|records)")
                  ? "an npz a film into one folder where films differ in length, else"
                      + " numpy.savez(file, frames=numpy.array(array.tolist(), numpy.float32))"
                  : reason.contains("element")
                      ? "numpy.savez(file, frames=array.astype(numpy.float32))"
                      : "numpy.savez(file, frames=array)",
              WANTED)
          .because(e);
    }
  }

  /** The five lengths, with 1 for axes that are left out. */
  private static int[] axes(String source, int... found) {
    int rank = found.length;
    String text = source + " has shape " + Arrays.toString(found);
    if (Arrays.stream(found).anyMatch(n -> n < 1)) {
      throw UserError.data("%s, which is empty: expected at least two films", text);
    }
    boolean colors = rank > 3 && isChannels(found[rank - 1]);
    if (rank == 5 && colors) {
      return found.clone();
    } else if (rank == 4 && colors) {
      return new int[] {1, found[0], found[1], found[2], found[3]};
    } else if (rank == 4 && found[1] != 1 && found[1] != 3) {
      return new int[] {found[0], found[1], found[2], found[3], 1};
    } else if (rank == 3 && !isChannels(found[2])) {
      return new int[] {1, found[0], found[1], found[2], 1};
    }
    int axis = rank == 5 && isChannels(found[2]) ? 2 : 1;
    String remedy =
        rank > 3 && rank < 6 && isChannels(found[axis])
            ? "move that axis to the end: numpy.moveaxis(array, " + axis + ", -1)"
            : rank == 5
                ? "keep 1, 3 or 4 of them: array[..., :" + (found[4] < 3 ? 1 : 3) + "]"
                : "reshape it";
    throw UserError.data(
        "%s%s, %s: %s",
        text, rank == 5 ? " with " + found[4] + " channels last" : "", WANTED, remedy);
  }

  private static boolean isChannels(int length) {
    return length == 1 || length == 3 || length == 4;
  }

  private List<RawFilm> films(Path file, String called) {
    RawFilm.requireFits(file.toString(), (long) shape[0] * shape[1], shape[3], shape[2]);
    IntToDoubleFunction values = values();
    List<RawFilm> films = new ArrayList<>();
    for (int film = 0; film < shape[0]; film++) {
      String named = shape[0] == 1 && !called.equals("film") ? called : called + " " + film;
      byte[][] frames = new byte[shape[1]][];
      for (int t = 0; t < shape[1]; t++) {
        RawFilm.checkInterrupt();
        frames[t] = frame(values, film, t);
      }
      films.add(new RawFilm(named, shape[3], shape[2], frames));
    }
    return films;
  }

  private byte[] frame(IntToDoubleFunction values, int film, int t) {
    int channels = shape[4];
    int pixels = shape[2] * shape[3];
    int from = (film * shape[1] + t) * pixels * channels;
    byte[] rgb = new byte[pixels * RawFilm.CHANNELS];
    for (int i = 0; i < pixels; i++) {
      int at = from + i * channels;
      double alpha = channels == 4 ? values.applyAsDouble(at + 3) : 1;
      for (int c = 0; c < RawFilm.CHANNELS; c++) {
        double value = values.applyAsDouble(at + (channels == 1 ? 0 : c));
        rgb[i * RawFilm.CHANNELS + c] = (byte) Math.round(BYTES * (value * alpha + 1 - alpha));
      }
    }
    return rgb;
  }

  /** The elements as numbers in [0, 1]. */
  private IntToDoubleFunction values() {
    if (array.data() instanceof byte[] bytes) {
      return i -> (bytes[i] & BYTES) / (double) BYTES;
    } else if (array.data() instanceof boolean[] bits) {
      return i -> bits[i] ? 1 : 0;
    } else if (array.data() instanceof int[] ints) {
      return scaled(i -> ints[i]);
    } else if (array.data() instanceof long[] longs) {
      return scaled(i -> longs[i]);
    } else if (array.data() instanceof float[] floats) {
      return clipped(i -> floats[i]);
    } else if (array.data() instanceof short[] halves) {
      return clipped(i -> Float16Utils.halfToFloat(halves[i]));
    }
    double[] doubles = array.doubles();
    return clipped(i -> doubles[i]);
  }

  /** Integers of which it is plain what white is: 255, or 65535 where the upper half is used. */
  private IntToDoubleFunction scaled(IntToDoubleFunction integers) {
    double[] range = range(integers);
    boolean words = range[1] > WORDS / 2.0 && range[1] <= WORDS;
    if (range[0] < 0 || (range[1] > BYTES && !words)) {
      double bad = range[0] < 0 ? range[0] : range[1];
      throw FrameCheck.outside(source, bad, where(integers, bad), range[0], range[1]);
    }
    double white = words ? WORDS : BYTES;
    return i -> integers.applyAsDouble(i) / white;
  }

  private IntToDoubleFunction clipped(IntToDoubleFunction numbers) {
    double[] range = range(numbers);
    for (int i = 0; i < Array.getLength(array.data()); i++) {
      double value = numbers.applyAsDouble(i);
      if (!FrameCheck.isPixel(value)) {
        throw FrameCheck.outside(source, value, where(i), range[0], range[1]);
      }
    }
    FrameCheck.requireLight(source, range[1]); // Before it is rounded to bytes.
    return i -> Math.max(0, Math.min(1, numbers.applyAsDouble(i)));
  }

  private double[] range(IntToDoubleFunction values) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < Array.getLength(array.data()); i++) {
      double value = values.applyAsDouble(i);
      range[0] = Math.min(range[0], value);
      range[1] = Math.max(range[1], value);
    }
    return range;
  }

  private String where(IntToDoubleFunction values, double wanted) {
    int i = 0;
    while (values.applyAsDouble(i) != wanted) {
      i++;
    }
    return where(i);
  }

  private String where(int at) {
    int pixel = at / shape[4];
    int frame = pixel / shape[3] / shape[2];
    return FrameCheck.where(
        frame / shape[1],
        frame % shape[1],
        shape[4] == 1 ? "grey" : COLORS[at % shape[4]],
        pixel / shape[3] % shape[2],
        pixel % shape[3]);
  }
}
