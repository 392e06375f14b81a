package hgn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.OwnFilms;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged and foreign files: each is read rightly, or refused with a message that names the file,
 * what is wrong and what helps; and what the message advises does help.
 */
class TroubleTest {
  private static final int[] SHAPE = {2, 4, 8, 8, 3};

  @TempDir Path root;

  /** Films of at least four frames. */
  static OwnFilms films(Path path) {
    return OwnFilms.open(path.toString(), new Workspace(path.getParent()), 3, Progress.NONE);
  }

  static UserError refused(Path path) {
    UserError error = assertThrows(UserError.class, () -> films(path));
    assertTrue(error.getMessage().contains(path.getFileName().toString()), error.getMessage());
    assertFalse(error.getMessage().contains("remove"), error.getMessage());
    return error;
  }

  /** In [0, 1], with something that moves. */
  private static double pixel(int i) {
    int column = i / 3 % 8;
    int frame = i / (3 * 64) % 4;
    return column == frame ? 1 : 0.25;
  }

  private static float[] floats(DoubleUnaryOperator law) {
    float[] values = new float[2 * 4 * 8 * 8 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) law.applyAsDouble(pixel(i));
    }
    return values;
  }

  private Path npz(String name, Object data, int... shape) {
    Path file = root.resolve(name + ".npz");
    Npz.write(file, Map.of("frames", new Tensor(data, shape)));
    return file;
  }

  private String pixels() {
    return films(npz("right", floats(v -> v), SHAPE)).spec().checksum();
  }

  @ParameterizedTest
  @CsvSource({"1, 1e-7", "1, -1e-7", "1.0005, 0", "1, 0.0009"})
  void aHairOutsideTheRangeIsRoundOff(double factor, double shift) {
    Path file = npz("hair", floats(v -> factor * v + (v == 1 ? shift : 0)), SHAPE);
    assertEquals(pixels(), films(file).spec().checksum());
  }

  /** What NumPy would make of the advice. */
  private static float[] followed(String message, float... array) {
    double[] a = IntStream.range(0, array.length).mapToDouble(i -> array[i]).toArray();
    double low = Arrays.stream(a).min().orElseThrow();
    double high = Arrays.stream(a).max().orElseThrow();
    String advice = message.substring(message.lastIndexOf("take ") + 5);
    DoubleUnaryOperator law =
        switch (advice.replaceFirst(", as float32.*", "")) {
          case "numpy.clip(array, 0, 1)" -> v -> Math.max(0, Math.min(1, v));
          case "array / 255" -> v -> v / 255;
          case "array / 65535" -> v -> v / 65_535;
          case "(array + 1) / 2" -> v -> (v + 1) / 2;
          case "array / array.max()" -> v -> v / high;
          case "numpy.interp(array, [array.min(), array.max()], [0, 1])" ->
              v -> (v - low) / (high - low);
          default -> throw new AssertionError(advice);
        };
    float[] result = new float[array.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) law.applyAsDouble(a[i]);
    }
    return result;
  }

  /** Values v become a + b·v: then the message's own advice is followed. */
  @ParameterizedTest
  @CsvSource({
    "0, 255",
    "0, 200",
    "0, 65535",
    "0, 4095",
    "-1, 2",
    "0, 1.05",
    "-0.3, 1",
    "-0.5, 1",
    "0, 7",
    "5, 3",
    "-300, 600",
    "0, 0.0039",
    "0, 1e-6",
    "0, 1e9"
  })
  void whatTheMessageAdvisesHelps(double a, double b) {
    float[] values = floats(v -> a + b * v);
    UserError error = refused(npz("scaled", values, SHAPE));
    OwnFilms mended = films(npz("mended", followed(error.getMessage(), values), SHAPE));
    assertTrue(mended.meanImageMse() > 1e-3, error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void whatIsNoNumberIsNamedByItsPlace(String value) {
    float[] values = floats(v -> v);
    values[3 * 64 * 4 + 3 * 64 + 3 * 8 + 4] = Float.parseFloat(value);
    String message = refused(npz("bad", values, SHAPE)).getMessage();
    assertTrue(message.contains(value + " at film 1, frame 1, green, row 1, column 1"), message);
  }

  @Test
  void axesThatAreLeftOutAreFound() {
    String right = pixels();
    float[] grey = new float[2 * 4 * 8 * 8];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (float) pixel(3 * i);
    }
    assertEquals(right, films(npz("right-grey", grey, 2, 4, 8, 8)).spec().checksum());
    assertEquals(right, films(npz("right-one", grey, 2, 4, 8, 8, 1)).spec().checksum());
    for (int[] shape :
        new int[][] {
          {2, 4, 3, 8, 8}, {2, 3, 32, 8}, {2, 4, 192}, {1536}, {2, 1, 1, 4, 192}, {1, 4, 8, 16, 3}
        }) {
      refused(npz("shape" + shape.length, floats(v -> v), shape));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void filmsInWhichNothingMovesAreRefused(double value) {
    String message = refused(npz("still", floats(v -> value), SHAPE)).getMessage();
    assertTrue(message.contains(value == 0 ? "dark" : "nothing moves"), message);
  }

  @Test
  void aFolderOfArchivesIsAFolderOfFilms() throws IOException {
    Path folder = Files.createDirectories(root.resolve("many"));
    for (int film = 0; film < 3; film++) {
      float[] one = new float[(4 + film) * 8 * 8 * 3];
      for (int i = 0; i < one.length; i++) {
        one[i] = (float) pixel(i);
      }
      Npz.write(
          folder.resolve("f" + film + ".npz"), Map.of("arr_0", new Tensor(one, 4 + film, 8, 8, 3)));
    }
    assertEquals(3, films(folder).spec().films());
    assertEquals(15, films(folder).spec().frames());
  }

  /** An array as NumPy stores it, whose header says what it likes, in a zip with descriptors. */
  private Path archive(String type, String shape, byte... body) throws IOException {
    String header =
        "{'descr': %s, 'fortran_order': False, 'shape': (%s), }\n"
            .formatted(type.startsWith("[") ? type : "'" + type + "'", shape);
    Path file = root.resolve("numpy.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("frames.npy"));
      zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      zip.write(new byte[] {(byte) header.length(), 0});
      zip.write(header.getBytes(StandardCharsets.UTF_8));
      zip.write(body);
    }
    return file;
  }

  /** The films of {@link #pixel} as elements of a NumPy type. */
  private static byte[] body(String type) {
    ByteBuffer to = ByteBuffer.allocate(8 * 2 * 4 * 8 * 8 * 3);
    to.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 2 * 4 * 8 * 8 * 3; i++) {
      double v = pixel(i);
      switch (type.substring(1)) {
        case "f2" -> to.putShort((short) (v == 1 ? 0x3c00 : 0x3400));
        case "f4" -> to.putFloat((float) v);
        case "f8" -> to.putDouble(v);
        case "u1" -> to.put((byte) Math.round(255 * v));
        case "u2" -> to.putShort((short) Math.round(65_535 * v));
        case "c8" -> to.putFloat((float) v).putFloat(0);
        default -> to.putLong(Math.round(255 * v) | (type.equals("<u8") ? Long.MIN_VALUE : 0));
      }
    }
    return Arrays.copyOf(to.array(), to.position());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<f2", ">f2", "<f4", ">f4", "<f8", "|u1", "<u2", "<i8"})
  void everyTypeOfNumPyGivesTheSameFilms(String type) throws IOException {
    String found = films(archive(type, "2, 4, 8, 8, 3", body(type))).spec().checksum();
    assertEquals(pixels(), found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "<c8 ! 2, 4, 8, 8, 3 ! element type is <c8 ! astype(numpy.float32)",
        "<u8 ! 2, 4, 8, 8, 3 ! above 2⁶³ ! astype(numpy.float32)",
        "<f4 ! 2, 4, 8, 8, 4 ! its shape [2, 4, 8, 8, 4] needs 8192 ! write it anew",
        "<f4 ! 2, 4, 8, 8 ! it has 6144 bytes, its shape [2, 4, 8, 8] needs 2048 ! write it anew",
        "<f4 ! -2, -4, 8, 8, 3 ! its shape would be [-2, -4, 8, 8, 3] ! write it anew",
        "<f4 ! 99999, 99999, 8, 8, 3 ! overflow ! write it anew",
        "<f4 ! 0, 4, 8, 8, 3 ! it has 6144 bytes ! write it anew"
      })
  void anArrayIsWhatItsHeaderSays(String type, String shape, String reason, String remedy)
      throws IOException {
    String message = refused(archive(type, shape, body(type))).getMessage();
    assertTrue(message.contains(reason) && message.contains(remedy), message);
    // The remedy.
    films(archive("<f4", "2, 4, 8, 8, 3", body("<f4")));
  }

  /** What stands in the zip beside or instead of {@code frames.npy}. */
  @ParameterizedTest
  @CsvSource({
    "frames.npy frames.npy, holds 'frames' twice",
    "__MACOSX/._frames.npy, ",
    "notes.txt, ",
    "frames, ",
    ".hidden.npy, "
  })
  void anArchiveHoldsAnArrayOnce(String beside, String reason) throws IOException {
    Path file = archive("<f4", "2, 4, 8, 8, 3", body("<f4"));
    byte[] zipped = Files.readAllBytes(file);
    boolean twice = beside.startsWith("frames.npy ");
    Path two = root.resolve("two.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(two))) {
      zip.putNextEntry(new ZipEntry("frames.npy"));
      try (ZipFile whole = new ZipFile(file.toFile())) {
        whole.getInputStream(whole.getEntry("frames.npy")).transferTo(zip);
      }
      zip.putNextEntry(new ZipEntry(twice ? "framez.npy" : beside));
      zip.write(zipped);
    }
    if (reason == null) {
      assertEquals(pixels(), films(two).spec().checksum());
      return;
    }
    // Java writes no name twice; Python does.
    String text = new String(Files.readAllBytes(two), StandardCharsets.ISO_8859_1);
    Files.write(two, text.replace("framez", "frames").getBytes(StandardCharsets.ISO_8859_1));
    String message = refused(two).getMessage();
    assertTrue(message.contains(reason), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "2, 3, 2, 16, 8 ! numpy.moveaxis(array, 1, -1)",
        "2, 4, 3, 8, 8 ! numpy.moveaxis(array, 2, -1)",
        "2, 2, 8, 24, 2 ! array[..., :1]",
        "2, 2, 8, 8, 6 ! array[..., :3]",
        "8, 2, 4, 8, 3 ! numpy.swapaxes(array, 0, 1)",
      })
  void axesInAnotherOrderAreSaid(String shape, String remedy) throws IOException {
    String message = refused(archive("<f4", shape, body("<f4"))).getMessage();
    assertTrue(message.contains(remedy), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "[('r', 'u1')]"})
  void whatArePythonsObjectsIsToBeMadeNumbers(String type) throws IOException {
    String message = refused(archive(type, "2, 4, 8, 8, 3", body("|u1"))).getMessage();
    assertTrue(message.contains("numpy.array(array.tolist(), numpy.float32)"), message);
  }
}
