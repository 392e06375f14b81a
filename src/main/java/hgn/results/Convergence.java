package hgn.results;

import java.util.stream.IntStream;

/**
 * Convergence of an integrator: its error over its step.
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

  private static final int FITTED = 4;
  // Below this the sums of round-off over some hundred steps show.
  private static final double ROUND_OFF = 2e-13;

  /**
   * The order from the four finest steps whose error is above round-off. Coarse steps that gave
   * NaN, as those of an implicit method may, are left out.
   *
   * @param method its name
   * @param declaredOrder the order it should have
   * @param steps descending
   * @param errors at the horizon, one a step
   */
  public static Convergence measured(
      String method, int declaredOrder, double[] steps, double[] errors) {
    int[] known = IntStream.range(0, steps.length).filter(i -> !Double.isNaN(errors[i])).toArray();
    double[] dt = IntStream.of(known).mapToDouble(i -> steps[i]).toArray();
    double[] error = IntStream.of(known).mapToDouble(i -> errors[i]).toArray();
    boolean[] fitted = new boolean[error.length];
    int left = FITTED;
    for (int i = error.length - 1; i >= 0 && left > 0; i--) {
      fitted[i] = error[i] > ROUND_OFF;
      left -= fitted[i] ? 1 : 0;
    }
    return new Convergence(method, declaredOrder, slope(dt, error, fitted), dt, error, fitted);
  }

  /** Least squares of log error over log dt. */
  private static double slope(double[] dt, double[] error, boolean[] fitted) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < dt.length; i++) {
      if (fitted[i]) {
        double u = Math.log(dt[i]);
        double v = Math.log(error[i]);
        n++;
        x += u;
        y += v;
        xx += u * u;
        xy += u * v;
      }
    }
    return (n * xy - x * y) / (n * xx - x * x);
  }
}
