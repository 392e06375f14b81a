package hgn.notebook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Representations of one thing, of which a front end shows the richest it can.
 *
 * @param data by MIME type, for example text/html and text/plain
 */
public record Bundle(Map<String, String> data) {
  /** The MIME type that every front end shows. */
  public static final String TEXT = "text/plain";

  /** Copies the map. */
  public Bundle {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** A plain text. */
  static Bundle text(String text) {
    return new Bundle(Map.of(TEXT, text));
  }

  /** A richer representation beside a plain text. */
  static Bundle of(String mime, String rich, String text) {
    Map<String, String> both = new LinkedHashMap<>();
    both.put(TEXT, text);
    both.put(mime, rich);
    return new Bundle(both);
  }
}
