package hgn.notebook;

import hgn.report.Png;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.image.BufferedImage;
import java.util.Base64;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** How a value looks in a notebook. */
final class Rendering {
  /** Longer tables are cut: a browser with a hundred thousand rows helps nobody. */
  static final int MAX_ROWS = 200;

  private Rendering() {}

  /** The value as what a front end can show; always with a plain text. */
  static DisplayData of(Object value) {
    if (value instanceof DisplayData data) {
      return data;
    }
    if (value instanceof DisplayDataRenderable renderable) {
      return new Renderer().render(renderable);
    }
    if (value instanceof BufferedImage image) {
      return png(encode(image), "image %d×%d".formatted(image.getWidth(), image.getHeight()));
    }
    if (value instanceof IChart chart) {
      return png(
          encode(BitmapEncoder.getBufferedImage(chart)),
          "chart \"%s\"".formatted(chart.getTitle()));
    }
    if (value instanceof Table table) {
      DisplayData data = new DisplayData(table.print(MAX_ROWS));
      data.putHTML(html(table));
      return data;
    }
    return new DisplayData(CellExecution.text(value));
  }

  /** The plain text of what was rendered. */
  static String plainText(DisplayData data) {
    return String.valueOf(data.getData(MIMEType.TEXT_PLAIN));
  }

  private static DisplayData png(byte[] bytes, String text) {
    DisplayData data = new DisplayData(text);
    data.putData("image/png", Base64.getEncoder().encodeToString(bytes));
    return data;
  }

  private static byte[] encode(BufferedImage image) {
    return Png.encode(image, "", "");
  }

  private static String html(Table table) {
    StringBuilder html = new StringBuilder("<table>");
    if (table.name() != null && !table.name().isBlank()) {
      html.append("<caption>").append(escape(table.name())).append("</caption>");
    }
    html.append("<thead><tr>");
    for (Column<?> column : table.columns()) {
      html.append("<th>").append(escape(column.name())).append("</th>");
    }
    html.append("</tr></thead><tbody>");
    int rows = Math.min(table.rowCount(), MAX_ROWS);
    for (int row = 0; row < rows; row++) {
      html.append("<tr>");
      for (Column<?> column : table.columns()) {
        html.append("<td>").append(escape(column.getString(row))).append("</td>");
      }
      html.append("</tr>");
    }
    html.append("</tbody></table>");
    if (rows < table.rowCount()) {
      html.append("<p>%d more rows</p>".formatted(table.rowCount() - rows));
    }
    return html.toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
