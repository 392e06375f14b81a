package org.dflib.jjava.jupyter.kernel;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Stands in for the statics that JJava gives to cells. */
public final class BaseNotebookStatics {
  /** Whether a kernel runs. */
  public static boolean running;

  /** What was shown. */
  public static final List<Object> SHOWN = new ArrayList<>();

  private BaseNotebookStatics() {}

  /** As JJava's. */
  public static DisplayData render(Object value) {
    if (!running) {
      throw new IllegalStateException("no kernel runs");
    }
    DisplayData data = new DisplayData();
    data.putData("text/plain", value.toString());
    return data;
  }

  /** As JJava's. */
  public static String display(Object value) {
    SHOWN.add(value);
    return "jjava-1";
  }

  /** As JJava's. */
  public static void updateDisplay(String id, Object value) {
    SHOWN.add(id + " " + value);
  }
}
