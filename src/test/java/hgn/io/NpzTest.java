package hgn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Npz.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;

  private static Map<String, Tensor> everyType() {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("floats", new Tensor(new float[] {1.5f, -0f, Float.NaN, 1e-40f, 5, 6}, 2, 3));
    arrays.put("doubles", new Tensor(new double[] {Math.PI, Double.NEGATIVE_INFINITY}, 2));
    arrays.put("longs", new Tensor(new long[] {Long.MIN_VALUE, 1L << 40}, 1, 2, 1));
    arrays.put("ints", new Tensor(new int[] {-7}));
    arrays.put("bytes", new Tensor(new byte[] {-128, 0, 127}, 3));
    arrays.put("halves", new Tensor(new short[] {0x3c00, (short) 0xc000}, 2));
    arrays.put("text", Tensor.ofText("σ = 0.1"));
    arrays.put("none", new Tensor(new float[0], 0, 4));
    return arrays;
  }

  @Test
  void everyTypeComesBack() {
    Path file = folder.resolve("a.npz");
    Npz.write(file, everyType());
    Map<String, Tensor> read = Npz.read(file);
    assertEquals(everyType(), read);
    assertEquals(everyType().keySet().stream().toList(), read.keySet().stream().toList());
    assertEquals("σ = 0.1", read.get("text").text());
    assertArrayEquals(new int[0], read.get("ints").shape());
  }

  @Test
  void compressedArchivesHoldTheSameInLess() throws IOException {
    Path stored = folder.resolve("a.npz");
    Path small = folder.resolve("b.npz");
    Map<String, Tensor> arrays = everyType();
    arrays.put("many", new Tensor(new float[10_000], 10_000));
    Npz.write(stored, arrays);
    Npz.writeCompressed(small, arrays);
    assertEquals(arrays, Npz.read(small));
    assertTrue(Files.size(small) < Files.size(stored) / 10, Files.size(small) + " bytes");
    byte[] cut = Arrays.copyOf(Files.readAllBytes(small), (int) Files.size(small) - 30);
    Files.write(small, cut);
    assertThrows(UserError.class, () -> Npz.read(small));
  }

  @Test
  void theSameArraysGiveTheSameBytes() throws IOException {
    Npz.write(folder.resolve("a.npz"), everyType());
    Npz.write(folder.resolve("b.npz"), everyType());
    assertEquals(-1, Files.mismatch(folder.resolve("a.npz"), folder.resolve("b.npz")));
  }

  @Test
  void everyDamagedByteOfTheDataIsNoticed() throws IOException {
    Path file = folder.resolve("a.npz");
    int[] values = IntStream.range(0, 40).toArray();
    Npz.write(file, Map.of("x", new Tensor(values, 40)));
    byte[] good = Files.readAllBytes(file);
    // After the zip's local header, its name and its extra field: the npy header and the values.
    int data = 30 + good[26] + good[28];
    int end = data + 128 + 160;
    for (int i = data; i < end; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 0x10;
      Files.write(file, bad);
      UserError error = assertThrows(UserError.class, () -> Npz.read(file), "byte " + i);
      assertEquals(UserError.Kind.DATA, error.kind());
      assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    }
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    Path file = folder.resolve("a.npz");
    Npz.write(file, everyType());
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length += 37) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThrows(UserError.class, () -> Npz.read(file), "length " + length);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.npz");
    UserError error = assertThrows(UserError.class, () -> Npz.read(file));
    assertEquals(file + " does not exist", error.getMessage());
  }

  @Test
  void dataMustFillTheShapeAndHaveAType() {
    assertEquals(
        "3 values do not fill shape [2, 2]",
        assertThrows(IllegalArgumentException.class, () -> new Tensor(new float[3], 2, 2))
            .getMessage());
    Map<String, Tensor> characters = Map.of("x", new Tensor(new char[2], 2));
    Path file = folder.resolve("s.npz");
    assertThrows(IllegalArgumentException.class, () -> Npz.write(file, characters));
    assertEquals(0, count());
  }

  @Test
  void aFolderThatCannotBeMadeIsTold() throws IOException {
    Path blocked = Files.writeString(folder.resolve("file"), "x");
    UserError error =
        assertThrows(UserError.class, () -> Npz.write(blocked.resolve("a.npz"), everyType()));
    assertEquals(UserError.Kind.ENVIRONMENT, error.kind());
    assertTrue(error.getMessage().contains("nothing was replaced"), error.getMessage());
  }

  @Test
  void theOldFileSurvivesAFailedWrite() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFiles.writeText(file, "old");
    assertThrows(
        UserError.class,
        () ->
            AtomicFiles.write(
                file,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IOException("No space left on device");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(1, count(), "no temporary file stays");
    AtomicFiles.writeText(file, "new");
    assertEquals("new", Files.readString(file));
  }

  private long count() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
