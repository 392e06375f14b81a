package hgn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Npz.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays as other programs write them, byte by byte. */
class NpyTest {
  @TempDir Path folder;

  private static byte[] npy(String type, boolean columns, String shape, byte... body) {
    String dictionary =
        "{'descr': %s, 'fortran_order': %s, 'shape': (%s), }\n"
            .formatted(type, columns ? "True" : "False", shape);
    byte[] header = dictionary.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0});
    out.writeBytes(new byte[] {(byte) header.length, (byte) (header.length >> 8), 0, 0});
    out.writeBytes(header);
    out.writeBytes(body);
    return out.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, 0000c03f, float, 1.5",
    ">f4, 3fc00000, float, 1.5",
    "<f8, 000000000000f83f, double, 1.5",
    ">f8, 3ff8000000000000, double, 1.5",
    "<f2, 003e, short, 15872",
    ">f2, 3e00, short, 15872",
    "|b1, 01, boolean, true",
    "|u1, ff, byte, -1",
    "|i1, ff, int, -1",
    "<u2, ff80, int, 33023",
    ">u2, 80ff, int, 33023",
    ">i2, ff00, int, -256",
    "<i4, 01000080, int, -2147483647",
    ">i4, 80000001, int, -2147483647",
    "<u4, 01000080, long, 2147483649",
    ">i8, ffffffffffffff00, long, -256",
    "<u8, 0001000000000000, long, 256"
  })
  void everyTypeAndByteOrderIsRead(String type, String hex, String component, String value)
      throws IOException {
    Tensor read = Npy.decode(npy("'" + type + "'", false, "1,", HexFormat.of().parseHex(hex)));
    assertEquals(component, read.data().getClass().getComponentType().getName());
    assertEquals(value, Array.get(read.data(), 0).toString());
    assertArrayEquals(new int[] {1}, read.shape());
  }

  @Test
  void columnsBecomeRows() throws IOException {
    byte[] body = new byte[24];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 4; k++) {
          body[i + 2 * j + 6 * k] = (byte) (100 * i + 10 * j + k);
        }
      }
    }
    byte[] rows = Npy.decode(npy("'|u1'", true, "2, 3, 4", body)).bytes();
    for (int at = 0; at < 24; at++) {
      assertEquals((byte) (100 * (at / 12) + 10 * (at / 4 % 3) + at % 4), rows[at]);
    }
    short[] words = {1, 2, 3, 4, 5, 6};
    byte[] wide = new byte[12];
    for (int i = 0; i < 6; i++) {
      wide[2 * i + 1] = (byte) words[i];
    }
    int[] turned = (int[]) Npy.decode(npy("'>u2'", true, "2, 3", wide)).data();
    assertArrayEquals(new int[] {1, 3, 5, 2, 4, 6}, turned);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '§',
      value = {
        "'<U1'; 1,; element type is <U1",
        "'|O'; 1,; Python objects",
        "[('q', '<f4')]; 1,; records",
        "'<c8'; 1,; element type is <c8",
        "'<f4'; 3,; needs 12",
        "'<f4'; 99999, 99999; overflow",
        "'<u8'; 1,; above 2⁶³"
      })
  void whatCannotBeReadIsSaid(String type, String shape, String reason) throws IOException {
    byte[] body = {-1, -1, -1, -1, -1, -1, -1, -1};
    Path file = folder.resolve("a.npy");
    Files.write(file, npy(type, false, shape, body));
    UserError error = assertThrows(UserError.class, () -> Npy.read(file));
    assertEquals(UserError.Kind.DATA, error.kind());
    for (String part : new String[] {file.toString(), reason}) {
      assertTrue(error.getMessage().contains(part), error.getMessage());
    }
  }

  @Test
  void arraysOfOtherTypesBesideTheOneWantedDoNoHarm() throws IOException {
    Path file = folder.resolve("a.npz");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("names.npy"));
      zip.write(npy("'<U1'", false, "1,", new byte[4]));
      zip.putNextEntry(new ZipEntry("frames.npy"));
      zip.write(npy("'|u1'", false, "2,", new byte[] {3, 4}));
      zip.putNextEntry(new ZipEntry("notes.txt"));
      zip.write('x');
      zip.closeEntry();
    }
    assertEquals(java.util.List.of("names", "frames"), Npz.names(file));
    Tensor frames = Npz.read(file, "frames"::equals).get("frames");
    assertArrayEquals(new byte[] {3, 4}, frames.bytes());
    assertThrows(UserError.class, () -> Npz.read(file));
  }
}
