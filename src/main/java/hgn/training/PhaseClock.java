package hgn.training;

/**
 * Listener to the time that each phase of a step took. Training tells nobody; the bench listens.
 */
@FunctionalInterface
public interface PhaseClock {
  /** Listens to nothing; phases are then not timed at all. */
  PhaseClock NONE = (phase, nanos) -> {};

  /**
   * A part of a phase has ended; the parts of one phase add up.
   *
   * @param phase its name, for example "decode"
   * @param nanos how long it took
   */
  void add(String phase, long nanos);
}
