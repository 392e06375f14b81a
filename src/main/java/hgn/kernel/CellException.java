package hgn.kernel;

/** Carries a {@link Failure} out of a cell. */
final class CellException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  CellException(Failure failure, Throwable cause) {
    super(failure.name() + ": " + failure.message(), cause);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
