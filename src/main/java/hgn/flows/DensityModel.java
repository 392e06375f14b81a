package hgn.flows;

import ai.djl.ndarray.NDArray;

/** A density that can be scored and sampled. Randomness comes in as arrays of noise. */
public interface DensityModel {

  /** Coordinates of a point of the data. */
  int dimension();

  /** Coordinates of a point of the prior: d, or 2d where momenta are drawn and dropped. */
  int priorDimension();

  /** Normal numbers that {@link #logWeight} takes a point: 0 where the density is exact. */
  int noiseDimension();

  /** The prior. */
  Prior prior();

  /** The map from the prior's space. */
  Flow flow();

  /**
   * The logarithm of an unbiased estimate of each point's density. Its mean over the noise is the
   * ELBO (§3.3, eq. 6); the logarithm of the mean of its exponential is the importance-weighted
   * bound. Where {@link #noiseDimension()} is 0 it is ln p(x) itself.
   *
   * @param x points, [batch, d]
   * @param noise normal numbers, [batch, noise dimension]; unused where that is 0
   * @return [batch]
   */
  NDArray logWeight(NDArray x, NDArray noise);

  /**
   * What becomes of draws of the prior.
   *
   * @param base [batch, prior dimension]
   * @return points, [batch, d]
   */
  NDArray generate(NDArray base);
}
