package hgn.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderingTest {
  private static Object data(DisplayData rendered, String type) {
    return rendered.getData(MIMEType.parse(type));
  }

  private static BufferedImage decoded(DisplayData rendered) throws IOException {
    byte[] png = Base64.getDecoder().decode((String) data(rendered, "image/png"));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void anImageIsItsPixels() throws IOException {
    BufferedImage image = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 2, 0xFF8000);
    BufferedImage shown = decoded(Rendering.of(image));
    assertEquals(0xFFFF8000, shown.getRGB(1, 2));
  }

  @Test
  void aChartIsAnImageOfItsSize() throws IOException {
    XYChart chart = new XYChartBuilder().width(200).height(100).title("orders").build();
    var unused = chart.addSeries("s", new double[] {1, 2}, new double[] {1, 2});
    DisplayData shown = Rendering.of(chart);
    assertEquals(200, decoded(shown).getWidth());
    assertEquals("chart \"orders\"", Rendering.plainText(shown));
  }

  @Test
  void aTableIsHtmlAndText() {
    Table table =
        Table.create(
            "t", StringColumn.create("a<b", "x & y"), IntColumn.create("n", new int[] {7}));
    DisplayData shown = Rendering.of(table);
    String html = (String) data(shown, "text/html");
    assertTrue(html.contains("<th>a&lt;b</th>") && html.contains("<td>x &amp; y</td>"), html);
    assertTrue(Rendering.plainText(shown).contains("7"));
  }

  @Test
  void aLongTableIsCutAndSaysSo() {
    int[] rows = IntStream.range(0, Rendering.MAX_ROWS + 5).toArray();
    String html =
        (String) data(Rendering.of(Table.create(IntColumn.create("n", rows))), "text/html");
    assertTrue(html.endsWith("<p>5 more rows</p>"), html);
  }

  @Test
  void otherValues() {
    assertEquals("null", Rendering.plainText(Rendering.of(null)));
    assertEquals("int[2] { 1, 2 }", Rendering.plainText(Rendering.of(new int[] {1, 2})));
    DisplayData own = new DisplayData("own");
    assertSame(own, Rendering.of(own));
  }

  @Test
  void displayAnswersTheIdThatUpdateTakes() {
    List<String> seen = new java.util.ArrayList<>();
    Display.connect(
        (shown, update) -> seen.add(shown.getDisplayId() + update + Rendering.plainText(shown)));
    String id = Display.display(1);
    Display.updateDisplay(id, 2);
    assertEquals(List.of(id + "false1", id + "true2"), seen);
  }

  @Test
  void aUserErrorIsItsMessage() {
    Failure failure =
        Failure.thrown(
            new UserError(UserError.Kind.DATA, "mend it", new IOException("x")), List.of());
    assertEquals(1, failure.traceback().size());
    assertTrue(failure.traceback().get(0).contains("mend it"));
  }

  @Test
  void textIsCutBetweenCharactersOnly() {
    byte[] bytes = "aä█😀".getBytes(StandardCharsets.UTF_8);
    int[] whole = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (int length = 0; length <= bytes.length; length++) {
      assertEquals(whole[length], CellOutput.wholeCharacters(bytes, length), "length " + length);
    }
  }

  @Test
  void anothersKernelIsNotReplaced(@TempDir Path folder) throws IOException {
    Path file = KernelSpec.install(Path.of("/checkout"), folder, false);
    assertTrue(Files.readString(file).contains("/checkout/lib/*"));
    assertEquals(file, KernelSpec.install(Path.of("/other"), folder, false));
    Files.writeString(file, "{\"argv\": [\"ijava\"]}");
    UserError refused =
        Assertions.assertThrows(
            UserError.class, () -> KernelSpec.install(Path.of("/checkout"), folder, false));
    assertTrue(refused.getMessage().contains("--force"));
    assertFalse(Files.readString(file).contains("checkout"));
    assertEquals(file, KernelSpec.install(Path.of("/checkout"), folder, true));
  }
}
