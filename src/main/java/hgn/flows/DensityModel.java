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
   * Logarithms of unbiased estimates of each point's density, k of them a point; {@link Bounds}
   * makes the bounds of the likelihood from them. Where {@link #noiseDimension()} is 0 there is one
   * a point, ln p(x) itself.
   *
   * @param x points, [batch, d]
   * @param noise normal numbers, [batch · k, noise dimension], those of one point side by side;
   *     unused where that dimension is 0
   * @return [batch · k]
   */
  NDArray logWeight(NDArray x, NDArray noise);

  /**
   * Samples of the density from draws of the prior.
   *
   * @param base [batch, prior dimension]
   * @return points, [batch, d]
   */
  NDArray generate(NDArray base);
}
