package hgn.io;

/** Watcher of a long piece of work. */
@FunctionalInterface
public interface Progress {

  /** Environment variable that says how progress is drawn; see {@link ConsoleProgress}. */
  String VARIABLE = "HGN_PROGRESS";

  /** Its value where nothing is drawn, as what is drawn would be kept: in an executed notebook. */
  String NOT_DRAWN = "none";

  /** Watches nothing. */
  Progress NONE = (done, total, note) -> {};

  /**
   * Tells how far the work is. Cheap enough to be called at every step.
   *
   * @param done units done so far, from 0 to total
   * @param total units in all
   * @param note what to say beside the bar, for example the loss
   */
  void update(long done, long total, String note);

  /** Whether progress is drawn in this process. */
  static boolean drawn() {
    return !NOT_DRAWN.equals(System.getProperty("hgn.progress", System.getenv(VARIABLE)));
  }

  /**
   * A bar on standard output with rate and remaining time, see {@link ConsoleProgress}; {@link
   * #NONE} where nothing is {@link #drawn}.
   */
  static Progress console(String title) {
    return drawn() ? new ConsoleProgress(title, System.out) : NONE;
  }
}
