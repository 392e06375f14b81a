package hgn.systems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.ScalarField;
import java.util.Arrays;

/**
 * Newton's potential of equal bodies in the plane, V = −c Σ_{i<j} 1/|qᵢ − qⱼ|.
 *
 * <p>All pairs at once: every body is subtracted from every other by broadcasting, and a body's
 * distance from itself is taken to be 1, where its zero difference makes it pull at nothing. A
 * matrix product with the pairs' incidence would do fewer multiplications, but is far slower: on a
 * busy machine the threads of a small product wait for each other.
 *
 * @param bodies how many, at least 2
 * @param coefficient c = g m²
 */
record Gravity(int bodies, double coefficient) implements ScalarField {

  @Override
  public NDArray value(NDArray q) {
    NDArray distances = squaredDistances(q, differences(q)).sqrt();
    // Each pair occurs twice, and each body adds 1 for its distance from itself.
    return distances.pow(-1).sum(new int[] {1, 2, 3}).sub(bodies).mul(-coefficient / 2);
  }

  @Override
  public NDArray gradient(NDArray q) {
    NDArray differences = differences(q);
    NDArray squares = squaredDistances(q, differences);
    NDArray cubes = squares.mul(squares.sqrt());
    NDArray sum = differences.div(cubes).sum(new int[] {2}).reshape(q.getShape());
    return coefficient == 1 ? sum : sum.mul(coefficient);
  }

  /** qᵢ − qⱼ, [batch, i, j, 2]. */
  private NDArray differences(NDArray q) {
    return q.reshape(-1, bodies, 1, 2).sub(q.reshape(-1, 1, bodies, 2));
  }

  /** |qᵢ − qⱼ|², and 1 where i = j, [batch, i, j, 1]. */
  private NDArray squaredDistances(NDArray q, NDArray differences) {
    double[] identity = new double[bodies * bodies];
    Arrays.setAll(identity, k -> k / bodies == k % bodies ? 1 : 0);
    NDArray ones =
        q.getManager()
            .create(identity, new Shape(1, bodies, bodies, 1))
            .toType(q.getDataType(), false)
            .toDevice(q.getDevice(), false);
    return differences.square().sum(new int[] {3}, true).add(ones);
  }
}
