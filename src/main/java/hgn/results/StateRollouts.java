package hgn.results;

import java.util.List;

/**
 * Rollouts of a motion learned from states, beside the truth (§2.1).
 *
 * @param system the system's id
 * @param title the system's name
 * @param axes labels of the plane that the paths lie in
 * @param label whose rollouts
 * @param paths for each test sequence its curves: one in phase space, or one a body in the plane
 * @param energies the <em>true</em> energy along each of them, minus what it started with
 */
public record StateRollouts(
    String system,
    String title,
    Axes axes,
    String label,
    List<List<Series>> paths,
    List<Series> energies) {

  /** Keeps its own lists. */
  public StateRollouts {
    paths = List.copyOf(paths);
    energies = List.copyOf(energies);
  }
}
