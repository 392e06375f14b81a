package hgn.notebook;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** What a cell calls to show something before it ends. Imported into every session. */
public final class Display {

  /** Whoever shows things: the kernel, or standard output where there is none. */
  interface Screen {
    /** Shows data, anew or in place of what was shown under its display id. */
    void show(DisplayData data, boolean update);
  }

  private static final Screen CONSOLE =
      (data, update) -> System.out.println(Rendering.plainText(data));

  private static volatile Screen screen = CONSOLE;

  private Display() {}

  static void connect(Screen kernel) {
    screen = kernel;
  }

  /** Shows things on standard output again. */
  static void disconnect() {
    screen = CONSOLE;
  }

  /** Whether a kernel shows things, rather than standard output. */
  static boolean connected() {
    return screen != CONSOLE;
  }

  /**
   * Shows a value: images and charts as PNG, tables as HTML, anything else as text.
   *
   * @param value what to show
   * @return the id under which {@link #updateDisplay} replaces it
   */
  public static String display(Object value) {
    DisplayData data = new DisplayData(Rendering.of(value));
    if (!data.hasDisplayId()) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    screen.show(data, false);
    return data.getDisplayId();
  }

  /**
   * Replaces what was shown.
   *
   * @param id what {@link #display} returned
   * @param value what to show instead
   */
  public static void updateDisplay(String id, Object value) {
    DisplayData data = new DisplayData(Rendering.of(value));
    data.setDisplayId(id);
    screen.show(data, true);
  }
}
