package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.ArrayList;
import java.util.List;

/** Stands in for the statics that IJava gives to cells. */
public final class Display {
  /** Whether a kernel runs. */
  public static boolean running;

  /** What was shown. */
  public static final List<Object> SHOWN = new ArrayList<>();

  private Display() {}

  /** As IJava's. */
  public static DisplayData render(Object value) {
    if (!running) {
      throw new IllegalStateException("no kernel runs");
    }
    DisplayData data = new DisplayData();
    data.putData("text/plain", value.toString());
    return data;
  }

  /** As IJava's. */
  public static String display(Object value) {
    SHOWN.add(value);
    return "ijava-1";
  }

  /** As IJava's. */
  public static void updateDisplay(String id, Object value) {
    SHOWN.add(id + " " + value);
  }
}
