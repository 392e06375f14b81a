package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.NativeThreads;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.models.Posterior;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * HGN's objective (§3.2, eq. 4, with GECO): λ·(MSE − tolerance²) + KL / pixels, where the
 * divergence is divided by the number of pixels it is traded against. Without sampling, the MSE.
 * The "loss" that is reported leaves out λ·tolerance², which no weight changes.
 *
 * <p>The loss is a sum over frames, so each chunk of frames is decoded and back-propagated to its
 * positions at once, and the positions' gradients are sent through the rollout together: the
 * decoder's activations never exist for more than one chunk. It is a sum over sequences too, so
 * each native thread can take a part of the batch ({@link Division}).
 */
public final class HgnObjective implements Objective {
  private final HgnBlueprint blueprint;
  private final HgnTraining training;
  private final FrameSource source;
  private final Division division;
  private final Geco geco;
  private double lastMse;

  /**
   * An objective.
   *
   * @param blueprint of the model
   * @param training how
   * @param source sequences of at least as many frames as the encoder sees
   * @param division how the work is divided; changes no result beyond round-off
   * @throws IllegalArgumentException if reversible training is asked of an integrator that is not
   *     reversible
   */
  public HgnObjective(
      HgnBlueprint blueprint, HgnTraining training, FrameSource source, Division division) {
    this.blueprint = blueprint;
    this.training = training;
    this.source = source;
    this.division = division;
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
    Shape shape = frames.getShape();
    int first = firstTarget((int) shape.get(1), blueprint.spec().contextFrames());
    int available = (int) shape.get(1) - first;
    boolean variational = blueprint.spec().variational();
    NDArray noise = variational ? noise(step, frames) : null;
    int horizon = training.horizon().at(step.iteration(), available);
    TargetTimes times = TargetTimes.drawn(training, horizon, (int) shape.get(0), step.random());
    double lambda = variational ? geco.multiplier() : 1;
    double picture = (double) shape.size() / (shape.get(0) * shape.get(1));
    Pass pass =
        new Pass(
            shape.get(0),
            first,
            times,
            lambda,
            shape.get(0) * times.decoded() * picture,
            available * picture);
    Sums sums = divided(step, pass, frames, noise);

    lastMse = sums.squares() / pass.values();
    double nats = sums.nats() / pass.batch();
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put("loss", lambda * lastMse + (variational ? nats / pass.pixels() : 0));
    terms.put("mse", lastMse);
    terms.put("kl", nats);
    terms.put("lambda", lambda);
    terms.put("horizon", (double) horizon);
    return terms;
  }

  /**
   * What all parts of a batch have in common.
   *
   * @param batch sequences of the whole batch
   * @param first the frame that the inferred state belongs to
   * @param times target times of the whole batch, counted from it
   * @param lambda GECO's multiplier
   * @param values numbers that the squared error is a mean over
   * @param pixels numbers that a sequence's divergence is divided by
   */
  private record Pass(
      long batch, int first, TargetTimes times, double lambda, double values, double pixels) {}

  /** Of some sequences: squared errors, and divergences from the prior, added up. */
  private record Sums(double squares, double nats) {}

  /** The parts of the batch at once, or the whole of it where there is one part. */
  private Sums divided(Step step, Pass pass, NDArray frames, NDArray noise) {
    long[] cuts = division.cuts(pass.batch());
    if (cuts.length == 2) {
      return pass(step, pass, pass.times(), frames, noise);
    }
    List<Step> steps = new ArrayList<>();
    List<Supplier<Sums>> works = new ArrayList<>();
    for (int i = 0; i + 1 < cuts.length; i++) {
      // Of parts that run at once, one stands for all on the clock.
      Step part = step.part(i == 0 ? step.clock() : PhaseClock.NONE);
      NDIndex rows = new NDIndex("{}:{}", cuts[i], cuts[i + 1]);
      NDArray seen = mine(part, frames.get(rows));
      NDArray random = noise == null ? null : mine(part, noise.get(rows));
      steps.add(part);
      TargetTimes times = pass.times().of((int) cuts[i], (int) cuts[i + 1]);
      works.add(() -> pass(part, pass, times, seen, random));
    }
    try {
      List<Sums> sums = NativeThreads.together(works);
      // Always in this order, whichever part was ready first: a resumed run repeats every bit.
      NDArray gradient = steps.get(0).weights().getGradient();
      for (Step part : steps.subList(1, steps.size())) {
        gradient.addi(mine(part, part.weights().getGradient()));
      }
      step.backward(TrainedRollout.product(step.weights(), mine(step, gradient)));
      return new Sums(
          sums.stream().mapToDouble(Sums::squares).sum(),
          sums.stream().mapToDouble(Sums::nats).sum());
    } finally {
      steps.forEach(part -> part.manager().close());
    }
  }

