package hgn.data;

import ai.djl.Device;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.Streams.Use;
import hgn.io.Hashes;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The user's own films, from a folder of PNG sequences or from archives of NumPy's.
 *
 * <p>A fifth of the films, at least one, drawn by a fixed seed, is kept for the test; no film is on
 * both sides. Films longer than the protocol's are cut into windows: of the training films at every
 * frame, of the test films so that they do not overlap. Frames of 64 × 64 pixels stay, all others
 * are scaled to 32 × 32.
 */
public final class OwnFilms implements FilmData {
  private static final int SMALL = 32;
  private static final int LARGE = 64;
  private static final int TEST_SHARE = 5;
  private static final long SPLIT_SEED = 2020;

  private final FilmsSpec spec;
  private final FilmWindows train;
  private final FilmWindows test;

  /** Remark on still and repeated films for the user, or "". */
  private final String remark;

  private volatile float[] meanImage;

  private OwnFilms(FilmsSpec spec, FilmWindows train, FilmWindows test, String remark) {
    this.remark = remark;
    this.spec = spec;
    this.train = train;
    this.test = test;
  }

  /**
   * Reads films whole; they are checked before anything is made of them.
   *
   * @param path a folder or an npz archive; a relative one belongs to the checkout or, where it is
   *     not there, to the working directory
   * @param workspace the checkout
   * @param steps steps of a window: it has steps + 1 frames
   * @param progress told after every picture
   * @throws UserError naming film, frame and value that do not fit, and what to do
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static OwnFilms open(String path, Workspace workspace, int steps, Progress progress) {
    Path source = find(path, workspace);
    List<RawFilm> films =
        Files.isDirectory(source) ? PictureFolder.read(source, progress) : FilmArchive.read(source);
    FrameCheck check = new FrameCheck(SMALL, steps + 1);
    for (RawFilm film : films) {
      try {
        check.checkLength(Text.of("%s of %s", film.name(), source), film.frames().length);
      } catch (UserError e) {
        throw FilmArchive.isArchive(source) ? e.advising(FilmArchive.AXES) : e;
      }
    }
    requireOneSize(source, films);
    if (films.size() < 2) {
      throw UserError.data(
          "%s has one film, expected at least two, one to learn from and one to be judged by: %s",
          source,
          films.get(0).frames().length < 2 * (steps + 1) ? "give another" : "cut it in two");
    }
    requireLight(source, films);
    return NativeThreads.single(() -> made(named(source, workspace), films, steps));
  }

  private static OwnFilms made(String name, List<RawFilm> films, int steps) {
    RawFilm first = films.get(0);
    int size = first.width() == LARGE && first.height() == LARGE ? LARGE : SMALL;
    Set<Integer> judged = testFilms(films.size());
    List<byte[][]> learn = new ArrayList<>();
    List<byte[][]> judge = new ArrayList<>();
    for (int i = 0; i < films.size(); i++) {
      RawFilm.checkInterrupt();
      (judged.contains(i) ? judge : learn).add(planes(films.get(i), size));
    }
    int still = films.size() - moving(learn) - moving(judge);
    if (still == films.size()) {
      throw UserError.data(
          "nothing moves in %s: in each of its %d films all frames are the same%s, expected films"
              + " of motion; give others",
          name, still, size == first.width() ? "" : Text.of(" at %d × %d pixels", size, size));
    }
    int length = steps + 1;
    FilmWindows train = new FilmWindows(size, length, Math.max(1, length / 2), 1, learn);
    FilmWindows test = new FilmWindows(size, length, length, length, judge);
    FilmsSpec spec =
        new FilmsSpec(
            name,
            checksum(films),
            films.size(),
            films.stream().mapToInt(f -> f.frames().length).sum(),
            first.width(),
            first.height(),
            size,
            steps,
            train.size(),
            test.size());
    int same = doubles(films);
    String remark =
        (still == 0 ? "" : Text.of("; in %d of the films nothing moves", still))
            + (same == 0 ? "" : Text.of("; %d of the films repeat another", same));
    return new OwnFilms(spec, train, test, remark);
  }

  /** Spec of the films. */
  public FilmsSpec spec() {
    return spec;
  }

  @Override
  public String summary() {
    boolean kept = spec.width() == spec.imageSize() && spec.height() == spec.imageSize();
    return Text.of(
        "%s: %d films, %d frames of %d × %d pixels%s; %d windows of %d frames to learn from, %d to"
            + " be judged by%s",
        spec.path(),
        spec.films(),
        spec.frames(),
        spec.width(),
        spec.height(),
        kept ? "" : Text.of(", scaled to %d × %d", spec.imageSize(), spec.imageSize()),
        spec.train(),
        spec.steps() + 1,
        spec.test(),
        remark);
  }

  @Override
  public FilmWindows train() {
    return train;
  }

  @Override
  public FilmWindows test() {
    return test;
  }

  @Override
  public int imageSize() {
    return spec.imageSize();
  }

  /**
   * Time between two frames, where the films' clock is not known: a frame is taken to be the
   * paper's step.
   */
  @Override
  public double dt() {
    return DatasetSpec.PAPER_DT;
  }

