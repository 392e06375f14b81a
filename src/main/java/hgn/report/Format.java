package hgn.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What figures are written as. */
public enum Format {
  /** Pixels, two to the point. */
  PNG {
    @Override
    byte[] of(Figure figure) {
      return figure.png();
    }
  },
  /** Lines and text for the web. */
  SVG {
    @Override
    byte[] of(Figure figure) {
      return figure.svg().getBytes(StandardCharsets.UTF_8);
    }
  },
  /** Lines and text for print. */
  PDF {
    @Override
    byte[] of(Figure figure) {
      return figure.pdf();
    }
  };

  /** The whole file. */
  abstract byte[] of(Figure figure);

  /** The file's ending. */
  String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
