package hgn.notebook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way from library code to the kernel that runs it: this project's own, or JJava or IJava,
 * which this library must not depend on and finds by reflection, or one that was installed here.
 */
public final class Displays {

  /** Sink of whatever a kernel shows. */
  public interface Sink {
    /**
     * Packs representations of one thing so that the kernel shows the richest it can, when the
     * package is a cell's result.
     *
     * @param representations by MIME type, for example text/html and text/plain
     * @return the kernel's own bundle
     */
    Object bundle(Map<String, String> representations);

    /**
     * Shows a value beside the running cell.
     *
     * @param value an image, a bundle or anything else the kernel renders
     * @return an id under which it can be replaced
     */
    String display(Object value);

    /**
     * Replaces what was shown before.
     *
     * @param id what {@link #display} returned
     * @param value the new value
     */
    void update(String id, Object value);
  }

  /** Classes with static render, display and updateDisplay, newest first. */
  private static final List<String> KNOWN =
      List.of(
          "org.dflib.jjava.jupyter.kernel.BaseNotebookStatics",
          "org.dflib.jjava.kernel.JavaNotebookStatics",
          "org.dflib.jjava.runtime.Display",
          "io.github.spencerpark.ijava.runtime.Display");

  private static volatile Sink installed;

  private Displays() {}

  /**
   * Makes a kernel the one to show things on.
   *
   * @param sink the kernel; null takes it away
   */
  public static void install(Sink sink) {
    installed = sink;
  }

  /** The kernel this process runs in, if any. */
  public static Optional<Sink> current() {
    if (installed != null) {
      return Optional.of(installed);
    }
    return Display.connected()
        ? Optional.of(new Own())
        : KNOWN.stream().flatMap(Displays::find).findFirst();
  }

  /** This project's kernel. */
  private record Own() implements Sink {

    @Override
    public Object bundle(Map<String, String> representations) {
      return new Bundle(representations);
    }

    @Override
    public String display(Object value) {
      return Display.display(value);
    }

    @Override
    public void update(String id, Object value) {
      Display.updateDisplay(id, value);
    }
  }

  private static Stream<Sink> find(String className) {
    try {
      Class<?> statics = Class.forName(className);
      Reflected sink =
          new Reflected(
              statics.getMethod("render", Object.class),
              statics.getMethod("display", Object.class),
              statics.getMethod("updateDisplay", String.class, Object.class));
      sink.emptyBundle(); // throws where the library is there but no kernel runs
      return Stream.of(sink);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Stream.empty();
    }
  }

  /** JJava or IJava. */
  private record Reflected(Method render, Method display, Method update) implements Sink {

    Object emptyBundle() throws ReflectiveOperationException {
      // A rendered value is of the kernel's own bundle class, whatever its name in this version.
      return render.invoke(null, "").getClass().getConstructor().newInstance();
    }

    @Override
    public Object bundle(Map<String, String> representations) {
      try {
        Object bundle = emptyBundle();
        Method put = bundle.getClass().getMethod("putData", String.class, Object.class);
        for (Map.Entry<String, String> entry : representations.entrySet()) {
          put.invoke(bundle, entry.getKey(), entry.getValue());
        }
        return bundle;
      } catch (ReflectiveOperationException e) {
        throw unexpected(e);
      }
    }

    @Override
    public String display(Object value) {
      try {
        return (String) display.invoke(null, value);
      } catch (ReflectiveOperationException e) {
        throw unexpected(e);
      }
    }

    @Override
    public void update(String id, Object value) {
      try {
        update.invoke(null, id, value);
      } catch (ReflectiveOperationException e) {
        throw unexpected(e);
      }
    }

    private static IllegalStateException unexpected(ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException t ? t.getCause() : e;
      return new IllegalStateException("the notebook's kernel could not show it: " + cause, cause);
    }
  }
}