  @Override
  public float[] meanImage() {
    float[] known = meanImage;
    if (known == null) {
      known = MeanImage.of(train, imageSize());
      meanImage = known;
    }
    return known.clone();
  }

  private static Path find(String path, Workspace workspace) {
    Path inside = workspace.root().resolve(path).normalize();
    Path here = Path.of(path).toAbsolutePath().normalize();
    Path found = Files.exists(inside) ? inside : here;
    if (!Files.exists(found)) {
      throw UserError.usage(
          "there are no films at %s%s: expected a folder of PNG sequences or an npz archive",
          inside, here.equals(inside) ? "" : ", nor at " + here);
    }
    if (!Files.isDirectory(found)
        && !(Files.isRegularFile(found) && FilmArchive.isArchive(found))) {
      throw UserError.usage(
          "%s is neither a folder of PNG sequences nor an npz archive: cut a video into PNGs first,"
              + " a folder a film (mkdir -p films/a && ffmpeg -i %s films/a/frame-%%05d.png)",
          found, found.getFileName());
    }
    return found;
  }

  /** Inside the checkout a name that means the same on other machines. */
  private static String named(Path source, Workspace workspace) {
    Path root = workspace.root();
    Path name = source.startsWith(root) ? root.relativize(source) : source;
    return name.toString().replace('\\', '/');
  }

  private static void requireOneSize(Path source, List<RawFilm> films) {
    RawFilm first = films.get(0);
    for (RawFilm film : films) {
      if (film.width() != first.width() || film.height() != first.height()) {
        throw UserError.data(
            "%s of %s has frames of %d × %d pixels, expected %d × %d as %s: bring all films to one"
                + " size",
            film.name(),
            source,
            film.width(),
            film.height(),
            first.width(),
            first.height(),
            first.name());
      }
    }
  }

  /** Films that are another's double: on both sides they are judged by what was learned of them. */
  private static int doubles(List<RawFilm> films) {
    Set<String> different = new TreeSet<>();
    for (RawFilm f : films) {
      different.add(checksum(List.of(new RawFilm("", f.width(), f.height(), f.frames()))));
    }
    return films.size() - different.size();
  }

  /** Check for films that were divided by 255 once too often, which are as good as black. */
  private static void requireLight(Path source, List<RawFilm> films) {
    int most = 0;
    for (RawFilm film : films) {
      for (byte[] frame : film.frames()) {
        for (byte value : frame) {
          most = Math.max(most, Byte.toUnsignedInt(value));
        }
      }
    }
    FrameCheck.requireLight(source.toString(), most / 255.0);
  }

  /** Films in which any two frames differ where they are as small as they are learned. */
  private static int moving(List<byte[][]> films) {
    int moving = 0;
    for (byte[][] film : films) {
      if (Arrays.stream(film).anyMatch(frame -> !Arrays.equals(frame, film[0]))) {
        moving++;
      }
    }
    return moving;
  }

  /** A fifth, at least one, by lot: films that were taken one after the other may be alike. */
  private static Set<Integer> testFilms(int films) {
    RandomGenerator random = Streams.stream(SPLIT_SEED, Use.ORDER, 1, 0);
    Set<Integer> chosen = new TreeSet<>();
    int wanted = Math.max(1, films / TEST_SHARE);
    while (chosen.size() < wanted) {
      chosen.add(random.nextInt(films));
    }
    return chosen;
  }

  private static String checksum(List<RawFilm> films) {
    var digest = Hashes.sha256();
    for (RawFilm film : films) {
      String head =
          Text.of("%s %d %d %d;", film.name(), film.width(), film.height(), film.frames().length);
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      for (byte[] frame : film.frames()) {
        digest.update(frame);
      }
    }
    return Hashes.hex(digest);
  }

  /** One array a frame: red, green and blue planes of size × size bytes. */
  private static byte[][] planes(RawFilm film, int size) {
    int w = film.width();
    int h = film.height();
    byte[][] planes = new byte[film.frames().length][];
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      for (int t = 0; t < planes.length; t++) {
        byte[] rgb = film.frames()[t];
        planes[t] = w == size && h == size ? split(rgb) : split(scaled(manager, rgb, w, h, size));
      }
    }
    return planes;
  }

  /** Every pixel becomes the mean of those that lie below it. */
  private static byte[] scaled(NDManager manager, byte[] rgb, int w, int h, int size) {
    try (NDManager scope = manager.newSubManager()) {
      float[] values = new float[rgb.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Byte.toUnsignedInt(rgb[i]);
      }
      NDArray picture = scope.create(values, new Shape(h, w, RawFilm.CHANNELS));
      NDArray small = NDImageUtils.resize(picture, size, size, Image.Interpolation.AREA);
      return small.round().toType(DataType.UINT8, false).toByteArray();
    }
  }

  private static byte[] split(byte... rgb) {
    int area = rgb.length / RawFilm.CHANNELS;
    byte[] planes = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      planes[i % RawFilm.CHANNELS * area + i / RawFilm.CHANNELS] = rgb[i];
    }
    return planes;
  }
}
