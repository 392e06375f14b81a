package hgn.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import hgn.dynamics.Joint;
import hgn.dynamics.PhaseState;
import hgn.dynamics.VectorField;
import hgn.nn.Activation;
import hgn.nn.Blueprint;
import hgn.nn.Blueprints;
import hgn.nn.Layer;
import hgn.nn.Layout;

/**
 * Declares an HNN on states or its plain twin: tanh, two hidden layers of 200 units both, as
 * Greydanus et al. (2019).
 */
public final class StateBlueprint implements ModelBlueprint<VectorField> {
  private final Layout layout = new Layout();
  private final Blueprint<VectorField> field;

  /**
   * Declares all weights.
   *
   * @param spec which of the two
   */
  public StateBlueprint(StateSpec spec) {
    int size = 2 * spec.coordinates();
    field = spec.hamiltonian() ? energy(size) : plain(size);
  }

  private Blueprint<VectorField> energy(int size) {
    Blueprint<Joint> energy = HnnBlueprint.energy(layout, size);
    return weights -> VectorField.of(energy.bind(weights));
  }

  private Blueprint<VectorField> plain(int size) {
    int units = HnnBlueprint.UNITS;
    Blueprint<Layer> network =
        Blueprints.mlp(layout, "velocity", Activation.TANH, 1, size, units, units, size);
    return weights -> {
      Layer bound = network.bind(weights);
      return s -> {
        NDArray velocity = bound.forward(NDArrays.concat(new NDList(s.q(), s.p()), 1));
        NDList halves = velocity.split(2, 1);
        return new PhaseState(halves.get(0), halves.get(1));
      };
    };
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public VectorField bind(Layout.Weights weights) {
    return field.bind(weights);
  }
}
