package hgn.io;

/** Watcher of a long piece of work. */
@FunctionalInterface
public interface Progress {

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

  /** A bar on standard output with rate and remaining time; see {@link ConsoleProgress}. */
  static Progress console(String title) {
    return new ConsoleProgress(title, System.out);
  }
}
