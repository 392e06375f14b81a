package hgn.flows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import hgn.dynamics.Scalars;
import hgn.nn.Layer;

/**
 * RNVP's coupling (Dinh et al., 2017): where the mask is 1 a point stays, elsewhere y = x·eˢ + t
 * with s and t functions of what stayed. ln |det J| = Σ s.
 *
 * <p>s is kept in (−2, 2) by a hyperbolic tangent, not stated in the paper: without a bound one
 * early step can make eˢ overflow.
 *
 * @param network from [batch, d] to [batch, 2d]: s and t side by side
 * @param mask 0 and 1, [d]
 * @param free 1 and 0, [d]: its complement
 */
public record AffineCoupling(Layer network, NDArray mask, NDArray free) implements Flow {
  private static final double BOUND = 2;

  @Override
  public Mapped forward(NDArray x) {
    NDList st = scaleAndShift(x);
    NDArray y = x.mul(st.get(0).exp()).add(st.get(1));
    return new Mapped(y, st.get(0).sum(new int[] {1}));
  }

  @Override
  public Mapped inverse(NDArray y) {
    NDList st = scaleAndShift(y);
    NDArray x = y.sub(st.get(1)).mul(st.get(0).neg().exp());
    return new Mapped(x, st.get(0).sum(new int[] {1}).neg());
  }

  /** Both are 0 where the mask is 1, so that one formula serves all coordinates. */
  private NDList scaleAndShift(NDArray x) {
    NDList parts = network.forward(x.mul(mask)).split(new long[] {x.getShape().get(1)}, 1);
    NDArray s = Scalars.times(parts.get(0).tanh().mul(free), BOUND);
    return new NDList(s, parts.get(1).mul(free));
  }
}
