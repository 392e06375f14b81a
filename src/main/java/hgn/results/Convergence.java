package hgn.results;

/**
 * How a method's error falls with its step.
 *
 * @param method its name
 * @param declaredOrder the order it should have
 * @param measuredOrder slope of log error over log dt, fitted where {@code fitted} is true
 * @param dt steps, descending
 * @param error error at the horizon, one a step
 * @param fitted which points the slope comes from: neither too coarse nor at round-off
 */
public record Convergence(
    String method,
    int declaredOrder,
    double measuredOrder,
    double[] dt,
    double[] error,
    boolean[] fitted) {

  /** The error against the step. */
  public Series series() {
    return new Series(method, dt, error);
  }
}
