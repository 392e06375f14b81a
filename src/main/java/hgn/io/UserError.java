package hgn.io;

/**
 * Something the user can mend: the message names the value, what was expected and what to do.
 * Commands print the message alone and exit with {@link #exitCode()}.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of thing is wrong, and the exit code that says so. */
  public enum Kind {
    /** An unknown name, option or value. */
    USAGE(2),
    /** Something missing on this machine: a program, a font, disk space, permission. */
    ENVIRONMENT(3),
    /** A file that is corrupt, truncated or belongs to another spec. */
    DATA(4),
    /** Another process holds what was asked for. */
    BUSY(5);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Kind kind;

  /**
   * An error with its reason.
   *
   * @param kind what kind of thing is wrong
   * @param message the value, the expectation and what to do
   * @param cause what was thrown below, or null
   */
  public UserError(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * An error.
   *
   * @param kind what kind of thing is wrong
   * @param message the value, the expectation and what to do
   */
  public UserError(Kind kind, String message) {
    this(kind, message, null);
  }

  /** What kind of thing is wrong. */
  public Kind kind() {
    return kind;
  }

  /** The exit code of a command that fails with this. */
  public int exitCode() {
    return kind.exitCode;
  }
}
