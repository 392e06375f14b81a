package hgn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.data.CsvTarget;
import hgn.data.OwnFilms;
import hgn.io.Checksums;
import hgn.io.Json;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.RunResult;
import hgn.training.TrainingLog;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
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

  private OwnFilms films(Path path) {
    return OwnFilms.open(path.toString(), new Workspace(root), 3, Progress.NONE);
  }

  private UserError refused(Path path) {
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
    double low = java.util.Arrays.stream(a).min().orElseThrow();
    double high = java.util.Arrays.stream(a).max().orElseThrow();
    String advice = message.substring(message.lastIndexOf("take ") + 5);
    DoubleUnaryOperator law =
        switch (advice.replaceFirst(", as float32.*", "")) {
          case "numpy.clip(array, 0, 1)" -> v -> Math.max(0, Math.min(1, v));
          case "array / 255" -> v -> v / 255;
          case "array / 65535" -> v -> v / 65_535;
          case "(array + 1) / 2" -> v -> (v + 1) / 2;
          case "array / array.max()" -> v -> v / high;
          case "(array - array.min()) / (array.max() - array.min())" ->
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

  private Path pictures(String folder, String... names) throws IOException {
    Path to = root.resolve(folder);
    for (String film : List.of("a", "b")) {
      for (int t = 0; t < names.length; t++) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 8; y++) {
          image.setRGB(t % 8, y, film.equals("a") ? 0xff0000 : 0x00ff00);
        }
        Path file = to.resolve(film).resolve(names[t] + ".png");
        Files.createDirectories(file.getParent());
        assertTrue(ImageIO.write(image, "png", file.toFile()));
      }
    }
    return to;
  }

  @Test
  void theNumberThatVariesIsTheFrames() throws IOException {
    String right = films(pictures("plain", "0", "1", "2", "3", "4")).spec().checksum();
    String[][] all = {
      {"000_32x32", "001_32x32", "002_32x32", "003_32x32", "004_32x32"},
      {"t0.80", "t0.90", "t1.00", "t1.10", "t1.20"},
      {
        "v2_frame8_final",
        "v2_frame9_final",
        "v2_frame10_final",
        "v2_frame11_final",
        "v2_frame12_final"
      },
      {"0_t0.35", "1_t0.36", "2_t0.38", "3_t0.50", "4_t0.90"}
    };
    for (String[] names : all) {
      assertEquals(right, films(pictures(names[0], names)).spec().checksum(), names[0]);
    }
    String message =
        refused(pictures("same", "1_32x32", "2_33x32", "2_34x32", "1_33x32", "3_9x32"))
            .getMessage();
    assertTrue(message.contains("frame"), message);
  }

  @Test
  void linksAndWhatOthersLeaveInFoldersDoNoHarm() throws IOException {
    Path real = pictures("real", "0", "1", "2", "3");
    String right = films(real).spec().checksum();
    Path links = Files.createDirectories(root.resolve("links"));
    for (String film : List.of("a", "b")) {
      Files.createSymbolicLink(links.resolve(film), real.resolve(film));
    }
    assertEquals(right, films(links).spec().checksum());
    for (String litter :
        List.of(
            "__MACOSX/a/._0.png",
            "@eaDir/0.png",
            ".hidden/0.png",
            "a/.DS_Store",
            "Thumbs.db",
            "a/notes.txt",
            "preview.png")) {
      Files.createDirectories(real.resolve(litter).getParent());
      Files.writeString(real.resolve(litter), "x");
    }
    assertEquals(right, films(real).spec().checksum());
    Files.createSymbolicLink(links.resolve("c"), root.resolve("gone"));
    assertTrue(refused(links.resolve("c").getParent()).getMessage().contains("link"));
    for (String name : List.of("film.mp4", "film.gif", "notes.txt")) {
      Path file = Files.writeString(root.resolve(name), "x");
      assertTrue(refused(file).getMessage().contains("ffmpeg"), name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "x\n",
        "x\n1\n",
        "1,2\n3,4\n5,6\n",
        "x,x\n1,2\n",
        "x,y\n1;2\n3;4\n",
        "x,y\n1,2,3\n",
        "x;y\n1,5;2.5\n",
        "x\nNaN\n1\n2\n",
        "x\n1e400\n1\n2\n",
        "\"x\n1\n2\n",
        "x,y\n1,2\n,\n3,4\n",
        "x\n1\n1\n1\n",
        "x\nuno\ndos\n",
        "PK\u0003\u0004\0"
      })
  void pointsAreNeverHalfUnderstood(String text) throws IOException {
    Path file = Files.writeString(root.resolve("points.csv"), text);
    UserError error = assertThrows(UserError.class, () -> CsvTarget.read(file));
    assertTrue(error.getMessage().contains("points.csv"), error.getMessage());
    assertTrue(error.getMessage().contains("expected"), error.getMessage());
  }

  private static RunResult result() {
    return new RunResult(
        null,
        "hgn-leapfrog.pendulum",
        "hgn-leapfrog",
        "pendulum",
        "reconstruct",
        "compact",
        "quick",
        1,
        "cpu",
        Map.of(),
        Map.of(),
        750,
        60,
        1.5e-4,
        2e-4,
        6.8e-3,
        0.1,
        Map.of());
  }

  @Test
  void resultsAreOfTheirFolderAndAsTheyWereWritten() throws IOException {
    Path folder = root.resolve("runs/hgn-leapfrog.pendulum/quick");
    Files.createDirectories(folder);
    Path file = folder.resolve(RunResult.FILE_NAME);
    String good = Json.pretty(result());
    Files.writeString(file, good);
    assertEquals(result(), RunResult.read(file));
    Checksums.write(folder, List.of(RunResult.FILE_NAME, "log.csv"));
    RunResult.read(file);
    for (String bad :
        List.of(
            good.replace("1.5E-4", "1.4E-4"), good.replace("750", "751"), good + "\n", "{}", "")) {
      Files.writeString(file, bad);
      UserError error = assertThrows(UserError.class, () -> RunResult.read(file));
      assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
    Path other = root.resolve("runs/hgn-leapfrog.two-body/quick");
    Files.createDirectories(other);
    Files.writeString(other.resolve(RunResult.FILE_NAME), good);
    assertThrows(UserError.class, () -> RunResult.read(other.resolve(RunResult.FILE_NAME)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "iteration,loss\n10",
        "iteration,loss\n10,x",
        "iteration,loss\n1,2\n3"
      })
  void aLogThatWasCutOffSaysWhatToDo(String text) throws IOException {
    Path file = root.resolve("log.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    UserError error = assertThrows(UserError.class, () -> TrainingLog.read(file));
    assertTrue(error.getMessage().contains("move it away"), error.getMessage());
  }
}
