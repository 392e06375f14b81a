package hgn.data;

import ai.djl.modality.cv.ImageFactory;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.UserError;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Films of a folder: a sub-folder of PNG pictures a film; or an archive of NumPy's a film; or
 * pictures named {@code <film>_<frame>.png}. {@link FrameNumbers} says which number of a name is
 * the frame's. Links are followed, and what other programs leave in folders is passed over.
 *
 * <p>Grey pictures become three equal planes, deeper ones lose the bits below the eighth, and
 * transparent ones are laid over white.
 */
final class PictureFolder {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final int WHITE = 255;

  /** Frames in formats that are not read. */
  private static final String OTHERS = ".*\\.(jpe?g|gif|bmp|tiff?|webp|np[yz])";

  /** Folders of macOS' archiver, of network disks and of Windows; those with a dot come on top. */
  private static final Set<String> OF_OTHERS =
      Set.of("__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "lost+found");

  /** Numbers in names compare as numbers: film 9 comes before film 10. */
  static final Comparator<String> NATURAL =
      Comparator.comparing((String name) -> padded(name)).thenComparing(name -> name);

  private final Path folder;
  private final Progress progress;
  private int done;
  private int pictures;

  private PictureFolder(Path folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Reads all films of a folder.
   *
   * @param folder the folder
   * @param progress told after every picture
   * @return films with at least one frame, in the natural order of their names
   * @throws UserError naming the picture that cannot be read or does not fit the others
   */
  static List<RawFilm> read(Path folder, Progress progress) {
    return new PictureFolder(folder, progress).films();
  }

  private List<RawFilm> films() {
    List<Path> inside = list(folder);
    List<Path> folders = inside.stream().filter(Files::isDirectory).toList();
    List<Path> archives = inside.stream().filter(FilmArchive::isArchive).toList();
    List<Path> flat = pictures(inside);
    requireOneKind(List.of(folders, archives, numbered(flat)));
    if (!archives.isEmpty()) {
      return archives(archives);
    }
    Map<String, List<Path>> found = new LinkedHashMap<>();
    for (Path film : folders) {
      found.put(film.getFileName().toString(), FrameNumbers.ordered(film, frames(film)));
    }
    if (folders.isEmpty()) {
      found = FrameNumbers.films(folder, flat);
    }
    pictures = found.values().stream().mapToInt(List::size).sum();
    if (pictures == 0) {
      throw UserError.data(
          "%s has no PNG in it: expected a sub-folder a film with its frames"
              + " (film-a/frame-007.png), files named film-a_007.png, or an npz a film",
          folder);
    }
    List<RawFilm> films = new ArrayList<>();
    found.forEach((name, frames) -> films.add(film(name, frames)));
    return films;
  }

  /** Nothing that may be a film is passed over. */
  private static void requireOneKind(List<List<Path>> kinds) {
    List<Path> first = kinds.stream().filter(k -> !k.isEmpty()).map(kind -> kind.get(0)).toList();
    if (first.size() > 1) {
      throw UserError.data(
          "%s lies beside %s: expected films of one kind, sub-folders of PNGs, archives or PNGs;"
              + " keep them in two folders",
          first.get(1), first.get(0));
    }
  }

  private static List<Path> numbered(List<Path> files) {
    return files.stream().filter(f -> DIGITS.matcher(f.getFileName().toString()).find()).toList();
  }

  /** Pictures of a film's folder. */
  private static List<Path> frames(Path film) {
    List<Path> inside = list(film);
    List<Path> frames = pictures(inside);
    List<Path> others =
        inside.stream()
            .filter(f -> f.getFileName().toString().toLowerCase(Locale.ROOT).matches(OTHERS))
            .toList();
    if (!frames.isEmpty()) {
      requireOneKind(List.of(frames, numbered(others)));
    }
    return frames;
  }

  private List<RawFilm> archives(List<Path> files) {
    List<RawFilm> films = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      films.addAll(FilmArchive.read(file, "film '" + name + "'"));
      progress.update(++done, files.size(), "reading films");
    }
    return films;
  }

  /** Files of a folder, in natural order. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      List<Path> files =
          inside
              .filter(f -> !f.getFileName().toString().startsWith("."))
              .filter(f -> !OF_OTHERS.contains(f.getFileName().toString()))
              .sorted(Comparator.comparing(f -> f.getFileName().toString(), NATURAL))
              .toList();
      for (Path file : files) {
        if (!Files.exists(file)) {
          throw Files.isSymbolicLink(file)
              ? UserError.data(
                  "%s is a link to what is not there: expected a file or a folder; link it anew",
                  file)
              : UserError.environment("%s cannot be read: check its permissions", file);
        }
        if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
          throw UserError.data(
              "%s is a pipe, a socket or a device: expected a file or a folder; keep it elsewhere",
              file);
        }
      }
      return files;
    } catch (IOException e) {
      throw UserError.environment("%s cannot be read (%s): check its permissions", folder, e)
          .because(e);
    }
  }

  /** Formats with loss, of which half a file still gives a picture, are left out. */
  private static List<Path> pictures(List<Path> files) {
    return files.stream()
        .filter(f -> f.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".png"))
        .toList();
  }

