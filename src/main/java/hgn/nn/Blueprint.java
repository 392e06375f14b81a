package hgn.nn;

/**
 * A network whose weights are declared but not yet given.
 *
 * @param <T> what it becomes with its weights
 */
@FunctionalInterface
public interface Blueprint<T> {

  /**
   * The network with these weights. Cheap: it is done anew for every batch.
   *
   * @param weights of the layout it was declared in
   * @return the network
   */
  T bind(Layout.Weights weights);
}
