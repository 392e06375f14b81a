package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.Band;
import hgn.results.Film;
import hgn.results.FilmTrack;
import hgn.results.FrameSequence;
import hgn.results.Grid2D;
import hgn.results.Series;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTest {
  private static final double[] X = Grid2D.linspace(0, 10, 21);

  @Test
  void savesWhatItShowsAsPngSvgAndPdf(@TempDir Path root) throws Exception {
    Figure figure = Figures.chart("fig-test", "Budget: smoke.", lines());
    Path png = figure.save(new Workspace(root));
    BufferedImage read = ImageIO.read(png.toFile());
    assertEquals(Style.SCALE * figure.width(), read.getWidth());
    assertEquals(Style.SCALE * figure.height(), read.getHeight());
    parse(Files.readString(root.resolve("figures/fig-test.svg")));
    assertTrue(Files.size(root.resolve("figures/fig-test.pdf")) > 1000);
  }

  @Test
  void theSvgCarriesNameAndCaption() {
    for (Figure figure :
        List.of(
            Figures.chart("a-chart", "Seed 1 & <quick>.", lines()),
            Figures.rollouts("b-strip", "Seed 1 & <quick>.", List.of(frames("x"))),
            Figures.strip("a-strip", "Seed 1 & <quick>.", List.of(frames("x")), 0.125))) {
      String svg = figure.svg();
      assertTrue(svg.contains("<title>" + figure.name() + "</title>"), figure.name());
      assertTrue(svg.contains("<desc>Seed 1 &amp; &lt;quick&gt;.</desc>"), figure.name());
    }
  }

  @Test
  void aCaptionTakesRoomBelowAndBreaksIntoLines() {
    Figure bare = Figures.chart("a", "", lines());
    Figure one = Figures.chart("a", "Budget: quick.", lines());
    Figure many = Figures.chart("a", "many words ".repeat(40), lines());
    assertEquals(bare.bodyHeight(), bare.height());
    assertTrue(one.height() > bare.height() && many.height() > one.height());
  }

  @Test
  void nothingTouchesTheEdges() throws Exception {
    Chart crowded = lines().y("a rather long title of the vertical axis, with its unit");
    for (int i = 0; i < 12; i++) {
      crowded.line(new Series("a curve with quite a long name " + i, X, X));
    }
    Grid2D grid = Grid2D.of(X, X, (x, y) -> 1e4 * x * y);
    Chart field = Chart.of("field").x("q").y("p").field(grid, ColorMap.VIRIDIS, "energy H");
    Strip strip =
        Strip.of(List.of(frames("a label that is long enough to need much room")), -0.125);
    for (Figure figure :
        List.of(
            Figures.panels("panels", "caption", 2, List.of(crowded, field, lines())),
            strip.figure("strip", "caption"))) {
      assertFrameOfWhite(figure.image());
      parse(figure.svg());
    }
  }

  @Test
  void logarithmicAxesLeaveOutWhatTheyCannotShow() {
    Series touchingZero = new Series("s", X, Arrays.stream(X).map(x -> x - 3).toArray());
    Band band = new Band("b", X, X, new double[X.length], X);
    BufferedImage image =
        Figures.chart("log", "", Chart.of("").logX().logY().line(touchingZero).band(band)).image();
    assertTrue(inked(image) > 1000);
  }

  @Test
  void emptyAndConstantDataStillMakeAChart() {
    Series empty = new Series("none", new double[0], new double[0]);
    Series constant = new Series("constant", X, new double[X.length]);
    assertTrue(inked(Figures.chart("e", "", Chart.of("").line(empty)).image()) > 1000);
    assertTrue(inked(Figures.chart("c", "", Chart.of("").line(constant)).image()) > 1000);
    assertTrue(inked(Figures.chart("l", "", Chart.of("").logY().line(constant)).image()) > 1000);
  }

  @Test
  void framesAreShownInTheirColours() {
    BufferedImage image = Strip.of(List.of(frames("x")), 0.125).figure("s", "").image();
    int yellow = new Color(255, 128, 0).getRGB();
    int found = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      found += image.getRGB(x, image.getHeight() / 2) == yellow ? 1 : 0;
    }
    assertTrue(found > 500, "pixels of the frames' colour: " + found);
  }

  @Test
  void redAndGreenAreOutlinedAndYellowIsNot() {
    float[] planes = new float[3 * 16 * 16];
    for (int i = 0; i < 256; i++) {
      planes[i] = i % 16 < 8 ? 1 : 0;
      planes[256 + i] = i < 128 ? 1 : i % 16 < 8 ? 0 : 1;
    }
    // Yellow and green above, red and green below.
    FrameSequence film = new FrameSequence("x", 16, new float[][] {planes, planes});
    BufferedImage image = Strip.of(List.of(film), 0.125).figure("s", "").image();
    assertTrue(count(image, Color.WHITE, 0.6, 0.9) > 20, "white round red");
    assertTrue(count(image, Color.BLACK, 0.1, 0.45) > 20, "black round green");
  }

  /** Pixels of a colour within the last frame of a strip, between two shares of its height. */
  private static int count(BufferedImage image, Color color, double from, double to) {
    int side = 64 * Style.SCALE;
    int left = image.getWidth() - side - 20;
    int top = 26 * Style.SCALE;
    int count = 0;
    for (int x = left; x < left + side - 10; x++) {
      for (int y = (int) (top + from * side); y < top + to * side; y++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void aStripSaysWhetherItsColumnsAreTimesOrFrames() {
    Strip times = Strip.of(List.of(frames("x")), 0.125);
    assertEquals(List.of("t = 0", "0.375"), headings(times, 0));
    Strip counts = Strip.counting(List.of(frames("x")));
    assertEquals(List.of("frame 0", "3"), headings(counts, 0));
  }

  @Test
  void rolloutsHaveTheirOwnTimesAndTheTruthOfTheFastOne() {
    FrameSequence film = frames("truth");
    Film rollouts =
        new Film(
            new FilmTrack(film, 0, 0, 0.125),
            List.of(
                new FilmTrack(film.named("forward"), 1, 0.125, 0.125),
                new FilmTrack(film.named("backward"), 1, 3.75, -0.125),
                new FilmTrack(film.named("double"), 1, 0.125, 0.25)),
            0);
    Strip strip = (Strip) Figures.rollouts("r", "", rollouts).body();
    assertEquals(
        List.of("truth", "forward", "backward", "truth, every 2 dt", "double"),
        strip.rows().stream().map(FilmTrack::label).toList());
    assertEquals(List.of("t = 0.125", "0.5"), headings(strip, 0));
    assertEquals(List.of("t = 3.75", "3.375"), headings(strip, 2));
    assertEquals(List.of("t = 0.125", "0.875"), headings(strip, 3));
    assertEquals(15, strip.rows().get(3).length());
  }

  private static List<String> headings(Strip strip, int row) {
    FilmTrack track = strip.rows().get(row);
    return List.of(strip.heading(track, 0, 0), strip.heading(track, 1, 3));
  }

  @Test
  void anotherSizeIsLaidOutAnew() {
    Figure wide = Figures.panels("p", "Seed 1.", 2, List.of(lines(), lines()));
    Figure column = wide.sized(8.5, 8);
    assertEquals(8.5 / 2.54 * 72, column.scale() * column.width(), 1e-9);
    // Text of twelve points is eight in print.
    assertEquals(8.0 / 12, column.scale(), 1e-3);
    assertTrue(column.height() > column.width(), "panels stand below one another");
    Strip strip = Strip.of(List.of(frames("x")), 0.125);
    Figure small = strip.figure("s", "").sized(6, 10);
    assertTrue(small.bodyHeight() < strip.figure("s", "").bodyHeight(), "frames are smaller");
    assertFrameOfWhite(small.image());
    assertFrameOfWhite(column.image());
  }

  @Test
  void schematicsFitTheirPages() {
    for (Figure figure :
        List.of(
            Schematics.manifold("fig01", "c"),
            Schematics.hgn(
                "fig02",
                "c",
                List.of("31 × 3 × 32 × 32", "16 × 4 × 4", "16 × 4 × 4", "3 × 32 × 32")),
            Schematics.flows("fig03", "c"),
            Schematics.nhf("fig04", "c", 2))) {
      assertFrameOfWhite(figure.image());
    }
  }

  @Test
  void panelsThatSayTheSameShareALegendAndTrainAndTestAScale() {
    Chart one = Chart.of("rk4").logY().line(new Series("rk4", X, X));
    Chart other =
        Chart.of("")
            .logY()
            .line(new Series("rk4", X, Arrays.stream(X).map(x -> 100 * x).toArray()));
    assertEquals("RK4", one.keysBelow().get(0).label());
    assertEquals(one.keysBelow(), other.keysBelow());
    assertEquals(
        "hgn-euler.pendulum and NHF, 2 steps", Legend.words("hgn-euler.pendulum and nhf-2"));
    Chart.alignY(List.of(one, other));
    assertFrameOfWhite(Figures.panels("p", "", 2, List.of(one, other)).image());
  }

  @Test
  void plotsOfARowAreOfOneHeightAndLeaveNoGapBelow() {
    Chart circle = lines().x("q").equalAspect().noLegend().xRange(-1, 1).yRange(-1, 1);
    Chart bare = Chart.of("").x("a longer title, with gaps").line(new Series("s", X, X)).noLegend();
    Figure row = Figures.panels("row", "", 3, 350, List.of(circle, circle, bare));
    assertTrue(row.bodyHeight() < 320, row.bodyHeight() + " points");
    BufferedImage image = row.image();
    List<Integer> first = borders(image, image.getWidth() / 6);
    List<Integer> last = borders(image, image.getWidth() * 5 / 6 + 40);
    assertEquals(first.get(0), last.get(0));
    assertEquals(first.get(1), last.get(1), Style.SCALE, "but for rounding");
    assertTrue(image.getHeight() - first.get(1) < 100 * Style.SCALE, "a gap below: " + first);
  }

  /** Rows of the image in which a plot's frame begins and ends, seen in a column of pixels. */
  private static List<Integer> borders(BufferedImage image, int x) {
    List<Integer> rows = new ArrayList<>();
    for (int y = 0; y < image.getHeight(); y++) {
      if (image.getRGB(x, y) == Style.INK.getRGB()
          && image.getRGB(x + 1, y) == Style.INK.getRGB()) {
        rows.add(y);
      }
    }
    return List.of(rows.get(0), rows.get(rows.size() - 1));
  }

  @Test
  void aSizeThatCannotBeIsRefused() {
    Figure figure = Figures.chart("c", "", lines());
    for (double[] size : new double[][] {{0.5, 10}, {100, 10}, {10, 2}, {10, 90}, {4, 20}}) {
      assertThrows(UserError.class, () -> figure.sized(size[0], size[1]));
    }
    UserError ending = assertThrows(UserError.class, () -> figure.write(Path.of("somewhere.jpeg")));
    assertTrue(ending.getMessage().contains(".pdf"), ending.getMessage());
  }

  @Test
  void curvesThatLeaveTheirPanelAreNamed() {
    double[] steps = {40, 80};
    Series kept = new Series("leapfrog", steps, new double[] {1e-2, 1e-2});
    Series gone = new Series("euler", steps, new double[] {10, 1e9});
    List<String> titles = List.of("Spring", "Pendulum");
    assertEquals(
        "80 steps. Beyond the upper edge: Euler (Spring).",
        FormalismFigures.energies(
                "e", "80 steps.", titles, List.of(List.of(kept, gone), List.of(kept)))
            .caption());
  }

  @Test
  void namesAreFileStems() {
    assertThrows(IllegalArgumentException.class, () -> Figures.chart("Fig 1", "", lines()));
    assertThrows(IllegalArgumentException.class, () -> Figures.panels("p", "", 2, List.of()));
  }

  @Test
  void levelLinesLieOnTheirLevel() {
    Grid2D grid =
        Grid2D.of(Grid2D.linspace(-1, 1, 41), Grid2D.linspace(-1, 1, 41), (x, y) -> x * x + y * y);
    List<double[]> circle = Contours.segments(grid, 0.49);
    double length = 0;
    for (double[] s : circle) {
      assertEquals(0.7, Math.hypot(s[0], s[1]), 2e-3);
      length += Math.hypot(s[2] - s[0], s[3] - s[1]);
    }
    assertEquals(2 * Math.PI * 0.7, length, 0.02);
  }

  private static Chart lines() {
    return Chart.of("title").x("time t").y("value").line(new Series("s", X, X)).horizontal(5, "5");
  }

  private static FrameSequence frames(String label) {
    float[] orange = new float[3 * 8 * 8];
    Arrays.fill(orange, 0, 64, 1f);
    Arrays.fill(orange, 64, 128, 0.5f);
    float[][] frames = new float[31][];
    Arrays.fill(frames, orange);
    return new FrameSequence(label, 8, frames);
  }

  /** What is cut off touches the edge. */
  private static void assertFrameOfWhite(BufferedImage image) {
    for (int x = 0; x < image.getWidth(); x++) {
      assertEquals(-1, image.getRGB(x, 0), "top");
      assertEquals(-1, image.getRGB(x, image.getHeight() - 1), "bottom");
    }
    for (int y = 0; y < image.getHeight(); y++) {
      assertEquals(-1, image.getRGB(0, y), "left");
      assertEquals(-1, image.getRGB(image.getWidth() - 1, y), "right");
    }
    assertTrue(inked(image) > 1000);
  }

  private static int inked(BufferedImage image) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == -1 ? 0 : 1;
      }
    }
    return count;
  }

  private static void parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var document =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertEquals("svg", document.getDocumentElement().getTagName());
  }
}
