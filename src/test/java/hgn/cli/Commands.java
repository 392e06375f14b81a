package hgn.cli;

/** The command line for tests of other packages. */
public final class Commands {
  private Commands() {}

  /**
   * Runs a command in this process.
   *
   * @param words without "./workbook"
   * @return its exit code
   */
  public static int run(String... words) {
    Training none =
        (experiment, budget, seed, fresh, progress) -> {
          throw new UnsupportedOperationException(experiment);
        };
    return Main.commandLine(new TrainCommand(none)).execute(words);
  }
}
