package hgn.data;

import ai.djl.basicdataset.cv.classification.AbstractImageFolder;
import ai.djl.modality.cv.Image;
import ai.djl.util.Pair;
import hgn.io.Progress;
import hgn.io.UserError;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Films as PNG pictures, found by DJL's image folder: a sub-folder a film, where DJL has a
 * sub-folder a class, with the frames in the order of the last number in their names; or, where
 * there is no sub-folder with a picture, files named {@code <film>_<frame>.png} or {@code
 * <film>-<frame>.png}.
 *
 * <p>Grey pictures become three equal planes, deeper ones lose the bits below the eighth, and
 * transparent ones are laid over white.
 */
final class PictureFolder extends AbstractImageFolder {
  private static final Pattern NUMBER = Pattern.compile("(\\d+)\\D*$");
  private static final Pattern FLAT = Pattern.compile("(.+)[_-](\\d+)");
  private static final int WHITE = 255;

  /** Numbers in names compare as numbers: film 9 comes before film 10. */
  static final Comparator<String> NATURAL =
      Comparator.comparing((String name) -> padded(name)).thenComparing(name -> name);

  private final Path folder;

  private PictureFolder(Builder builder, Path folder) {
    super(builder);
    this.folder = folder;
  }

  private static final class Builder extends ImageFolderBuilder<Builder> {
    @Override
    protected Builder self() {
      return this;
    }
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
    Builder builder = new Builder().setRepositoryPath(folder).optMaxDepth(1);
    builder.setSampling(1, false);
    PictureFolder pictures = new PictureFolder(builder, folder);
    try {
      pictures.prepare(null);
      return pictures.films(progress);
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "%s cannot be read (%s): check its permissions".formatted(folder, e.getMessage()),
          e);
    }
  }

  @Override
  public void prepare(ai.djl.util.Progress progress) throws IOException {
    if (prepared) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      synset =
          inside
              .filter(f -> Files.isDirectory(f) && !f.getFileName().toString().startsWith("."))
              .map(f -> f.getFileName().toString())
              .sorted(NATURAL)
              .toList();
    }
    listImages(folder, synset);
    prepared = true;
  }

  @Override
  protected Path getImagePath(String key) {
    return Path.of(key);
  }

  /** Formats with loss, of which half a file still gives a picture, are left out. */
  @Override
  protected boolean isImage(File file) {
    return super.isImage(file) && file.getName().toLowerCase(Locale.ROOT).endsWith(".png");
  }

  /** The pictures' numbers in this dataset, by film and frame. */
  private Map<String, SortedMap<BigInteger, Integer>> order() throws IOException {
    boolean flat = items.isEmpty();
    if (flat) {
      try (Stream<Path> inside = Files.list(folder)) {
        inside
            .filter(f -> isImage(f.toFile()))
            .forEach(f -> items.add(new Pair<>(f.toAbsolutePath().toString(), 0)));
      }
    }
    Map<String, SortedMap<BigInteger, Integer>> films = new TreeMap<>(NATURAL);
    if (!flat) {
      synset.forEach(film -> films.put(film, new TreeMap<>()));
    }
    for (int i = 0; i < items.size(); i++) {
      Path file = Path.of(items.get(i).getKey());
      String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      Matcher m = (flat ? FLAT : NUMBER).matcher(stem);
      if (flat ? !m.matches() : !m.find()) {
        throw data(
            "%s has no frame number in its name, expected for example %s: rename it"
                .formatted(file, flat ? "film-a_007.png" : "frame-007.png"));
      }
      String film = flat ? m.group(1) : synset.get(items.get(i).getValue());
      BigInteger frame = new BigInteger(m.group(flat ? 2 : 1));
      Integer other = films.computeIfAbsent(film, f -> new TreeMap<>()).put(frame, i);
      if (other != null) {
        throw data(
            "%s and %s are both frame %s of film '%s': remove one"
                .formatted(file, items.get(other).getKey(), frame, film));
      }
    }
    return films;
  }

  private List<RawFilm> films(Progress progress) throws IOException {
    Map<String, SortedMap<BigInteger, Integer>> order = order();
    if (items.isEmpty()) {
      throw data(
          "%s has no PNG in it: expected a sub-folder a film with its frames (film-a/frame-007.png), or files named film-a_007.png"
              .formatted(folder));
    }
    List<RawFilm> films = new ArrayList<>();
    int done = 0;
    for (var film : order.entrySet()) {
      if (film.getValue().isEmpty()) {
        throw data(
            "film '%s' of %s has no PNG in it: remove the sub-folder, or put its frames there"
                .formatted(film.getKey(), folder));
      }
      requireRegular(film.getKey(), new ArrayList<>(film.getValue().keySet()));
      byte[][] frames = new byte[film.getValue().size()][];
      int width = 0;
      int height = 0;
      for (int item : film.getValue().values()) {
        RawFilm.checkInterrupt();
        BufferedImage picture = picture(item);
        int t = done - doneBefore(films);
        if (t == 0) {
          width = picture.getWidth();
          height = picture.getHeight();
          RawFilm.requireFits(folder.toString(), items.size(), width, height);
        } else if (picture.getWidth() != width || picture.getHeight() != height) {
          throw data(
              "%s is %d × %d pixels, expected %d × %d as the first frame of film '%s': make all frames of one size"
                  .formatted(
                      items.get(item).getKey(),
                      picture.getWidth(),
                      picture.getHeight(),
                      width,
                      height,
                      film.getKey()));
        }
        frames[t] = rgb(picture);
        progress.update(++done, items.size(), "reading films");
      }
      films.add(new RawFilm("film '%s'".formatted(film.getKey()), width, height, frames));
    }
    return films;
  }

  private static int doneBefore(List<RawFilm> films) {
    return films.stream().mapToInt(f -> f.frames().length).sum();
  }

  /** A missing frame would look like a jump of what is filmed. */
  private void requireRegular(String film, List<BigInteger> numbers) {
    BigInteger step = null;
    for (int i = 1; i < numbers.size(); i++) {
      BigInteger next = numbers.get(i).subtract(numbers.get(i - 1));
      if (step == null) {
        step = next;
      } else if (!next.equals(step)) {
        throw data(
            "film '%s' of %s goes from frame %s to frame %s, expected steps of %s as before: add what is missing, or number its frames anew"
                .formatted(film, folder, numbers.get(i - 1), numbers.get(i), step));
      }
    }
  }

  private BufferedImage picture(int item) {
    String file = items.get(item).getKey();
    try {
      Image image = getImage(item);
      return (BufferedImage) image.getWrappedImage();
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s cannot be read as PNG (%s), perhaps it was only half written: write it anew"
              .formatted(file, e.getMessage()),
          e);
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
    return Pattern.compile("\\d+")
        .matcher(name)
        .replaceAll(
            m -> "%20s".formatted(m.group().replaceFirst("^0+(?=\\d)", "")).replace(' ', '0'));
  }

  private static UserError data(String message) {
    return new UserError(UserError.Kind.DATA, message);
  }
}
