package hgn.io;

import java.util.List;
import java.util.stream.Stream;

/**
 * Scripts of the pages and players that this project makes, each as it stands in them: who writes
 * them and who has to know them again read them here.
 */
public final class PageScripts {
  private static final String FOLDER = "/hgn/report/";

  /** TensorFlow.js, in the order in which a page loads it. */
  public static final List<String> LIBRARIES = List.of("tf-core.min.js", "tf-backend-wasm.min.js");

  private static final List<String> EXPLORERS = List.of("explorer", "flow");

  private PageScripts() {}

  /** Script of every player. */
  public static String player() {
    return "(%s)(%s);".formatted(text("player.js").strip(), Json.compact(text("player.css")));
  }

  /**
   * Script of an explorer, behind the networks that all of them run.
   *
   * @param name of its template
   */
  public static String explorer(String name) {
    return library("network.js") + library(name + ".js");
  }

  /** A script that explorers load as it is. */
  public static String library(String name) {
    return text("explorer/" + name);
  }

  /** All of them. */
  public static List<String> all() {
    return Stream.of(
            Stream.of(player()),
            LIBRARIES.stream().map(PageScripts::library),
            EXPLORERS.stream().map(PageScripts::explorer))
        .flatMap(scripts -> scripts)
        .toList();
  }

  private static String text(String name) {
    return Resources.text(PageScripts.class, FOLDER + name);
  }
}
