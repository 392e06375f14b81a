package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.function.BinaryOperator;

/**
 * Arithmetic with numbers that a graph may be recorded through, in place of {@link
 * NDArray#mul(Number)}, {@link NDArray#div(Number)}, {@link NDArray#pow(Number)} and, in what a
 * training step calls, of all that take a Java number: on a GPU each would send it there and wait.
 *
 * <p>On a CPU those (DJL 0.35 and 0.36, PyTorch engine) put the number into memory that a Java
 * object owns and the engine only borrows, and forget the object when they return. The recorded
 * graph goes on reading it: when the garbage collector has been there between the forward and the
 * backward pass, the gradient is multiplied by whatever lies there now. Here the number is the
 * engine's own.
 */
public final class Scalars {

  private Scalars() {}

  /**
   * A product.
   *
   * @param x any shape, floating type
   * @param factor rounded to the array's type
   * @return x · factor
   */
  public static NDArray times(NDArray x, double factor) {
    return with(x, factor, NDArray::mul);
  }

  /**
   * A quotient.
   *
   * @param x any shape, floating type
   * @param divisor rounded to the array's type
   * @return x / divisor
   */
  public static NDArray over(NDArray x, double divisor) {
    return with(x, divisor, NDArray::div);
  }

  /**
   * A power.
   *
   * @param x any shape, floating type
   * @param exponent rounded to the array's type
   * @return x to the power of the exponent, element by element
   */
  public static NDArray power(NDArray x, double exponent) {
    return with(x, exponent, NDArray::pow);
  }

  /**
   * A sum.
   *
   * @param x at least one axis, floating type
   * @param summand rounded to the array's type
   * @return x + summand
   */
  public static NDArray plus(NDArray x, double summand) {
    return with(x, summand, NDArray::add);
  }

  /** Ones where x is greater than 0, zeros elsewhere, of its type. */
  public static NDArray positive(NDArray x) {
    return with(x, 0, NDArray::gt).toType(x.getDataType(), false);
  }

  private static NDArray with(NDArray x, double value, BinaryOperator<NDArray> operation) {
    try (NDArray number = number(x, value)) {
      return operation.apply(x, number);
    }
  }

  private static NDArray number(NDArray like, double value) {
    NDManager manager = like.getManager();
    if (like.getDataType() == DataType.FLOAT32) {
      return manager.full(new Shape(), (float) value, DataType.FLOAT32);
    }
    try (NDArray borrowed = manager.create(value)) {
      return borrowed.duplicate();
    }
  }
}
