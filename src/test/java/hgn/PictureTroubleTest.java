package hgn;

import static hgn.TroubleTest.films;
import static hgn.TroubleTest.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders of pictures that other programs and other people make, as {@link TroubleTest}. */
class PictureTroubleTest {
  @TempDir Path root;

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

  /** A frame of the film "a" of {@link #pictures} in another format. */
  private static byte[] picture(String format, int t) throws IOException {
    boolean palette = format.equals("palette");
    BufferedImage image =
        new BufferedImage(
            8, 8, palette ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 8; y++) {
      image.setRGB(t % 8, y, 0xff0000);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean other = List.of("jpg", "gif").contains(format);
    assertTrue(ImageIO.write(image, other ? format : "png", bytes));
    byte[] all = bytes.toByteArray();
    switch (format) {
      case "short" -> all = Arrays.copyOf(all, all.length - 30);
      case "endless" -> all = Arrays.copyOf(all, all.length - 12);
      case "colours" -> all[19] ^= 1; // A pixel wider.
      case "data" -> all[all.length - 18] ^= 1;
      case "huge" -> {
        ByteBuffer wide = ByteBuffer.wrap(all).putInt(16, 60_000).putInt(20, 60_000);
        CRC32 crc = new CRC32();
        crc.update(all, 12, 17);
        wide.putInt(29, (int) crc.getValue());
      }
      case "animation" -> ByteBuffer.wrap(all).putInt(37, 0x6163544C);
      default -> {}
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "png, ",
    "palette, ",
    "jpg, another format",
    "gif, another format",
    "short, half written",
    "endless, half written",
    "colours, its IHDR",
    "data, its IDAT",
    "animation, an animation",
    "huge, 60000 × 60000"
  })
  void aPictureIsAWholePng(String format, String reason) throws IOException {
    Path folder = pictures(format, "0", "1", "2", "3");
    String right = films(folder).spec().checksum();
    Path frame = folder.resolve("a/2.png");
    Files.write(frame, picture(format, 2));
    if (reason != null) {
      UserError error = assertThrows(UserError.class, () -> films(folder));
      assertTrue(error.getMessage().contains(reason), error.getMessage());
      assertTrue(error.getMessage().contains(format), error.getMessage());
      Files.write(frame, picture("png", 2));
    }
    assertEquals(right, films(folder).spec().checksum());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-rf", "two\nlines", "100%s", "a b'c\"d", "ключ", "~", "[x]*?"})
  void aFolderMayHaveAnyName(String name) throws IOException {
    String right = films(pictures("plain", "0", "1", "2", "3")).spec().checksum();
    Path folder = pictures(name, "0", "1", "2", "3");
    assertEquals(right, films(folder).spec().checksum());
    Files.delete(folder.resolve("a/2.png"));
    assertTrue(refused(folder).getMessage().contains("frame 1 to frame 3"));
  }

  /** Each beside films of PNGs of frames 0 to 3. */
  @ParameterizedTest
  @CsvSource({
    "link, c, is a link to what is not there",
    "link, a/4.png, is a link to what is not there",
    "pipe, c, is a pipe",
    "pipe, c.npz, is a pipe",
    "pipe, a/4.png, is a pipe",
    "folder, a/4.png, cannot be read as PNG",
    "folder, c, film 'c' of",
    "file, a/4.jpg, beside",
    "file, a/4.GIF, beside",
    "file, a/4.npy, beside",
    "file, c.npz, beside",
    "file, c_0.png, beside",
  })
  void whatMayBeAFilmIsNotPassedOver(String kind, String name, String reason) throws Exception {
    Path folder = pictures("films", "0", "1", "2", "3");
    Path odd = folder.resolve(name);
    switch (kind) {
      case "link" -> Files.createSymbolicLink(odd, odd.getFileName());
      case "pipe" ->
          assertEquals(0, new ProcessBuilder("mkfifo", odd.toString()).start().waitFor());
      case "folder" -> Files.createDirectories(odd);
      default -> Files.writeString(odd, "x");
    }
    String message = refused(folder).getMessage();
    assertTrue(message.contains(reason) && message.contains(odd.getFileName() + ""), message);
    // The remedy.
    Files.move(odd, root.resolve("elsewhere"));
    assertEquals(2, films(folder).spec().films());
  }

  @Test
  void anEmptyFolderAndAPipeAreNoFilms() throws Exception {
    assertTrue(refused(Files.createDirectories(root.resolve("none"))).getMessage().contains("PNG"));
    Path pipe = root.resolve("films.npz");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertTrue(refused(pipe).getMessage().contains("neither a folder"));
  }

  /** Minutes that are all there, of two hours: by the minutes alone 11:00 came before 10:02. */
  @Test
  void framesAreNotSortedByPartOfTheirNumber() throws IOException {
    String message = refused(pictures("hours", "10-02", "10-03", "11-00", "11-01")).getMessage();
    assertTrue(message.contains("behind it by those before"), message);
    String right = films(pictures("plain", "0", "1", "2", "3")).spec().checksum();
    Path measured = pictures("measured", "r0.72_0", "r0.35_1", "r0.61_2", "r0.13_3");
    assertEquals(right, films(measured).spec().checksum());
  }

  @Test
  void oneFilmIsToBeCutOnlyWhereItIsLongEnough() throws IOException {
    Path folder = pictures("one", "0", "1", "2", "3", "4", "5", "6", "7");
    Files.move(folder.resolve("b"), root.resolve("elsewhere"));
    assertTrue(refused(folder).getMessage().contains("cut it in two"));
    Files.delete(folder.resolve("a/7.png"));
    assertTrue(refused(folder).getMessage().contains("give another"));
  }
}
