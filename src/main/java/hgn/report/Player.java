package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.PageScripts;
import hgn.io.Text;
import hgn.io.Workspace;
import hgn.results.Film;
import hgn.results.FilmTrack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Films side by side as a piece of HTML that plays them: play, pause, scrub, speed and direction,
 * by mouse and by keyboard. It holds all it needs, one PNG with every frame, a script and a style,
 * so that it works without a network, in notebooks, in what nbconvert makes of them and as a file,
 * several times on a page. Where scripts may not run, the PNG is shown as a film strip.
 *
 * @param film what is played
 * @param caption what stands below: experiment, budget, seed; empty for none
 */
public record Player(Film film, String caption) {
  private static final int LARGE = 192;
  private static final int SMALL = 128;
  private static final int FEW = 3;
  private static final String HINT =
      "Keys: space plays, ← → step, ↑ ↓ change the speed, R turns round, Home and End."
          + " 1× is one unit of time a second.";

  /** Place of a screen, and what it says below its frames: null where it has no frame. */
  private record Screen(
      String label, int delay, double start, double dt, List<String> below, int column, int row) {}

  /** The difference's colours. */
  private record Key(String title, List<String> colours, List<String> ticks, int column, int row) {}

  /** All that the script needs to know. */
  private record Script(
      int size,
      int scale,
      int columns,
      int width,
      int length,
      double rate,
      double start,
      double dt,
      int seen,
      List<Screen> screens,
      Key key,
      List<String> notes) {}

  /** The player as an HTML fragment, to be put anywhere on a page, any number of times. */
  public String html() {
    FilmSheet sheet = new FilmSheet(film);
    return """
<div class="hgn-player" data-lm-suppress-shortcuts="true" data-film="%s">
<img alt="%s" style="image-rendering:pixelated;max-width:none" src="data:image/png;base64,%s">
<div style="font-size:smaller">%s (A film strip: it plays where scripts may run, in a notebook that is trusted.)</div>
</div>
<script>%s</script>
"""
        .formatted(
            Tables.escapeHtml(Json.compact(script(sheet))).replace("\"", "&quot;"),
            Tables.escapeHtml(text()).replace("\"", "&quot;"),
            Base64.getEncoder().encodeToString(Png.encode(sheet.image(), "", "")),
            Tables.escapeHtml(caption),
            PageScripts.player());
  }

  /** The player as an HTML page of its own. */
  public String page() {
    return """
           <!DOCTYPE html>
           <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
           <body>
           %s</body></html>
           """
        .formatted(Tables.escapeHtml(caption.isBlank() ? text() : caption), html());
  }

  /**
   * Writes {@code figures/<name>.html}, whole or not at all.
   *
   * @param name the file's stem
   * @param workspace whose figures
   * @return the file
   * @throws hgn.io.UserError if it cannot be written
   */
  public Path save(String name, Workspace workspace) {
    Path file = workspace.figures().resolve(Workspace.fileName(name, ".html"));
    AtomicFiles.writeText(file, page());
    return file;
  }

  /** Description for those who cannot see it. */
  public String text() {
    return Text.of(
        "Film of %d frames: %s",
        film.length(), String.join(", ", film.tracks().stream().map(FilmTrack::label).toList()));
  }

  private Script script(FilmSheet sheet) {
    int tracks = film.tracks().size();
    int models = film.models().size();
    // One model: its difference beside it. Several: the differences in a row below.
    boolean beside = models == 1;
    List<Screen> screens = new ArrayList<>();
    for (FilmTrack track : film.tracks()) {
      boolean truth = screens.isEmpty();
      List<String> below =
          IntStream.range(0, track.length())
              .mapToObj(i -> truth ? "" : error(film.mse(track, i)))
              .toList();
      screens.add(
          new Screen(
              track.label(), track.delay(), track.start(), track.dt(), below, screens.size(), 0));
    }
    for (int m = 0; m < models; m++) {
      FilmTrack model = film.models().get(m);
      int index = m;
      List<String> below = new ArrayList<>();
      IntStream.range(0, model.length()).forEach(i -> below.add(span(sheet.difference(index, i))));
      screens.add(
          new Screen("difference", model.delay(), 0, 0, below, beside ? 2 : 1 + m, beside ? 0 : 1));
    }
    int width = beside ? tracks + 1 : tracks;
    int goal = width <= FEW ? LARGE : SMALL;
    int size = film.truth().frames().size();
    return new Script(
        size,
        Math.max(1, goal / size),
        sheet.columns(),
        width,
        film.length(),
        1 / Math.abs(film.truth().dt()),
        film.truth().start(),
        film.truth().dt(),
        film.seen(),
        screens,
        models == 0 ? null : key(sheet, beside ? 2 : 0),
        caption.isBlank() ? List.of(HINT) : List.of(caption, HINT));
  }

  private static Key key(FilmSheet sheet, int column) {
    List<Integer> nodes = ColorMap.DIVERGING.nodes();
    String range = Numbers.tick(sheet.range());
    return new Key(
        "model − truth, brightness from 0 to 1",
        nodes.stream().map(c -> "#%06x".formatted(c)).toList(),
        List.of("−" + range, "0", "+" + range),
        column,
        1);
  }

  /** In one unit, that of the tables, so that numbers can be compared while they run. */
  private static String error(double mse) {
    return Double.isNaN(mse) ? "truth not known" : Text.of("MSE %.2f × 10⁻⁴", 1e4 * mse);
  }

  private static String span(float... difference) {
    if (difference.length == 0) {
      return null;
    }
    float low = 0;
    float high = 0;
    for (float d : difference) {
      low = Math.min(low, d);
      high = Math.max(high, d);
    }
    return Text.of("−%.3f … +%.3f", -low, high);
  }
}
