package hgn.dynamics;

import ai.djl.ndarray.NDArray;
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

  /** The same positions with the momenta turned round: the time reversal of classical mechanics. */
  public PhaseState reversed() {
    return new PhaseState(q, p.neg());
  }

  /** The same values outside any recorded graph. */
  public PhaseState detached() {
    return new PhaseState(q.stopGradient(), p.stopGradient());
  }
}
