package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/** Scalars of double precision on a device, for the numbers that steer a training. */
final class Float64 {

  private Float64() {}

  /**
   * A number that the engine itself writes, exactly: nothing is sent from Java's memory.
   *
   * @param manager owner of the scalar
   * @param value the number
   */
  static NDArray of(NDManager manager, double value) {
    return JniUtils.full(
        (PtNDManager) manager,
        new Shape(),
        value,
        DataType.FLOAT64,
        manager.getDevice(),
        SparseFormat.DENSE);
  }

  /** One value in double precision, outside any graph. */
  static NDArray of(NDArray scalar) {
    return scalar.stopGradient().toType(DataType.FLOAT64, false);
  }

  /** 1 where a number is finite, else 0. */
  static NDArray finite(NDArray x) {
    return x.sub(x).eq(x.zerosLike()).toType(DataType.FLOAT64, false);
  }
}
