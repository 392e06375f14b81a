package hgn.notebook;

import java.util.UUID;

/** Values shown before a cell ends. Imported into every session. */
public final class Display {

  /** Screen that shows things: the kernel, or standard output where there is none. */
  public interface Screen {
    /**
     * Shows something.
     *
     * @param bundle its representations
     * @param id the id under which it is shown
     * @param update whether it takes the place of what was shown under that id
     */
    void show(Bundle bundle, String id, boolean update);
  }

  private static final Screen CONSOLE =
      (bundle, id, update) -> System.out.println(Rendering.plainText(bundle));

  private static volatile Screen screen = CONSOLE;

  private Display() {}

  /**
   * Shows things on a kernel from now on.
   *
   * @param kernel where
   */
  public static void connect(Screen kernel) {
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
    String id = UUID.randomUUID().toString();
    screen.show(Rendering.of(value), id, false);
    return id;
  }

  /**
   * Replaces what was shown.
   *
   * @param id what {@link #display} returned
   * @param value what to show instead
   */
  public static void updateDisplay(String id, Object value) {
    screen.show(Rendering.of(value), id, true);
  }
}
