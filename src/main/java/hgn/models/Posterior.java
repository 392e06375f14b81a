package hgn.models;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Scalars;
import java.util.stream.IntStream;

/**
 * A diagonal Gaussian q(z | x₀ … x_T).
 *
 * @param mean [batch, …]
 * @param logVariance the same shape
 */
public record Posterior(NDArray mean, NDArray logVariance) {

  /**
   * A sample by the reparametrisation z = μ + σ ε.
   *
   * @param noise ε, standard normal, the shape of the mean
   */
  public NDArray sample(NDArray noise) {
    return mean.add(Scalars.times(logVariance, 0.5).exp().mul(noise));
  }

  /**
   * KL(q ‖ N(0, I)) in nats.
   *
   * @return [batch]
   */
  public NDArray divergence() {
    NDArray twice = mean.square().add(logVariance.exp()).sub(logVariance);
    NDArray terms = Scalars.times(Scalars.plus(twice, -1), 0.5);
    return terms.sum(IntStream.range(1, terms.getShape().dimension()).toArray());
  }
}
