package hgn.systems;

import ai.djl.ndarray.NDArray;
import hgn.render.Disc;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * View of a system: where its discs are in the picture, and what its first coordinate is called in
 * figures.
 *
 * @param halfWidth half the side of the square that a frame shows, centred at the origin
 * @param discs what is painted, in this order
 * @param positions of the discs in world coordinates, y upward: q [batch, d] to [batch, discs, 2]
 * @param q label of the first coordinate, with its unit
 * @param p label of the momentum that belongs to it, with its unit
 */
public record View(
    double halfWidth, List<Disc> discs, UnaryOperator<NDArray> positions, String q, String p) {

  /** Keeps its own list. */
  public View {
    discs = List.copyOf(discs);
  }

  /**
   * Discs of one size in the project's colours.
   *
   * @param halfWidth see {@link View}
   * @param discs how many
   * @param radius of each, in units of the world
   * @param positions see {@link View}
   */
  public static View of(
      double halfWidth, int discs, double radius, UnaryOperator<NDArray> positions) {
    return new View(
        halfWidth, Disc.several(discs, radius), positions, "coordinate q₁", "momentum p₁");
  }

  /** The same with other labels of the first coordinate and its momentum. */
  public View labelled(String coordinate, String momentum) {
    return new View(halfWidth, discs, positions, coordinate, momentum);
  }
}
