package io.github.spencerpark.jupyter.kernel.display;

import java.util.LinkedHashMap;
import java.util.Map;

/** Stands in for IJava's bundle: the name and the methods that the library finds by reflection. */
public final class DisplayData {
  /** What was put, by MIME type. */
  public final Map<String, Object> data = new LinkedHashMap<>();

  /** As IJava's. */
  public void putData(String mime, Object value) {
    data.put(mime, value);
  }
}
