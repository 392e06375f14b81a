package hgn.results;

import java.util.List;

/**
 * A system with one degree of freedom, seen whole.
 *
 * @param title the system's name
 * @param qLabel what q is, with its unit
 * @param pLabel what p is, with its unit
 * @param energy H over (q, p)
 * @param qDot ∂H/∂p on a coarser grid
 * @param pDot −∂H/∂q on the same coarser grid
 * @param paths trajectories
 */
public record PhasePortrait(
    String title,
    String qLabel,
    String pLabel,
    Grid2D energy,
    Grid2D qDot,
    Grid2D pDot,
    List<Trajectory> paths) {

  /** Keeps its own list. */
  public PhasePortrait {
    paths = List.copyOf(paths);
  }
}
