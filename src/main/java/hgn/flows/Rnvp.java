package hgn.flows;

import ai.djl.ndarray.NDArray;

/**
 * RNVP: couplings with alternating masks on a prior, its density exact.
 *
 * @param dimension d
 * @param flow the couplings
 * @param prior the prior
 */
public record Rnvp(int dimension, ComposedFlow flow, Prior prior) implements DensityModel {

  @Override
  public int priorDimension() {
    return dimension;
  }

  @Override
  public int noiseDimension() {
    return 0;
  }

  @Override
  public NDArray logWeight(NDArray x, NDArray noise) {
    Mapped base = flow.inverse(x);
    return prior.logDensity(base.value()).add(base.logDet());
  }

  @Override
  public NDArray generate(NDArray base) {
    return flow.forward(base).value();
  }
}
