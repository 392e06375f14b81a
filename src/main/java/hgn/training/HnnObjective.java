package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.dynamics.VectorField;
import hgn.io.Text;
import hgn.models.Hnn;
import hgn.models.HnnBlueprint;
import hgn.nn.Layout;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PixelHNN's objective L_AE + L_CC + λ_HNN L_HNN + λ_WD L_WD (§A.3, eq. 15), each a mean over the
 * batch and over what it sums, as in the original. The pair (x₀, x₁) is encoded, decoded and asked
 * for its velocity; the pair (x₁, x₂) gives the finite differences.
 */
public final class HnnObjective implements Objective {
  private static final int FRAMES = 3;

  private final HnnBlueprint blueprint;
  private final HnnTraining training;
  private final FrameSource source;

  /**
   * An objective.
   *
   * @param blueprint of the model
   * @param training weights of the losses
   * @param source clips of three frames
   */
  public HnnObjective(HnnBlueprint blueprint, HnnTraining training, FrameSource source) {
    this.blueprint = blueprint;
    this.training = training;
    this.source = source;
  }

  @Override
  public Layout layout() {
    return blueprint.layout();
  }

  @Override
  public Terms accumulate(Step step) {
    NDArray frames = step.time("render", () -> source.batch(step.iteration()).on(step.manager()));
    if (frames.getShape().get(1) != FRAMES) {
      throw new IllegalArgumentException(
          Text.of("clips of %d frames, expected %d", frames.getShape().get(1), FRAMES));
    }
    Hnn model = blueprint.bind(layout().bind(step.weights()));
    NDArray now = Hnn.pair(frames, 0);
    NDArray next = Hnn.pair(frames, 1);
    PhaseState both =
        step.time("encode", () -> model.encode(NDArrays.concat(new NDList(now, next), 0)));
    NDList q = both.q().split(2, 0);
    NDList p = both.p().split(2, 0);
    PhaseState z = new PhaseState(q.get(0), p.get(0));
    PhaseState change = new PhaseState(q.get(1).sub(q.get(0)), p.get(1).sub(p.get(0)));
    NDArray pixels = step.time("decode", () -> model.decode(z).sub(now).square().mean());
    NDArray canonical = z.p().sub(change.q()).square().mean();
    NDArray hamiltonian = VectorField.of(model.hamiltonian()).velocity(z).meanSquare(change);
    NDArray decay = step.weights().square().sum();
    step.backward(
        pixels
            .add(Scalars.times(canonical, training.canonical()))
            .add(Scalars.times(hamiltonian, training.hamiltonian()))
            .add(Scalars.times(decay, training.decay() / 2)));

    return Terms.of(
        numbers -> {
          double mse = numbers[0];
          double cc = numbers[1];
          double hnn = numbers[2];
          double l2 = numbers[3] / 2;
          Map<String, Double> named = new LinkedHashMap<>();
          named.put(
              "loss",
              mse
                  + training.canonical() * cc
                  + training.hamiltonian() * hnn
                  + training.decay() * l2);
          named.put("mse", mse);
          named.put("canonical", cc);
          named.put("hamiltonian", hnn);
          named.put("decay", l2);
          return named;
        },
        pixels,
        canonical,
        hamiltonian,
        decay);
  }
}
