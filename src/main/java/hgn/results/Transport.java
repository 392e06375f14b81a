package hgn.results;

import hgn.io.Text;
import java.util.List;

/**
 * A patch of phase space as a method carries it along.
 *
 * @param method its name
 * @param symplectic whether it should keep the area
 * @param t times
 * @param patches the patch at each time
 */
public record Transport(String method, boolean symplectic, double[] t, List<Polygon> patches) {

  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Transport {
    patches = List.copyOf(patches);
    if (patches.size() != t.length) {
      throw new IllegalArgumentException(
          Text.of("'%s' has %d times and %d patches", method, t.length, patches.size()));
    }
  }

  /** The patch's area over time, divided by what it was at first. */
  public Series areaRatio() {
    double first = patches.get(0).area();
    return new Series(method, t, patches.stream().mapToDouble(p -> p.area() / first).toArray());
  }
}
