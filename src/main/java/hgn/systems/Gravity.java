package hgn.systems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.ScalarField;

/**
 * Newton's potential of equal bodies in the plane, V = −c Σ_{i<j} 1/|qᵢ − qⱼ|.
 *
 * <p>Differences of all pairs come from one product with the incidence matrix of the pairs, and the
 * gradient goes back through its transpose, so the cost is a handful of operations whatever the
 * number of bodies.
 *
 * @param bodies how many, at least 2
 * @param coefficient c = g m²
 */
record Gravity(int bodies, double coefficient) implements ScalarField {

  @Override
  public NDArray value(NDArray q) {
    NDArray differences = differences(q, incidence(q));
    return squaredDistances(differences).sqrt().pow(-1).sum(new int[] {1, 2}).mul(-coefficient);
  }

  @Override
  public NDArray gradient(NDArray q) {
    NDArray incidence = incidence(q);
    NDArray differences = differences(q, incidence);
    NDArray squares = squaredDistances(differences);
    NDArray cubes = squares.mul(squares.sqrt());
    return differences
        .div(cubes)
        .reshape(q.getShape().get(0), -1)
        .matMul(incidence)
        .mul(coefficient);
  }

  /** qᵢ − qⱼ of each pair, [batch, pairs, 2]. */
  private static NDArray differences(NDArray q, NDArray incidence) {
    return q.matMul(incidence.transpose()).reshape(q.getShape().get(0), -1, 2);
  }

  /** |qᵢ − qⱼ|² of each pair, [batch, pairs, 1]. */
  private static NDArray squaredDistances(NDArray differences) {
    return differences.square().sum(new int[] {2}, true);
  }

  /** [2 pairs, 2 bodies]: +1 at body i and −1 at body j, for x and y. */
  private NDArray incidence(NDArray like) {
    int pairs = bodies * (bodies - 1) / 2;
    int width = 2 * bodies;
    double[] entries = new double[2 * pairs * width];
    int row = 0;
    for (int i = 0; i < bodies; i++) {
      for (int j = i + 1; j < bodies; j++) {
        for (int axis = 0; axis < 2; axis++, row++) {
          entries[row * width + 2 * i + axis] = 1;
          entries[row * width + 2 * j + axis] = -1;
        }
      }
    }
    return like.getManager()
        .create(entries, new Shape(2L * pairs, width))
        .toType(like.getDataType(), false)
        .toDevice(like.getDevice(), false);
  }
}
