package hgn.notebook;

import hgn.io.Text;
import hgn.report.Png;
import hgn.report.Tables;
import java.awt.image.BufferedImage;
import java.util.Base64;
import jdk.jshell.execution.DirectExecutionControl;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Table;

/** Rendering of values in a notebook. */
public final class Rendering {
  /** Longer tables are cut: a browser with a hundred thousand rows helps nobody. */
  static final int MAX_ROWS = 200;

  private Rendering() {}

  /** The value as what a front end can show; always with a plain text. */
  public static Bundle of(Object value) {
    if (value instanceof Bundle bundle) {
      return bundle;
    }
    if (value instanceof BufferedImage image) {
      return png(encode(image), Text.of("image %d×%d", image.getWidth(), image.getHeight()));
    }
    if (value instanceof IChart chart) {
      return png(
          encode(BitmapEncoder.getBufferedImage(chart)),
          "chart \"%s\"".formatted(chart.getTitle()));
    }
    if (value instanceof Table table) {
      return Bundle.of("text/html", html(table), table.print(MAX_ROWS));
    }
    return Bundle.text(text(value));
  }

  /** A value as text; an array by its elements, as JShell writes it. */
  private static String text(Object value) {
    return value != null && value.getClass().isArray()
        ? Arrays.valueOf(value)
        : String.valueOf(value);
  }

  /** JShell's own way with arrays. */
  private static final class Arrays extends DirectExecutionControl {
    static String valueOf(Object array) {
      return valueString(array);
    }
  }

  /** The plain text of what was rendered. */
  static String plainText(Bundle bundle) {
    return String.valueOf(bundle.data().get(Bundle.TEXT));
  }

  private static Bundle png(byte[] bytes, String text) {
    return Bundle.of("image/png", Base64.getEncoder().encodeToString(bytes), text);
  }

  private static byte[] encode(BufferedImage image) {
    return Png.encode(image, "", "");
  }

  private static String html(Table table) {
    int more = table.rowCount() - MAX_ROWS;
    return more <= 0
        ? Tables.html(table)
        : Tables.html(table.first(MAX_ROWS)) + Text.of("<p>%d more rows</p>", more);
  }
}
