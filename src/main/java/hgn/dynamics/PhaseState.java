package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Objects;

/**
 * A batch of points (q, p) in phase space.
 *
 * @param q generalised positions, [batch, …]
 * @param p generalised momenta, the same shape as q
 */
public record PhaseState(NDArray q, NDArray p) {

  /**
   * Checks that the halves match.
   *
   * @throws IllegalArgumentException if q and p differ in shape
   */
  public PhaseState {
    Objects.requireNonNull(q, "q");
    Objects.requireNonNull(p, "p");
    if (!q.getShape().equals(p.getShape())) {
      throw new IllegalArgumentException(
          "q %s and p %s must match".formatted(q.getShape(), p.getShape()));
    }
  }

  /** The sum s + factor · other of both halves, recorded where the states are. */
  public PhaseState plus(PhaseState other, double factor) {
    return new PhaseState(
        q.add(Scalars.times(other.q, factor)), p.add(Scalars.times(other.p, factor)));
  }

  /** The same positions with the momenta turned round: the time reversal of classical mechanics. */
  public PhaseState reversed() {
    return new PhaseState(q, p.neg());
  }

  /**
   * A copy of the values that another manager owns, such as that of a scope for what is computed
   * from them: operations attach what they give to the manager of what they take.
   *
   * @param owner of the copy
   */
  public PhaseState copy(NDManager owner) {
    PhaseState copy = new PhaseState(q.duplicate(), p.duplicate());
    copy.q().attach(owner);
    copy.p().attach(owner);
    return copy;
  }

  /**
   * Mean squared difference over both halves.
   *
   * @param other states of the same shape
   * @return a scalar, part of the recorded graph where the states are
   */
  public NDArray meanSquare(PhaseState other) {
    NDArray positions = q.sub(other.q).square().mean();
    return Scalars.times(positions.add(p.sub(other.p).square().mean()), 0.5);
  }

  /** The same values outside any recorded graph. */
  public PhaseState detached() {
    return new PhaseState(q.stopGradient(), p.stopGradient());
  }

  /**
   * Rows of an array's last axis, in double precision: for Java's own arithmetic.
   *
   * @param x [..., d]
   */
  public static double[][] rows(NDArray x) {
    double[] all = x.toType(DataType.FLOAT64, false).toDoubleArray();
    int d = (int) x.size(x.getShape().dimension() - 1);
    double[][] rows = new double[all.length / d][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * d, (i + 1) * d));
    return rows;
  }
}
