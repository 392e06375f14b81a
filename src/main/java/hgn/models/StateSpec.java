package hgn.models;

import hgn.io.Text;

/**
 * A network that learns the motion from states (§2.1).
 *
 * @param hamiltonian whether it learns an energy, as the HNN does, or the velocities themselves, as
 *     its plain twin
 * @param coordinates length of q and of p
 */
public record StateSpec(boolean hamiltonian, int coordinates) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public StateSpec {
    if (coordinates < 1) {
      throw new IllegalArgumentException(
          Text.of("%d coordinates, expected at least 1", coordinates));
    }
  }
}
