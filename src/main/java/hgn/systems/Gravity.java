package hgn.systems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Scalars;

/**
 * Newton's potential of equal bodies in the plane, V = −c Σ_{i&lt;j} 1/|qᵢ − qⱼ|.
 *
 * <p>All pairs at once, with arrays of two dimensions only: the incidence matrix of the pairs makes
 * differences of positions, and its transpose makes forces on bodies of forces between pairs. Small
 * reductions and broadcasts, the obvious alternative, cost the engine several times as much.
 *
 * @param bodies how many, at least 2
 * @param coefficient c = g m²
 */
record Gravity(int bodies, double coefficient) implements ScalarField {

  @Override
  public NDArray value(NDArray q) {
    NDArray squares = squaredDistances(q.matMul(incidence(q).transpose()));
    // Each pair stands there twice.
    return Scalars.times(Scalars.power(squares.sqrt(), -1).sum(new int[] {1}), -coefficient / 2);
  }

  @Override
  public NDArray gradient(NDArray q) {
    NDArray incidence = incidence(q);
    NDArray differences = q.matMul(incidence.transpose());
    NDArray squares = squaredDistances(differences);
    NDArray gradient = differences.div(squares.mul(squares.sqrt())).matMul(incidence);
    return coefficient == 1 ? gradient : Scalars.times(gradient, coefficient);
  }

  /**
   * |qᵢ − qⱼ|² of each pair, once for x and once for y.
   *
   * @param differences x of all pairs, then y of all pairs, [batch, 2 pairs]
   */
  private NDArray squaredDistances(NDArray differences) {
    int pairs = pairs();
    double[] sum = new double[4 * pairs * pairs];
    for (int row = 0; row < 2 * pairs; row++) {
      sum[row * 2 * pairs + row % pairs] = 1;
      sum[row * 2 * pairs + row % pairs + pairs] = 1;
    }
    return differences.square().matMul(matrix(differences, 2 * pairs, sum));
  }

  /** +1 at body i and −1 at body j: rows are x of all pairs, then y, [2 pairs, 2 bodies]. */
  private NDArray incidence(NDArray like) {
    int width = 2 * bodies;
    double[] entries = new double[2 * pairs() * width];
    int row = 0;
    for (int axis = 0; axis < 2; axis++) {
      for (int i = 0; i < bodies; i++) {
        for (int j = i + 1; j < bodies; j++, row++) {
          entries[row * width + 2 * i + axis] = 1;
          entries[row * width + 2 * j + axis] = -1;
        }
      }
    }
    return matrix(like, width, entries);
  }

  private int pairs() {
    return bodies * (bodies - 1) / 2;
  }

  private static NDArray matrix(NDArray like, int columns, double... entries) {
    return like.getManager()
        .create(entries, new Shape(entries.length / columns, columns))
        .toType(like.getDataType(), false)
        .toDevice(like.getDevice(), false);
  }
}
