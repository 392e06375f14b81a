package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.PhaseState;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.models.Posterior;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * HGN's objective (§3.2, eq. 4, with GECO): λ·(MSE − tolerance²) + KL / pixels, where the
 * divergence is divided by the number of pixels it is traded against. Without sampling, the MSE.
 *
 * <p>The loss is a sum over frames, so each chunk of frames is decoded and back-propagated to its
 * positions at once, and the positions' gradients are sent through the rollout together: the
 * decoder's activations never exist for more than one chunk.
 */
public final class HgnObjective implements Objective {
  private final HgnBlueprint blueprint;
  private final HgnTraining training;
  private final FrameSource source;
  private final int framesPerDecode;
  private final Geco geco;
  private double lastMse;

  /**
   * An objective.
   *
   * @param blueprint of the model
   * @param training how
   * @param source sequences of at least as many frames as the encoder sees
   * @param framesPerDecode how many frames pass the decoder at once: 1 keeps its activations in a
   *     CPU's cache, a GPU wants all; changes no result beyond round-off
   * @throws IllegalArgumentException if reversible training is asked of an integrator that is not
   *     reversible
   */
  public HgnObjective(
      HgnBlueprint blueprint, HgnTraining training, FrameSource source, int framesPerDecode) {
    this.blueprint = blueprint;
    this.training = training;
    this.source = source;
    this.framesPerDecode = framesPerDecode;
    geco = new Geco(training.geco());
    if (training.reversible()) {
      ReversibleRollout.check(blueprint.spec());
    }
  }

  @Override
  public Layout layout() {
    return blueprint.layout();
  }

  @Override
  public double[] state() {
    return geco.state();
  }

  @Override
  public void restore(double[] state) {
    geco.restore(state);
  }

  @Override
  public void accept() {
    geco.update(lastMse);
  }

  @Override
  public Map<String, Double> accumulate(Step step) {
    NDArray frames = step.time("render", () -> source.batch(step.manager(), step.iteration()));
    // Every chunk's backward pass ends at the weights that it touches, not at the whole vector.
    Layout.Weights leaves = layout().leaves(step.weights());
    Hgn model = step.time("encode", () -> blueprint.bind(leaves));
    Shape shape = frames.getShape();
    int context = blueprint.spec().contextFrames();
    int first = firstTarget((int) shape.get(1), context);
    int available = (int) shape.get(1) - first;

    Posterior posterior =
        step.time("encode", () -> model.encode(frames.get(new NDIndex(":,0:{}", context))));
    boolean variational = blueprint.spec().variational();
    PhaseState start =
        step.time(
            "encode",
            () ->
                model.initialState(
                    variational ? posterior.sample(noise(step, posterior)) : posterior.mean()));
    int horizon = training.horizon().at(step.iteration(), available);
    int[] times = times(training.framesPerStep(), horizon, step.random());
    TrainedRollout rollout =
        step.time(
            "rollout",
            () ->
                training.reversible()
                    ? new ReversibleRollout(blueprint, step, start, times)
                    : new StoredRollout(model, start, times));

    double lambda = variational ? geco.multiplier() : 1;
    List<NDArray> gradients = new ArrayList<>();
    double mse =
        decode(model, step, rollout.positions(), targets(frames, first, times), lambda, gradients);
    NDArray surrogate = rollout.surrogate(gradients);
    NDArray divergence = posterior.divergence().mean();
    double pixels = (double) available * shape.size() / (shape.get(0) * shape.get(1));
    step.backward(variational ? surrogate.add(divergence.div(pixels)) : surrogate);
    step.backward(TrainedRollout.product(step.weights(), leaves.gradient()));

    lastMse = mse;
    double nats = divergence.toType(DataType.FLOAT64, false).getDouble();
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put("loss", lambda * mse + (variational ? nats / pixels : 0));
    terms.put("mse", mse);
    terms.put("kl", nats);
    terms.put("lambda", lambda);
    terms.put("horizon", (double) horizon);
    return terms;
  }

  /**
   * Which frame the inferred state belongs to: the first where the encoder sees all frames, else
   * the last one it sees.
   *
   * @param frames of a sequence
   * @param context of them, seen by the encoder
   */
  public static int firstTarget(int frames, int context) {
    return frames == context ? 0 : context - 1;
  }

  /**
   * Decodes chunk by chunk, sends each chunk's loss back to its positions and to the decoder's
   * weights, and adds the positions' gradients to a list.
   *
   * @return the mean squared error over all of them
   */
  private double decode(
      Hgn model,
      Step step,
      List<NDArray> positions,
      List<NDArray> targets,
      double lambda,
      List<NDArray> gradients) {
    double values = (double) positions.size() * targets.get(0).size();
    NDArray total = step.manager().zeros(new Shape(), targets.get(0).getDataType());
    for (int from = 0;
        from < positions.size();
        from += Math.min(framesPerDecode, positions.size())) {
      int to = from + Math.min(positions.size() - from, framesPerDecode);
      try (NDManager scope = step.manager().newSubManager()) {
        NDArray q = step.leaf(joined(positions.subList(from, to)));
        q.attach(scope);
        NDArray wanted = joined(targets.subList(from, to));
        NDArray error = step.time("decode", () -> model.decode(q).sub(wanted).square().sum());
        step.backward(error.mul(lambda / values));
        total.addi(error.stopGradient());
        NDArray gradient = q.getGradient();
        gradient.attach(scope);
        for (NDArray part : to - from == 1 ? new NDList(gradient) : gradient.split(to - from, 0)) {
          part.attach(step.manager());
          gradients.add(part);
        }
      }
    }
    return total.toType(DataType.FLOAT64, false).getDouble() / values;
  }

  private static NDArray joined(List<NDArray> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : NDArrays.concat(new NDList(parts.toArray(NDArray[]::new)), 0);
  }

  private static List<NDArray> targets(NDArray frames, int first, int[] times) {
    List<NDArray> targets = new ArrayList<>();
    for (int time : times) {
      targets.add(frames.get(new NDIndex(":,{}", first + time)));
    }
    return targets;
  }

  /** A random subset of 0 … horizon − 1 in rising order (selection sampling), or all of them. */
  static int[] times(int framesPerStep, int horizon, RandomGenerator random) {
    int wanted = framesPerStep == 0 ? horizon : Math.min(horizon, framesPerStep);
    int[] times = new int[wanted];
    int taken = 0;
    for (int time = 0; taken < wanted; time++) {
      if (random.nextInt(horizon - time) < wanted - taken) {
        times[taken++] = time;
      }
    }
    return times;
  }

  /** Drawn in Java: the engine's own generator has a state that could not be saved. */
  private static NDArray noise(Step step, Posterior posterior) {
    Shape shape = posterior.mean().getShape();
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) step.random().nextGaussian();
    }
    return step.manager().create(values, shape).toType(posterior.mean().getDataType(), false);
  }
}
