package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.flows.NeuralHamiltonianFlow;
import hgn.io.UserError;
import hgn.results.Grid2D;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The density of an NHF without any bound: the integral of p(q, p) over the momenta, by the
 * rectangle rule, which converges fast for a smooth function that has vanished at the edges.
 */
final class Quadrature {
  private static final int NODES = 161;
  private static final int SCOUTS = 4096;

  /** Beyond the largest momentum of so many samples: the density has long vanished there. */
  private static final float MARGIN = 1.3f;

  private Quadrature() {}

  /**
   * ln p(q).
   *
   * @param run an NHF of one or two dimensions
   * @param points one a row
   * @throws UserError if it is no such flow
   */
  static double[] logDensity(FlowRun run, double[][] points) {
    return run.with(
        (model, manager) -> {
          if (!(model instanceof NeuralHamiltonianFlow nhf) || model.dimension() > 2) {
            throw UserError.usage(
                "%s cannot be integrated: expected an NHF of one or two dimensions",
                run.experiment().name());
          }
          double reach = reach(nhf, manager);
          return Arrays.stream(points)
              .mapToDouble(q -> logDensity(nhf, manager, q, reach))
              .toArray();
        });
  }

  private static double reach(NeuralHamiltonianFlow model, NDManager manager) {
    int d = model.dimension();
    try (NDManager scope = manager.newSubManager()) {
      float[] base = model.prior().sample(new SplittableRandom(1), SCOUTS * 2 * d);
      NDArray ends = model.flow().forward(scope.create(base, new Shape(SCOUTS, 2L * d))).value();
      ends.attach(scope);
      return MARGIN * ends.split(2, 1).get(1).abs().max().getFloat();
    }
  }

  private static double logDensity(
      NeuralHamiltonianFlow model, NDManager manager, double[] q, double reach) {
    int d = q.length;
    double[] axis = Grid2D.linspace(-reach, reach, NODES);
    int nodes = d == 1 ? NODES : NODES * NODES;
    float[] momenta = new float[nodes * d];
    float[] positions = new float[nodes * d];
    for (int i = 0; i < momenta.length; i++) {
      int node = i / d;
      momenta[i] = (float) axis[i % d == 0 ? node % NODES : node / NODES];
      positions[i] = (float) q[i % d];
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray p = scope.create(momenta, new Shape(nodes, d));
      NDArray at = scope.create(positions, new Shape(nodes, d));
      NDArray joint = model.logJoint(at, p).toType(DataType.FLOAT64, false).exp();
      joint.attach(scope);
      return Math.log(joint.sum().getDouble() * Math.pow(2 * reach / (NODES - 1), d));
    }
  }
}