  private RawFilm film(String name, List<Path> files) {
    if (files.isEmpty()) {
      throw UserError.data(
          "film '%s' of %s has no PNG in it, expected its frames there (frame-007.png), with no"
              + " folder between: put them there, or keep that sub-folder elsewhere",
          name, folder);
    }
    byte[][] frames = new byte[files.size()][];
    int width = 0;
    int height = 0;
    for (int t = 0; t < frames.length; t++) {
      RawFilm.checkInterrupt();
      BufferedImage picture = picture(files.get(t));
      if (t == 0) {
        width = picture.getWidth();
        height = picture.getHeight();
      } else if (picture.getWidth() != width || picture.getHeight() != height) {
        throw UserError.data(
            "%s is %d × %d pixels, expected %d × %d as the first frame of film '%s': make all"
                + " frames of one size",
            files.get(t), picture.getWidth(), picture.getHeight(), width, height, name);
      }
      frames[t] = rgb(picture);
      progress.update(++done, pictures, "reading films");
    }
    return new RawFilm(Text.of("film '%s'", name), width, height, frames);
  }

  private BufferedImage picture(Path file) {
    try {
      byte[] png = Files.readAllBytes(file);
      int[] size = PngChunks.size(png);
      RawFilm.requireFits(folder.toString(), pictures, size[0], size[1]);
      return (BufferedImage)
          ImageFactory.getInstance()
              .fromInputStream(new ByteArrayInputStream(png))
              .getWrappedImage();
    } catch (UserError e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw Files.isReadable(file)
          ? UserError.data(
                  "%s cannot be read as PNG (%s), expected a whole one: write it anew, as PNG",
                  file, e.getMessage())
              .because(e)
          : UserError.environment("%s cannot be read: check its permissions", file).because(e);
    }
  }

  /** Rows of pixels of red, green and blue bytes. */
  private static byte[] rgb(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    byte[] rgb = new byte[RawFilm.CHANNELS * width * height];
    boolean grey =
        picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(picture.getColorModel() instanceof IndexColorModel);
    int[] argb = grey ? null : picture.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < width * height; i++) {
      int at = RawFilm.CHANNELS * i;
      if (grey) {
        // Java takes grey values for linear light and would brighten them; those who drew did not.
        byte value = (byte) grey(picture.getRaster(), i % width, i / width);
        rgb[at] = value;
        rgb[at + 1] = value;
        rgb[at + 2] = value;
      } else {
        int alpha = argb[i] >>> 24;
        rgb[at] = (byte) over(argb[i] >> 16 & WHITE, alpha);
        rgb[at + 1] = (byte) over(argb[i] >> 8 & WHITE, alpha);
        rgb[at + 2] = (byte) over(argb[i] & WHITE, alpha);
      }
    }
    return rgb;
  }

  private static int grey(Raster raster, int x, int y) {
    int shift = raster.getSampleModel().getSampleSize(0) - 8;
    int value = raster.getSample(x, y, 0) >> shift;
    return raster.getNumBands() == 1 ? value : over(value, raster.getSample(x, y, 1) >> shift);
  }

  private static int over(int value, int alpha) {
    return (value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
  }

  private static String padded(String name) {
    return DIGITS
        .matcher(name)
        .replaceAll(
            m -> Text.of("%20s", m.group().replaceFirst("^0+(?=\\d)", "")).replace(' ', '0'));
  }
}
