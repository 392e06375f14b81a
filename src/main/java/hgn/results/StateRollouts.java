package hgn.results;

import java.util.List;

/**
 * Rollouts of a motion learned from states, beside the truth (§2.1).
 *
 * @param system the system's id
 * @param title the system's name
 * @param bodies how many bodies move in the plane; 1 where (q, p) is the plane to look at
 * @param label whose rollouts
 * @param paths one trajectory a test sequence
 * @param energies the <em>true</em> energy along each of them, minus what it started with
 */
public record StateRollouts(
    String system,
    String title,
    int bodies,
    String label,
    List<Trajectory> paths,
    List<Series> energies) {

  /** Keeps its own lists. */
  public StateRollouts {
    paths = List.copyOf(paths);
    energies = List.copyOf(energies);
  }
}
