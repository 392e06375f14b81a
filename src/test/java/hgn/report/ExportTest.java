package hgn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.results.FrameSequence;
import hgn.results.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class ExportTest {
  private static final double[] X = {0, 1, 2, 3};
  private static final int SIDE = 4;

  @TempDir private Path root;
  private Workspace workspace;
  private Path out;

  @BeforeEach
  void aSmallWorkspace() {
    workspace = new Workspace(root.resolve("checkout"));
    out = root.resolve("out");
    chart().save(workspace);
    strip().save(workspace);
    Table table = Table.create("Numbers", DoubleColumn.create("x", X));
    Tables.save(table, "numbers", workspace);
  }

  @Test
  void everyFigureAndTableInEveryFormat() throws IOException {
    Files.write(workspace.figures().resolve("film.gif"), new byte[] {1, 2, 3});
    List<Path> exported = Export.of(workspace, "", Export.FORMATS, out);
    List<String> names = new ArrayList<>();
    for (String name : List.of("figures/a-chart", "figures/b-strip")) {
      Stream.of(".png", ".svg", ".pdf").map(name::concat).forEach(names::add);
    }
    Stream.of(".csv", ".html", ".md", ".tex").map("tables/numbers"::concat).forEach(names::add);
    names.add("figures/film.gif");
    assertEquals(names.stream().sorted().toList(), files());
    assertEquals(names.size(), exported.size());
    for (String name : names) {
      Path from = name.startsWith("f") ? workspace.root() : workspace.root().resolve("data");
      assertArrayEquals(
          Files.readAllBytes(from.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
    }
  }

  @Test
  void aPdfIsOnePageOfTheFiguresSizeWithItsTextAndCaption() throws IOException {
    Export.of(workspace, "a-", List.of("pdf"), out);
    try (PDDocument pdf = Loader.loadPDF(out.resolve("figures/a-chart.pdf").toFile())) {
      assertEquals(1, pdf.getNumberOfPages());
      assertEquals(chart().width(), pdf.getPage(0).getMediaBox().getWidth());
      assertEquals(chart().height(), pdf.getPage(0).getMediaBox().getHeight());
      assertEquals("a-chart", pdf.getDocumentInformation().getTitle());
      assertEquals("Budget: smoke, ψ & <q>.", pdf.getDocumentInformation().getSubject());
      String text = new PDFTextStripper().getText(pdf);
      for (String shown : List.of("Error over time", "a curve", "smoke, ψ & <q>.")) {
        assertTrue(text.contains(shown), shown + " in " + text);
      }
      assertEquals(List.of(), images(pdf.getPage(0).getResources()), "lines became pixels");
      List<PDFont> fonts = fonts(pdf.getPage(0).getResources());
      assertFalse(fonts.isEmpty());
      fonts.forEach(f -> assertTrue(f.isEmbedded(), f.getName()));
    }
  }

  @Test
  void filmsKeepTheirPixels() throws IOException {
    Export.of(workspace, "b-", List.of("pdf"), out);
    try (PDDocument pdf = Loader.loadPDF(out.resolve("figures/b-strip.pdf").toFile())) {
      List<PDImageXObject> images = images(pdf.getPage(0).getResources());
      assertFalse(images.isEmpty());
      for (PDImageXObject image : images) {
        assertEquals(SIDE, image.getHeight());
        assertFalse(image.getInterpolate());
        int orange = image.getImage().getRGB(0, 0) & 0xffffff;
        assertTrue(Png.distance(orange, 0xff8000) <= Png.TOLERANCE, Integer.toHexString(orange));
      }
    }
  }

  @Test
  void theSameFigureIsTheSamePdf() {
    assertArrayEquals(chart().pdf(), chart().pdf());
  }

  @Test
  void namesBeginOrMatchAPattern() throws IOException {
    Export.of(workspace, "*-strip", List.of("png", "csv"), out);
    assertEquals(List.of("figures/b-strip.png"), files());
    Export.of(workspace, "num", List.of("png", "csv"), out);
    assertEquals(List.of("figures/b-strip.png", "tables/numbers.csv"), files());
  }

  @Test
  void whatCannotBeAskedForIsNamed() throws IOException {
    UserError name = fails("fig99", Export.FORMATS);
    assertEquals(UserError.Kind.USAGE, name.kind());
    assertTrue(name.getMessage().contains("'fig99'") && name.getMessage().contains("a-chart"));
    assertEquals(UserError.Kind.USAGE, fails("[a", Export.FORMATS).kind());
    UserError format = fails("", List.of("jpeg"));
    assertEquals(UserError.Kind.USAGE, format.kind());
    assertTrue(format.getMessage().contains("'jpeg'") && format.getMessage().contains("pdf"));
    assertEquals(List.of(), files());
  }

  @Test
  void withoutFiguresItSaysWhatMakesThem() {
    Workspace fresh = new Workspace(root.resolve("fresh"));
    UserError none = assertThrows(UserError.class, () -> Export.of(fresh, "", List.of("pdf"), out));
    assertEquals(UserError.Kind.ENVIRONMENT, none.kind());
    assertTrue(none.getMessage().contains("./workbook run"), none.getMessage());
  }

  private UserError fails(String only, List<String> formats) {
    return assertThrows(UserError.class, () -> Export.of(workspace, only, formats, out));
  }

  private List<String> files() throws IOException {
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(Files::isRegularFile)
          .map(f -> out.relativize(f).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static Figure chart() {
    Chart chart = Chart.of("Error over time").x("time t").y("error");
    chart.line(new Series("a curve", X, X)).line(new Series("another", X, new double[X.length]));
    return Figures.chart("a-chart", "Budget: smoke, ψ & <q>.", chart);
  }

  private static Figure strip() {
    float[] orange = new float[3 * SIDE * SIDE];
    Arrays.fill(orange, 0, SIDE * SIDE, 1f);
    Arrays.fill(orange, SIDE * SIDE, 2 * SIDE * SIDE, 0.5f);
    float[][] frames = new float[5][];
    Arrays.fill(frames, orange);
    FrameSequence film = new FrameSequence("truth", SIDE, frames);
    return Figures.strip("b-strip", "Seed 1.", List.of(film), 0.125);
  }

  private static List<PDImageXObject> images(PDResources resources) throws IOException {
    List<PDImageXObject> found = new ArrayList<>();
    for (COSName name : resources.getXObjectNames()) {
      PDXObject object = resources.getXObject(name);
      if (object instanceof PDImageXObject image) {
        found.add(image);
      } else if (object instanceof PDFormXObject form) {
        found.addAll(images(form.getResources()));
      }
    }
    return found;
  }

  private static List<PDFont> fonts(PDResources resources) throws IOException {
    List<PDFont> found = new ArrayList<>();
    for (COSName name : resources.getFontNames()) {
      found.add(resources.getFont(name));
    }
    for (COSName name : resources.getXObjectNames()) {
      if (resources.getXObject(name) instanceof PDFormXObject form) {
        found.addAll(fonts(form.getResources()));
      }
    }
    return found;
  }
}
