package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Scalars of one step that stay on the device until somebody reads them: a read makes the processor
 * wait for all that the device has still to do.
 *
 * @param numbers of double precision
 * @param deciding how many of them, the first ones, must be finite for an update
 * @param naming makes the named scalars of the log of the numbers; {@code "loss"} is among them
 */
public record Terms(NDList numbers, int deciding, Function<double[], Map<String, Double>> naming) {

  /** Terms that all decide. */
  static Terms of(Function<double[], Map<String, Double>> naming, NDArray... numbers) {
    return deciding(numbers.length, naming, numbers);
  }

  /** Terms of which the first ones decide. */
  static Terms deciding(
      int count, Function<double[], Map<String, Double>> naming, NDArray... numbers) {
    NDList all = new NDList();
    Arrays.stream(numbers).map(Float64::of).forEach(all::add);
    return new Terms(all, count, naming);
  }

  /** A number that is finite where all that decide are. */
  NDArray decision() {
    NDArray sum = numbers.get(0);
    for (NDArray number : numbers.subList(1, deciding)) {
      sum = sum.add(number);
    }
    return sum;
  }

  /**
   * All numbers with another one behind them, [numbers + 1].
   *
   * @param last one value of double precision
   */
  NDArray with(NDArray last) {
    NDList all = new NDList(numbers);
    all.add(last);
    return NDArrays.stack(all);
  }

  /** The named scalars of numbers that have been read. */
  Map<String, Double> named(double[] read) {
    return new LinkedHashMap<>(naming.apply(read));
  }

  /** Reads them now. */
  Map<String, Double> read() {
    return named(NDArrays.stack(numbers).toDoubleArray());
  }
}
