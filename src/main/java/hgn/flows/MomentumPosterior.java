package hgn.flows;

import ai.djl.ndarray.NDArray;
import hgn.nn.Layer;

/**
 * f_ψ(p|q) = N(μ(q), σ²(q)) with diagonal σ: the guess at the momentum that belongs to a point
 * (§A.2).
 *
 * @param mean μ, a ReLU network
 * @param logDeviation ln σ, a ReLU network
 */
public record MomentumPosterior(Layer mean, Layer logDeviation) {
  private static final double LN_2_PI = Math.log(2 * Math.PI);

  /**
   * A draw p = μ + σ·noise.
   *
   * @param p the momentum, [batch, d]
   * @param logDensity ln f_ψ(p|q), [batch]
   */
  record Draw(NDArray p, NDArray logDensity) {}

  Draw draw(NDArray q, NDArray noise) {
    NDArray logSigma = logDeviation.forward(q);
    NDArray p = mean.forward(q).add(noise.mul(logSigma.exp()));
    double d = (double) q.getShape().get(1);
    NDArray logDensity =
        noise.square().mul(0.5).add(logSigma).sum(new int[] {1}).neg().sub(0.5 * d * LN_2_PI);
    return new Draw(p, logDensity);
  }
}
