package hgn.flows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Separable;
import hgn.nn.Activation;
import hgn.nn.Blueprint;
import hgn.nn.Blueprints;
import hgn.nn.EnergyNet;
import hgn.nn.Init;
import hgn.nn.Layer;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.List;

/** Declares the weights of a flow and binds them. */
public final class FlowBlueprint implements Blueprint<DensityModel> {

  /** Not stated: a momentum's guess and a coupling start near 0, so that f_ψ is N(0, 1). */
  private static final double SMALL_GAIN = 0.1;

  private final FlowSpec spec;
  private final Layout layout = new Layout();
  private final Blueprint<? extends DensityModel> model;

  /** Declares the weights. */
  public FlowBlueprint(FlowSpec spec) {
    this.spec = spec;
    model = spec.kind() == FlowSpec.Kind.NHF ? nhf() : rnvp();
  }

  /** Spec of the flow. */
  public FlowSpec spec() {
    return spec;
  }

  /** Layout of its weights. */
  public Layout layout() {
    return layout;
  }

  @Override
  public DensityModel bind(Layout.Weights weights) {
    return model.bind(weights);
  }

  private Blueprint<NeuralHamiltonianFlow> nhf() {
    int d = spec.dimension();
    List<Blueprint<ScalarField>> kinetic = new ArrayList<>();
    List<Blueprint<ScalarField>> potential = new ArrayList<>();
    for (int i = 0; i < (spec.shared() ? 1 : spec.layers()); i++) {
      kinetic.add(spec.fixedKinetic() ? fixedKinetic("kinetic." + i) : energy("kinetic." + i));
      potential.add(energy("potential." + i));
    }
    Layout.Slot dt = layout.add("dt", new Init(spec.dt(), 0), spec.layers());
    Blueprint<Layer> mean = net("posterior.mean", d, d);
    Blueprint<Layer> deviation = net("posterior.logDeviation", d, d);
    return weights -> {
      NDList dts = weights.get(dt).split(spec.layers());
      List<ScalarField> k = kinetic.stream().map(b -> b.bind(weights)).toList();
      List<ScalarField> v = potential.stream().map(b -> b.bind(weights)).toList();
      List<Separable> steps = new ArrayList<>();
      for (int i = 0; i < spec.layers(); i++) {
        int at = spec.shared() ? 0 : i;
        steps.add(
            new Separable(
                new HamiltonianFlow.Scaled(k.get(at), dts.get(i)),
                new HamiltonianFlow.Scaled(v.get(at), dts.get(i))));
      }
      return new NeuralHamiltonianFlow(
          d,
          new HamiltonianFlow(steps),
          new MomentumPosterior(mean.bind(weights), deviation.bind(weights)),
          spec.prior());
    };
  }

  private Blueprint<ScalarField> energy(String name) {
    int hidden = spec.hidden();
    Blueprint<Layer> net =
        Blueprints.mlp(layout, name, Activation.SOFTPLUS, 1, spec.dimension(), hidden, hidden, 1);
    return weights -> new EnergyNet(net.bind(weights), new Shape(1), 0);
  }

  private Blueprint<ScalarField> fixedKinetic(String name) {
    Layout.Slot slot = layout.add(name + ".logInverseMass", Init.ZERO, spec.dimension());
    // The logarithm is learned: the mass is positive whatever it is.
    return weights -> new FixedKinetic(weights.get(slot).exp());
  }

  private Blueprint<Layer> net(String name, int in, int out) {
    int hidden = spec.hidden();
    return Blueprints.mlp(layout, name, Activation.RELU, SMALL_GAIN, in, hidden, hidden, out);
  }

  private Blueprint<Rnvp> rnvp() {
    int d = spec.dimension();
    List<Blueprint<Layer>> nets = new ArrayList<>();
    for (int i = 0; i < spec.layers(); i++) {
      nets.add(net("coupling." + i, d, 2 * d));
    }
    Layout.Slot first = layout.slots().get(0);
    return weights -> {
      NDArray like = weights.get(first);
      List<Flow> couplings = new ArrayList<>();
      for (int i = 0; i < nets.size(); i++) {
        NDArray mask = mask(d, i, like);
        NDArray free = mask(d, i + 1, like);
        couplings.add(new AffineCoupling(nets.get(i).bind(weights), mask, free));
      }
      return new Rnvp(d, new ComposedFlow(couplings), spec.prior());
    };
  }

  /** Every other coordinate, then the others. */
  private static NDArray mask(int d, int layer, NDArray like) {
    NDList mask = new NDList();
    for (int i = 0; i < d; i++) {
      mask.add(like.getManager().full(new Shape(), (i + layer) % 2, like.getDataType()));
    }
    return NDArrays.stack(mask);
  }
}
