package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Scalars;

/**
 * An affine map fitted by ridge regression in float64: how much of some targets can be read off
 * some features without a network.
 */
public final class LinearProbe {
  /** Relative to the mean square of a feature: enough to make the system solvable. */
  private static final double RIDGE = 1e-6;

  private final NDArray map;

  private LinearProbe(NDArray map) {
    this.map = map;
  }

  /**
   * The best map.
   *
   * @param features [n, d], n well above d
   * @param targets [n, k]
   */
  public static LinearProbe fit(NDArray features, NDArray targets) {
    return fit(features, targets, RIDGE);
  }

  static LinearProbe fit(NDArray features, NDArray targets, double strength) {
    NDArray x = withOne(features);
    NDArray gram = x.transpose().matMul(x);
    long d = gram.getShape().get(0);
    double mean =
        gram.mul(x.getManager().eye((int) d).toType(DataType.FLOAT64, false)).sum().getDouble() / d;
    NDArray ridge =
        Scalars.times(x.getManager().eye((int) d).toType(DataType.FLOAT64, false), strength * mean);
    NDArray y = targets.toType(DataType.FLOAT64, false);
    return new LinearProbe(gram.add(ridge).inverse().matMul(x.transpose().matMul(y)));
  }

  /**
   * Targets as the map reads them.
   *
   * @param features [n, d]
   * @return [n, k], float64
   */
  public NDArray read(NDArray features) {
    return withOne(features).matMul(map);
  }

  /**
   * The share of each target's variance that the map explains.
   *
   * @param features [n, d]
   * @param targets [n, k]
   * @return R², k of them
   */
  public double[] determination(NDArray features, NDArray targets) {
    NDArray y = targets.toType(DataType.FLOAT64, false);
    NDArray rest = y.sub(read(features)).square().sum(new int[] {0});
    NDArray all = y.sub(y.mean(new int[] {0}, true)).square().sum(new int[] {0});
    double[] unexplained = rest.div(all).toDoubleArray();
    for (int i = 0; i < unexplained.length; i++) {
      unexplained[i] = 1 - unexplained[i];
    }
    return unexplained;
  }

  private static NDArray withOne(NDArray features) {
    NDArray x = features.toType(DataType.FLOAT64, false);
    NDArray ones = x.getManager().ones(new Shape(x.getShape().get(0), 1), DataType.FLOAT64);
    return NDArrays.concat(new NDList(x, ones), 1);
  }
}
