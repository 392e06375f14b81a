package hgn.training;

/** A training was asked to stop, and did so at the end of a step with its checkpoint written. */
public final class TrainingInterrupted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingInterrupted(String message) {
    super(message);
  }
}
