package hgn.flows;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Scalars;
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
   * Draws p = μ + σ·noise.
   *
   * @param p momenta, [batch · k, d]
   * @param logDensity ln f_ψ(p|q), [batch · k]
   */
  record Draw(NDArray p, NDArray logDensity) {}

  /**
   * k momenta for each point; the networks see a point once.
   *
   * @param q points, [batch, d]
   * @param noise normal numbers, [batch · k, d]
   */
  Draw draw(NDArray q, NDArray noise) {
    NDArray logSigma = logDeviation.forward(q).expandDims(1);
    NDArray eachNoise = noise.reshape(q.getShape().get(0), -1, q.getShape().get(1));
    NDArray p = mean.forward(q).expandDims(1).add(eachNoise.mul(logSigma.exp()));
    double d = (double) q.getShape().get(1);
    NDArray logDensity =
        Scalars.plus(
            Scalars.times(eachNoise.square(), 0.5).add(logSigma).sum(new int[] {2}).neg(),
            -0.5 * d * LN_2_PI);
    return new Draw(p.reshape(noise.getShape()), logDensity.flatten());
  }
}
