package hgn.results;

import java.util.List;

/**
 * A system with one degree of freedom, seen whole.
 *
 * @param title the system's name
 * @param axes labels of q and p, with their units
 * @param energy H over (q, p)
 * @param qDot ∂H/∂p on a coarser grid
 * @param pDot −∂H/∂q on the same coarser grid
 * @param paths trajectories
 */
public record PhasePortrait(
    String title, Axes axes, Grid2D energy, Grid2D qDot, Grid2D pDot, List<Trajectory> paths) {

  /** Keeps its own list. */
  public PhasePortrait {
    paths = List.copyOf(paths);
  }
}
