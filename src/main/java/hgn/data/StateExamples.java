package hgn.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.systems.PhysicalSystem;
import java.util.stream.IntStream;

/**
 * States as they are measured, with noise, and the velocities that the true energy gives at the
 * clean ones: what Greydanus et al. (2019) train on.
 */
public final class StateExamples {
  private static final int CHUNK = 256;

  private final int size;
  private final int dimension;
  private final float[] q;
  private final float[] p;
  private final float[] qDot;
  private final float[] pDot;

  private StateExamples(int size, int dimension) {
    this.size = size;
    this.dimension = dimension;
    q = new float[size * dimension];
    p = new float[size * dimension];
    qDot = new float[size * dimension];
    pDot = new float[size * dimension];
  }

  /**
   * Every state of every trajectory of a split.
   *
   * @param split the trajectories
   * @param system whose energy gives the velocities
   */
  public static StateExamples of(Split split, PhysicalSystem system) {
    return NativeThreads.single(() -> compute(split, system));
  }

  private static StateExamples compute(Split split, PhysicalSystem system) {
    StateExamples all = new StateExamples(split.size() * split.frames(), split.dimension());
    VectorField truth = VectorField.of(system.hamiltonian());
    int row = split.frames() * split.dimension();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      for (int from = 0; from < split.size(); from += CHUNK) {
        int to = Math.min(split.size(), from + CHUNK);
        int[] indices = IntStream.range(from, to).toArray();
        try (NDManager scope = manager.newSubManager()) {
          PhaseState clean = split.states(scope, DataType.FLOAT64, indices);
          Shape flat = new Shape((long) indices.length * split.frames(), split.dimension());
          PhaseState velocity =
              truth.velocity(new PhaseState(clean.q().reshape(flat), clean.p().reshape(flat)));
          PhaseState noisy = split.noisyStates(scope, indices);
          put(noisy.q(), all.q, from * row);
          put(noisy.p(), all.p, from * row);
          put(velocity.q(), all.qDot, from * row);
          put(velocity.p(), all.pDot, from * row);
        }
      }
    }
    return all;
  }

  private static void put(NDArray values, float[] target, int at) {
    float[] part = values.toType(DataType.FLOAT32, false).toFloatArray();
    System.arraycopy(part, 0, target, at, part.length);
  }

  /** Number of examples. */
  public int size() {
    return size;
  }

  /**
   * Some of them.
   *
   * @param indices which
   * @return what [4, n, d] is made of: measured q and p, then the true q̇ and ṗ
   */
  public Upload upload(int... indices) {
    float[][] all = {q, p, qDot, pDot};
    float[] rows = new float[all.length * indices.length * dimension];
    for (int half = 0; half < all.length; half++) {
      for (int i = 0; i < indices.length; i++) {
        int to = (half * indices.length + i) * dimension;
        System.arraycopy(all[half], indices[i] * dimension, rows, to, dimension);
      }
    }
    return new Upload(rows, new Shape(all.length, indices.length, dimension));
  }
}
