package hgn.results;

import hgn.io.Text;

/**
 * One path through phase space.
 *
 * @param label its name in the legend
 * @param t times
 * @param q generalised positions, one row a time
 * @param p generalised momenta, one row a time
 */
public record Trajectory(String label, double[] t, double[][] q, double[][] p) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Trajectory {
    if (q.length != t.length || p.length != t.length) {
      throw new IllegalArgumentException(
          Text.of(
              "'%s' has %d times, %d positions and %d momenta",
              label, t.length, q.length, p.length));
    }
  }

  /** The same path under another name. */
  public Trajectory named(String name) {
    return new Trajectory(name, t, q, p);
  }

  /** Component i of the position against component i of the momentum. */
  public Series phase(int i) {
    return new Series(label, column(q, i), column(p, i));
  }

  /** Component i of the position against component j: an orbit in the plane. */
  public Series orbit(int i, int j) {
    return new Series(label, column(q, i), column(q, j));
  }

  private static double[] column(double[][] rows, int i) {
    double[] out = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      out[k] = rows[k][i];
    }
    return out;
  }
}