  private static NDArray mine(Step step, NDArray x) {
    x.attach(step.manager());
    return x;
  }

  /** Sends the loss of some sequences back to the weights. */
  private Sums pass(Step step, Pass pass, TargetTimes drawn, NDArray frames, NDArray noise) {
    // Every chunk's backward pass ends at the weights that it touches, not at the whole vector.
    Layout.Weights leaves = layout().leaves(step.weights());
    Hgn model = step.time("encode", () -> blueprint.bind(leaves));
    int context = blueprint.spec().contextFrames();
    Posterior posterior =
        step.time("encode", () -> model.encode(frames.get(new NDIndex(":,0:{}", context))));
    PhaseState start =
        step.time(
            "encode",
            () -> model.initialState(noise == null ? posterior.mean() : posterior.sample(noise)));
    int[] times = drawn.times();
    TrainedRollout rollout =
        step.time(
            "rollout",
            () ->
                training.reversible()
                    ? new ReversibleRollout(blueprint, step, start, times)
                    : new StoredRollout(model, start, times));

    List<NDArray> gradients = new ArrayList<>();
    List<NDArray> positions = step.time("decode", () -> drawn.chosen(rollout.positions()));
    List<NDArray> targets = step.time("decode", () -> drawn.framesOf(frames, pass.first()));
    double squares =
        decode(model, step, positions, targets, pass.lambda() / pass.values(), gradients);
    NDArray surrogate = rollout.surrogate(drawn.gathered(gradients));
    NDArray divergence = posterior.divergence().sum();
    step.backward(
        noise == null
            ? surrogate
            : surrogate.add(Scalars.over(divergence, pass.pixels() * (double) pass.batch())));
    step.backward(TrainedRollout.product(step.weights(), leaves.gradient()));
    return new Sums(squares, divergence.toType(DataType.FLOAT64, false).getDouble());
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
   * @param share what a squared error contributes to the loss
   * @return the squared errors of all of them, added up
   */
  private double decode(
      Hgn model,
      Step step,
      List<NDArray> positions,
      List<NDArray> targets,
      double share,
      List<NDArray> gradients) {
    NDArray total = step.manager().zeros(new Shape(), targets.get(0).getDataType());
    int chunk = Math.min(division.framesPerDecode(), positions.size());
    for (int from = 0; from < positions.size(); from += chunk) {
      int to = Math.min(positions.size(), from + chunk);
      try (NDManager scope = step.manager().newSubManager()) {
        NDArray q = step.leaf(joined(positions.subList(from, to)));
        q.attach(scope);
        NDArray wanted = joined(targets.subList(from, to));
        NDArray error = step.time("decode", () -> model.decode(q).sub(wanted).square().sum());
        step.backward(Scalars.times(error, share));
        total.addi(error.stopGradient());
        NDArray gradient = q.getGradient();
        gradient.attach(scope);
        for (NDArray part : to - from == 1 ? new NDList(gradient) : gradient.split(to - from, 0)) {
          part.attach(step.manager());
          gradients.add(part);
        }
      }
    }
    return total.toType(DataType.FLOAT64, false).getDouble();
  }

  private static NDArray joined(List<NDArray> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : NDArrays.concat(new NDList(parts.toArray(NDArray[]::new)), 0);
  }

  /** For the whole batch. Drawn in Java: the engine's generator has a state that is not saved. */
  private NDArray noise(Step step, NDArray frames) {
    Shape shape = new Shape(frames.getShape().get(0)).addAll(blueprint.latentShape());
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) step.random().nextGaussian();
    }
    return step.manager().create(values, shape).toType(frames.getDataType(), false);
  }
}
