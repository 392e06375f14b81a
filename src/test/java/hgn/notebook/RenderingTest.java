package hgn.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderingTest {
  private static Object data(Bundle rendered, String type) {
    return rendered.data().get(type);
  }

  private static BufferedImage decoded(Bundle rendered) throws IOException {
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
    Bundle shown = Rendering.of(chart);
    assertEquals(200, decoded(shown).getWidth());
    assertEquals("chart \"orders\"", Rendering.plainText(shown));
  }

  @Test
  void aTableIsHtmlAndText() {
    Table table =
        Table.create(
            "t", StringColumn.create("a<b", "x & y"), IntColumn.create("n", new int[] {7}));
    Bundle shown = Rendering.of(table);
    String html = (String) data(shown, "text/html");
    assertTrue(html.contains(">a&lt;b</th>") && html.contains(">x &amp; y</td>"), html);
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
    Bundle own = Bundle.text("own");
    assertSame(own, Rendering.of(own));
  }

  @Test
  void displayAnswersTheIdThatUpdateTakes() {
    List<String> seen = new java.util.ArrayList<>();
    Display.connect((shown, id, update) -> seen.add(id + update + Rendering.plainText(shown)));
    String id = Display.display(1);
    Display.updateDisplay(id, 2);
    assertEquals(List.of(id + "false1", id + "true2"), seen);
  }
}
