package hgn.flows;

import ai.djl.ndarray.NDArray;

/**
 * Bounds of ln p(x) from k log-weights a point, w = p(q, p) / f_ψ(p|q). With one weight both are
 * the same single draw of the ELBO.
 */
public final class Bounds {
  private Bounds() {}

  /**
   * The mean of ln w: the ELBO (§3.3, eq. 6; §A.7).
   *
   * @param logWeights [batch · k], those of one point side by side
   * @param k how many a point
   * @return [batch]
   */
  public static NDArray elbo(NDArray logWeights, int k) {
    return rows(logWeights, k).mean(new int[] {1});
  }

  /**
   * ln of the mean of w: the importance-weighted bound (Burda et al., 2016). On average it lies
   * between the ELBO and ln p(x), and rises with k.
   *
   * @param logWeights [batch · k], those of one point side by side
   * @param k how many a point
   * @return [batch]
   */
  public static NDArray importanceWeighted(NDArray logWeights, int k) {
    NDArray rows = rows(logWeights, k);
    // Any shift gives the same value and gradient; the largest weight's keeps exp in range.
    NDArray top = rows.max(new int[] {1}, true).stopGradient();
    return rows.sub(top).exp().mean(new int[] {1}).log().add(top.squeeze(1));
  }

  private static NDArray rows(NDArray logWeights, int k) {
    return logWeights.reshape(-1, k);
  }
}
