package hgn.nn;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Scalars;

/** Element-wise nonlinearities. */
public enum Activation implements Layer {
  /** ln(1 + eˣ). Smooth: the choice for energies, whose second derivatives are trained. */
  SOFTPLUS {
    @Override
    public NDArray forward(NDArray x) {
      return x.getNDArrayInternal().softPlus();
    }

    @Override
    public NDArray pullback(NDArray x, NDArray dy) {
      return dy.mul(ai.djl.nn.Activation.sigmoid(x));
    }
  },

  /** x / (1 + e⁻ˣ) (Ramachandran et al., 2017, arXiv:1710.05941): the energies of HGN++. */
  SWISH {
    @Override
    public NDArray forward(NDArray x) {
      return x.mul(ai.djl.nn.Activation.sigmoid(x));
    }

    @Override
    public NDArray pullback(NDArray x, NDArray dy) {
      NDArray gate = ai.djl.nn.Activation.sigmoid(x);
      NDArray y = x.mul(gate);
      return dy.mul(y.add(gate).sub(y.mul(gate)));
    }
  },

  /** max(0, x). Its second derivative vanishes, so an energy made of it never trains. */
  RELU {
    @Override
    public NDArray forward(NDArray x) {
      return ai.djl.nn.Activation.relu(x);
    }

    @Override
    public NDArray pullback(NDArray x, NDArray dy) {
      return dy.mul(Scalars.positive(x));
    }
  },

  /** max(x, 0.2 x). The slope is not stated in the paper: the value of Karras et al. (2018). */
  LEAKY_RELU {
    @Override
    public NDArray forward(NDArray x) {
      return ai.djl.nn.Activation.leakyRelu(x, LEAK);
    }

    @Override
    public NDArray pullback(NDArray x, NDArray dy) {
      return dy.mul(Scalars.plus(Scalars.times(Scalars.positive(x), 1 - (double) LEAK), LEAK));
    }
  },

  /** The hyperbolic tangent. */
  TANH {
    @Override
    public NDArray forward(NDArray x) {
      return x.tanh();
    }

    @Override
    public NDArray pullback(NDArray x, NDArray dy) {
      return dy.sub(dy.mul(x.tanh().square()));
    }
  },

  /** 1 / (1 + e⁻ˣ). */
  SIGMOID {
    @Override
    public NDArray forward(NDArray x) {
      return ai.djl.nn.Activation.sigmoid(x);
    }

    @Override
    public NDArray pullback(NDArray x, NDArray dy) {
      NDArray y = forward(x);
      return dy.mul(y.sub(y.square()));
    }
  };

  private static final float LEAK = 0.2f;

  @Override
  public boolean affine() {
    return false;
  }
}
