package hgn.data;

import ai.djl.ndarray.NDArray;
import hgn.io.Text;
import hgn.io.UserError;
import java.util.Arrays;

/**
 * The gate through which frames pass before anything is trained on them or inferred from them:
 * [films, frames, 3, size, size] with finite values in [0, 1].
 *
 * @param size height and width that the model expects
 * @param frames how many frames of a film the protocol needs, at least
 */
public record FrameCheck(int size, int frames) {
  private static final int CHANNELS = 3;
  private static final double ROUND_OFF = 1e-3;

  /** A hundredth of white. */
  private static final double DARK = 0.01;

  /** Distance outside [0, 1] up to which values are an interpolation's overshoot. */
  private static final double A_LITTLE = 0.1;

  /**
   * Checks the expectations themselves.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public FrameCheck {
    if (size < 1 || frames < 1) {
      throw new IllegalArgumentException(
          Text.of("frames of %d pixels, %d of them, expected at least 1", size, frames));
    }
  }

  /**
   * Checks an array of frames.
   *
   * @param source where it comes from, for the message: for example the file's name
   * @param films float32, [films, frames, 3, size, size]
   * @throws UserError naming the value that does not fit, what was expected and what to do
   */
  public void check(String source, NDArray films) {
    check(source, films.toFloatArray(), films.getShape().getShape());
  }

  /**
   * Checks values in row-major order with their shape.
   *
   * @param source where they come from, for the message: for example the file's name
   * @param values red, green and blue planes frame by frame
   * @param shape [films, frames, 3, size, size]
   * @throws UserError naming the value that does not fit, what was expected and what to do
   */
  public void check(String source, float[] values, long... shape) {
    checkShape(source, shape);
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != values.length) {
      throw UserError.data(
          "%s has %d values, its shape %s needs %d: write the file anew",
          source, values.length, Arrays.toString(shape), count);
    }
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        float least = values[i];
        float most = values[i];
        for (float value : values) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
        throw outside(source, values[i], where(i, shape), least, most);
      }
    }
  }

  /** Whether a number is a pixel's value, but for round-off as resizing leaves it. */
  static boolean isPixel(double value) {
    return value >= -ROUND_OFF && value <= 1 + ROUND_OFF;
  }

  /**
   * Error of a value that is none of a pixel.
   *
   * @param source where it comes from
   * @param value NaN, infinite, or outside [0, 1]
   * @param where in the source it stands, as {@link #where} says it
   * @param least of all values there, on which depends what helps
   * @param most of all values there
   */
  static UserError outside(String source, double value, String where, double least, double most) {
    if (!Double.isFinite(value) || !Double.isFinite(most - least)) {
      return UserError.data(
          "%s has %s at %s, expected a number in [0, 1]: mend or leave out that film",
          source, value, where);
    }
    return UserError.data(
        "%s has %s at %s, expected values in [0, 1]; they reach from %.7g to %.7g: take %s",
        source, value, where, least, most, remedy(least, most));
  }

  /**
   * Refuses films that are as good as black: they were divided by 255 once too often.
   *
   * @param source where they come from
   * @param most the brightest value of all, in [0, 1]
   */
  static void requireLight(String source, double most) {
    if (most < DARK) {
      throw UserError.data(
          "%s is dark: its brightest value is %.3g of 1, expected at least %s; %s",
          source,
          most,
          DARK,
          most <= 0 ? "draw what moves" : "take array / array.max(), as float32, and save it anew");
    }
  }

  /** The NumPy expression that brings values into [0, 1] and spreads them there. */
  private static String remedy(double least, double most) {
    if (least >= -A_LITTLE && most <= 1 + A_LITTLE && most > A_LITTLE) {
      return "numpy.clip(array, 0, 1)";
    } else if (least >= 0 && most > 100 && most <= 255) {
      return "array / 255";
    } else if (least >= 0 && most > 32_767 && most <= 65_535) {
      return "array / 65535";
    } else if (least >= -1 && least < -0.5 && most > 0.5 && most <= 1) {
      return "(array + 1) / 2";
    }
    // A difference of short integers would wrap around.
    return "numpy.interp(array, [array.min(), array.max()], [0, 1])";
  }

  /**
   * Checks the length of one film, for example how many pictures a folder holds.
   *
   * @param source its name
   * @param found frames in it
   * @throws UserError if there are too few
   */
  public void checkLength(String source, long found) {
    if (found < frames) {
      throw UserError.data(
          "%s has %d frames, this protocol needs at least %d; give a longer film, or leave it out",
          source, found, frames);
    }
  }

  private void checkShape(String source, long... shape) {
    if (shape.length != 5) {
      throw UserError.data(
          "%s has shape %s, expected [films, frames, %d, %d, %d]: %s",
          source,
          Arrays.toString(shape),
          CHANNELS,
          size,
          size,
          shape.length == 4 ? "put an axis of films in front" : "bring it into that order");
    }
    if (shape[0] < 1) {
      throw UserError.data("%s has no film in it, expected at least one", source);
    }
    if (shape[4] == CHANNELS && shape[2] != CHANNELS) {
      throw UserError.data(
          "%s has shape %s with the colours last, expected [films, frames, %d, %d, %d]: move that"
              + " axis to the third place",
          source, Arrays.toString(shape), CHANNELS, size, size);
    }
    if (shape[2] != CHANNELS) {
      throw UserError.data(
          "%s has %d colour planes, expected %d: repeat a grey plane three times, drop an alpha",
          source, shape[2], CHANNELS);
    }
    if (shape[3] != size || shape[4] != size) {
      throw UserError.data(
          "%s has frames of %d × %d pixels, expected %d × %d: crop them to squares and resize them",
          source, shape[3], shape[4], size, size);
    }
    checkLength(source, shape[1]);
  }

  private static String where(int index, long... shape) {
    long area = shape[3] * shape[4];
    long pixel = index % area;
    long plane = index / area % shape[2];
    long frame = index / area / shape[2] % shape[1];
    long film = index / area / shape[2] / shape[1];
    return where(
        film,
        frame,
        new String[] {"red", "green", "blue"}[(int) plane],
        pixel / shape[4],
        pixel % shape[4]);
  }

  /** A place for a message. */
  static String where(long film, long frame, String plane, long row, long column) {
    return Text.of("film %d, frame %d, %s, row %d, column %d", film, frame, plane, row, column);
  }
}
