package hgn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Films from disk: both layouts of pictures, archives, what becomes of them, what is refused. */
class OwnFilmsTest {
  private static final int STEPS = 3;

  @TempDir Path root;

  private OwnFilms open(Path path) {
    return OwnFilms.open(path.toString(), new Workspace(root), STEPS, Progress.NONE);
  }

  /** A picture whose red is the film's number, green the frame's, blue the column. */
  private static void picture(Path file, int size, int film, int frame) throws IOException {
    write(file, size, size, (x, y) -> (film << 16) | (frame << 8) | x);
  }

  private static void write(Path file, int width, int height, IntBinaryOperator rgb)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb.applyAsInt(x, y));
      }
    }
    save(image, file);
  }

  private static void save(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  private Path films(int count, int frames, int size) throws IOException {
    Path folder = root.resolve("films");
    for (int film = 0; film < count; film++) {
      for (int t = 0; t < frames; t++) {
        // Names without leading zeros: frame 10 must not come before frame 2.
        picture(folder.resolve("take" + film + "/f" + t + ".png"), size, film, t);
      }
    }
    return folder;
  }

  private static float[] first(Films films, int window) {
    try (NDManager manager = NDManager.newBaseManager()) {
      return films.frames(manager, window).toFloatArray();
    }
  }

  /** Film and frame that a window's frame shows. */
  private static int[] shown(float[] window, int frame, int size) {
    int at = frame * 3 * size * size;
    return new int[] {Math.round(255 * window[at]), Math.round(255 * window[at + size * size])};
  }

  @Test
  void subFoldersBecomeWindowsInNaturalOrder() throws IOException {
    OwnFilms films = open(films(12, 12, 32));
    FilmsSpec spec = films.spec();
    assertEquals("films", spec.path());
    assertEquals(12, spec.films());
    assertEquals(144, spec.frames());
    assertEquals(2, spec.test() / 3, "a fifth of twelve films, three windows each");
    assertEquals(10 * 9, spec.train(), "starts 0 to 8");
    boolean[] judged = new boolean[12];
    for (int w = 0; w < films.test().size(); w++) {
      float[] window = first(films.test(), w);
      int[] start = shown(window, 0, 32);
      judged[start[0]] = true;
      assertEquals(4 * (w % 3), start[1], "test windows do not overlap");
      for (int t = 0; t < 4; t++) {
        assertArrayEquals(new int[] {start[0], start[1] + t}, shown(window, t, 32));
      }
      assertEquals(7 / 255f, window[2 * 32 * 32 + 7], 1e-6, "blue, row 0, column 7");
    }
    for (int w = 0; w < films.train().size(); w++) {
      assertTrue(!judged[shown(first(films.train(), w), 0, 32)[0]], "no film on both sides");
    }
    assertArrayEquals(first(films.test(), 1), first(open(root.resolve("films")).test(), 1));
    assertTrue(films.summary().contains("12 films, 144 frames of 32 × 32"), films.summary());
  }

  @Test
  void clipsAreParts() throws IOException {
    OwnFilms films = open(films(2, 8, 32));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray clip = films.train().clips(manager, 2, new int[] {1, 2}, 0, 1);
      assertEquals(new Shape(2, 2, 3, 32, 32), clip.getShape());
      int length = 2 * 3 * 32 * 32;
      float[] all = clip.toFloatArray();
      float[] whole = first(films.train(), 1);
      assertArrayEquals(
          Arrays.copyOfRange(whole, length, 2 * length),
          Arrays.copyOfRange(all, length, 2 * length));
      assertThrows(
          IndexOutOfBoundsException.class, () -> films.train().clips(manager, 2, new int[] {3}, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> films.train().frames(manager, 99));
    }
  }

  @Test
  void flatFilesAreTheSameFilms() throws IOException {
    OwnFilms folders = open(films(3, 4, 32));
    Path flat = root.resolve("flat");
    for (int film = 0; film < 3; film++) {
      for (int t = 0; t < 4; t++) {
        picture(flat.resolve("take" + film + "_" + t + ".png"), 32, film, t);
      }
    }
    Files.writeString(flat.resolve("notes.txt"), "not a picture");
    OwnFilms same = open(flat);
    assertEquals(folders.spec().checksum(), same.spec().checksum());
    assertArrayEquals(first(folders.test(), 0), first(same.test(), 0));
  }

  @Test
  void otherSizesAreScaledAndSixtyFourStays() throws IOException {
    Path wide = root.resolve("wide");
    for (int film = 0; film < 2; film++) {
      for (int t = 0; t < 4; t++) {
        int blue = 7 * t;
        write(
            wide.resolve("f" + film + "/" + t + ".png"),
            96,
            64,
            (x, y) -> ((x / 3) << 16) | ((y / 2) << 8) | blue);
      }
    }
    OwnFilms films = open(wide);
    assertEquals(32, films.imageSize());
    assertTrue(films.summary().contains("96 × 64 pixels, scaled to 32 × 32"), films.summary());
    float[] frame = first(films.train(), 0);
    assertEquals(5 / 255f, frame[32 * 11 + 5], 1e-6, "red counts columns");
    assertEquals(11 / 255f, frame[32 * 32 + 32 * 11 + 5], 1e-6, "green counts rows");
    Path large = root.resolve("large");
    for (int film = 0; film < 2; film++) {
      for (int t = 0; t < 4; t++) {
        picture(large.resolve("f" + film + "/" + t + ".png"), 64, film, t);
      }
    }
    assertEquals(64, open(large).imageSize());
  }

  @Test
  void greyDeepAndTransparentPicturesKeepTheirValues() throws IOException {
    int[] types = {
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_USHORT_GRAY,
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_3BYTE_BGR
    };
    for (int film = 0; film < 4; film++) {
      for (int t = 0; t < 4; t++) {
        BufferedImage image = new BufferedImage(32, 32, types[film]);
        boolean grey = film < 2;
        int[] value =
            grey ? new int[] {film == 0 ? 100 : 100 << 8} : new int[] {100, 100, 100, 255};
        for (int i = 0; i < 32 * 32; i++) {
          image.getRaster().setPixel(i % 32, i / 32, value);
        }
        int[] moving = value.clone();
        moving[0] = grey && film == 1 ? t << 8 : t;
        image.getRaster().setPixel(9, 9, moving);
        if (film == 2) {
          image.setRGB(1, 0, 0x00ffffff & 0x640000); // wholly transparent
        }
        save(image, root.resolve("kinds/f" + film + "/" + t + ".png"));
      }
    }
    OwnFilms films = open(root.resolve("kinds"));
    for (Films split : new Films[] {films.train(), films.test()}) {
      for (int w = 0; w < split.size(); w++) {
        float[] frame = first(split, w);
        assertEquals(100 / 255f, frame[0], 1e-6);
        assertEquals(100 / 255f, frame[2 * 32 * 32 + 5], 1e-6);
        assertTrue(frame[1] == 1 || Math.abs(frame[1] - 100 / 255f) < 1e-6, "laid over white");
      }
    }
  }

  @Test
  void anArchiveHoldsTheSameFilms() throws IOException {
    OwnFilms pictures = open(films(3, 5, 32));
    byte[] bytes = new byte[3 * 5 * 32 * 32 * 3];
    float[] floats = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int pixel = i / 3;
      int[] rgb = {pixel / (5 * 32 * 32), pixel / (32 * 32) % 5, pixel % 32};
      bytes[i] = (byte) rgb[i % 3];
      floats[i] = rgb[i % 3] / 255f;
    }
    for (Object data : new Object[] {bytes, floats}) {
      Path file = root.resolve(data.getClass().getSimpleName().substring(0, 4) + ".npz");
      Npz.write(file, Map.of("frames", new Tensor(data, 3, 5, 32, 32, 3)));
      OwnFilms same = open(file);
      assertArrayEquals(first(pictures.train(), 1), first(same.train(), 1));
      assertEquals(pictures.meanImageMse(), same.meanImageMse());
    }
  }

  @Test
  void changedPixelsChangeTheChecksum() throws IOException {
    Path folder = films(2, 4, 32);
    String before = open(folder).spec().checksum();
    assertEquals(before, open(folder).spec().checksum());
    picture(folder.resolve("take1/f3.png"), 32, 1, 200);
    assertNotEquals(before, open(folder).spec().checksum());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size",
        "films",
        "short",
        "half",
        "empty",
        "folder",
        "unnumbered",
        "gap",
        "twice",
        "one",
        "missing",
        "text"
      })
  void picturesThatDoNotFitAreNamed(String fault) throws IOException {
    Path folder = films(3, 6, 32);
    Path picture = folder.resolve("take1/f4.png");
    String[] expected =
        switch (fault) {
          case "size" -> {
            picture(picture, 48, 1, 4);
            yield new String[] {picture.toString(), "48 × 48", "expected 32 × 32", "one size"};
          }
          case "films" -> {
            for (int t = 0; t < 6; t++) {
              picture(folder.resolve("take2/f" + t + ".png"), 40, 2, t);
            }
            yield new String[] {"film 'take2'", "40 × 40", "expected 32 × 32 as film 'take0'"};
          }
          case "short" -> {
            for (int t = 3; t < 6; t++) {
              Files.delete(folder.resolve("take1/f" + t + ".png"));
            }
            yield new String[] {"film 'take1'", "3 frames", "needs at least 4"};
          }
          case "half" -> {
            byte[] bytes = Files.readAllBytes(picture);
            Files.write(picture, Arrays.copyOf(bytes, bytes.length / 2));
            yield new String[] {picture.toString(), "half written", "write it anew"};
          }
          case "empty" -> {
            Files.createDirectories(root.resolve("none"));
            folder = root.resolve("none");
            yield new String[] {"none has no PNG in it", "film-a/frame-007.png"};
          }
          case "folder" -> {
            Files.createDirectories(folder.resolve("take9"));
            yield new String[] {"film 'take9'", "no PNG in it", "put them there"};
          }
          case "unnumbered" -> {
            picture(folder.resolve("take1/last.png"), 32, 1, 9);
            yield new String[] {"last.png", "no frame number", "rename it"};
          }
          case "gap" -> {
            Files.delete(picture);
            yield new String[] {"film 'take1'", "from frame 3 to frame 5", "add what is missing"};
          }
          case "twice" -> {
            picture(folder.resolve("take1/g04.png"), 32, 1, 4);
            yield new String[] {"are both frame 4 of film 'take1'", "frame-007.png"};
          }
          case "one" -> {
            folder = root.resolve("single");
            for (int t = 0; t < 9; t++) {
              picture(folder.resolve("a_" + t + ".png"), 32, 1, t);
            }
            yield new String[] {"one film", "at least two", "cut it in two"};
          }
          case "missing" -> {
            folder = root.resolve("nowhere");
            yield new String[] {"there are no films at", "nowhere"};
          }
          default -> {
            folder = Files.writeString(root.resolve("film.mp4"), "?");
            yield new String[] {"neither a folder of PNG sequences nor an npz", "-i film.mp4 "};
          }
        };
    refused(folder, expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "rank", "first", "type", "nan", "range", "half", "none", "text"})
  void archivesThatDoNotFitAreNamed(String fault) throws IOException {
    Path file = root.resolve("own.npz");
    float[] grey = new float[2 * 4 * 8 * 8 * 3];
    Arrays.fill(grey, 0.4f);
    String[] expected =
        switch (fault) {
          case "name" -> {
            Tensor films = new Tensor(grey, 2, 4, 8, 8, 3);
            Npz.write(file, Map.of("a", films, "b", films));
            yield new String[] {"no array 'frames', only [", "numpy.savez(file, frames=array)"};
          }
          case "rank" -> {
            Npz.write(file, Map.of("frames", new Tensor(grey, 1, 2, 4, 8, 8, 3)));
            yield new String[] {"shape [1, 2, 4, 8, 8, 3]", "reshape it"};
          }
          case "first" -> {
            Npz.write(file, Map.of("frames", new Tensor(grey, 2, 4, 3, 8, 8)));
            yield new String[] {"8 channels last", "numpy.moveaxis(array, 2, -1)"};
          }
          case "type" -> {
            long[] deep = new long[grey.length];
            deep[3] = 4095;
            Npz.write(file, Map.of("frames", new Tensor(deep, 2, 4, 8, 8, 3)));
            yield new String[] {"4095", "numpy.interp(array, [array.min(), array.max()], [0, 1])"};
          }
          case "nan" -> {
            grey[((4 + 2) * 8 + 5) * 8 * 3 + 3 * 3 + 1] = Float.NaN;
            Npz.write(file, Map.of("frames", new Tensor(grey, 2, 4, 8, 8, 3)));
            yield new String[] {"NaN at film 1, frame 2, green, row 5, column 3"};
          }
          case "range" -> {
            grey[5] = 128;
            Npz.write(file, Map.of("frames", new Tensor(grey, 2, 4, 8, 8, 3)));
            yield new String[] {"128.0 at film 0, frame 0, blue, row 0, column 1", "array / 255"};
          }
          case "half" -> {
            Npz.write(file, Map.of("frames", new Tensor(grey, 2, 4, 8, 8, 3)));
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            yield new String[] {"cannot be read", "write it anew"};
          }
          case "none" -> {
            Npz.write(file, Map.of("frames", new Tensor(new float[0], 0, 4, 8, 8, 3)));
            yield new String[] {"which is empty"};
          }
          default -> {
            Files.writeString(file, "not an archive");
            yield new String[] {"cannot be read", "write it anew"};
          }
        };
    refused(file, expected);
  }

  private void refused(Path path, String... expected) {
    UserError error = assertThrows(UserError.class, () -> open(path));
    for (String part : expected) {
      assertTrue(error.getMessage().contains(part), error.getMessage() + "\nlacks: " + part);
    }
  }

  @Test
  void theLampIsDrawnOnceAndAlwaysTheSame() throws IOException {
    Path one = LampFilms.write(root.resolve("one"), 3, 8, Progress.NONE);
    Path two = LampFilms.write(root.resolve("two"), 3, 8, Progress.NONE);
    OwnFilms films = open(one);
    assertEquals(films.spec().checksum(), open(two).spec().checksum());
    assertEquals(48, films.spec().width());
    byte[] before = Files.readAllBytes(one.resolve("film-001/frame-004.png"));
    LampFilms.write(one, 4, 8, Progress.NONE);
    assertArrayEquals(before, Files.readAllBytes(one.resolve("film-001/frame-004.png")));
    assertEquals(4, open(one).spec().films());
    assertTrue(films.meanImageMse() > 1e-3, "something moves");
  }
}
