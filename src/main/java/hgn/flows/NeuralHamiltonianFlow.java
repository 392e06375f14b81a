package hgn.flows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;

/**
 * Neural Hamiltonian Flow (§3.3): a density over (q, p) whose momenta are summed out. Both q₀ and
 * p₀ are scored by the prior.
 *
 * @param dimension d
 * @param flow the leapfrog steps, on [q, p]
 * @param posterior f_ψ(p|q)
 * @param prior of q₀ and of p₀
 */
public record NeuralHamiltonianFlow(
    int dimension, HamiltonianFlow flow, MomentumPosterior posterior, Prior prior)
    implements DensityModel {

  @Override
  public int priorDimension() {
    return 2 * dimension;
  }

  @Override
  public int noiseDimension() {
    return dimension;
  }

  /** ln π(H⁻¹(q_T, p_T)) − ln f_ψ(p_T|q_T), eq. 6. */
  @Override
  public NDArray logWeight(NDArray x, NDArray noise) {
    MomentumPosterior.Draw draw = posterior.draw(x, noise);
    long momenta = noise.getShape().get(0) / x.getShape().get(0);
    NDArray q = momenta == 1 ? x : x.repeat(0, momenta);
    return logJoint(q, draw.p()).sub(draw.logDensity());
  }

  /**
   * ln p(q, p) of the joint density, exact because the flow keeps volumes.
   *
   * @param q [batch, d]
   * @param p [batch, d]
   * @return [batch]
   */
  public NDArray logJoint(NDArray q, NDArray p) {
    return prior.logDensity(flow.inverse(NDArrays.concat(new NDList(q, p), 1)).value());
  }

  @Override
  public NDArray generate(NDArray base) {
    return HamiltonianFlow.halves(flow.forward(base).value()).q();
  }
}
