package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import hgn.data.NativeThreads;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
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
  private final Supplier<float[]> meanImage;
  private final Geco geco;
  private double lastMse;
  private BatchTerms terms = BatchTerms.NONE;

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
    this(blueprint, training, source, division, () -> blackImage(blueprint));
  }

  /**
   * An objective of a model that knows what films look like on average.
   *
   * @param meanImage of the training films, asked for where weights begin
   */
  public HgnObjective(
      HgnBlueprint blueprint,
      HgnTraining training,
      FrameSource source,
      Division division,
      Supplier<float[]> meanImage) {
    this.meanImage = meanImage;
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

  private static float[] blackImage(HgnBlueprint blueprint) {
    int size = blueprint.spec().imageSize();
    return new float[3 * size * size];
  }

  @Override
  public float[] initial(long seed) {
    return blueprint.initial(seed, meanImage);
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
    int length = (int) shape.get(1);
    int batch = (int) shape.get(0);
    HgnSpec spec = blueprint.spec();
    Windows windows = training.windows();
    boolean variational = spec.variational();
    NDArray noise = variational ? noise(step, frames) : null;
    int context = spec.contextFrames();
    int state = windows == null ? firstTarget(length, context) : spec.stateFrame();
    int reach = windows == null ? length - state : windows.reach();
    int horizon = training.horizon().at(step.iteration(), reach);
    TargetTimes times = TargetTimes.drawn(training, horizon, batch, step.random());
    int longest = batch > 1 ? training.shift(step.iteration()) : 0;
    boolean bothWays = windows != null && windows.bothWays();
    Cut cut = Cut.drawn(length, batch, context, state, bothWays, longest, step.random());
    double picture = (double) shape.size() / ((double) batch * length);
    Divergence fixed = training.divergence();
    double lambda = variational && fixed == null ? geco.multiplier() : 1;
    double perNat = fixed == null ? 1 / (reach * picture) : fixed.at(step.iteration());
    Consistency consistency = training.consistency();
    double pull = consistency == null ? 0 : lambda * consistency.at(step.iteration());
    PartPass.Weighting weighting =
        new PartPass.Weighting(
            batch, lambda, batch * times.decoded() * picture, variational ? perNat : 0);
    PartPass.Sums sums =
        divided(step, weighting, new PartPass.Part(frames, noise, times, cut), pull);

    lastMse = sums.squares() / weighting.values();
    double nats = sums.nats() / batch;
    double distance = terms.distances() / batch;
    Map<String, Double> named = new LinkedHashMap<>();
    named.put(
        "loss",
        lambda * lastMse
            + weighting.perNat() * nats
            + pull * distance
            + training.unitScale() * terms.scale());
    named.put("mse", lastMse);
    named.put("kl", nats);
    named.put("lambda", lambda);
    named.put("horizon", (double) horizon);
    if (consistency != null) {
      named.put("shift", (double) longest);
      named.put("consistency", distance);
      named.put("lost", (double) terms.lost());
    }
    return named;
  }

  /** The parts of the batch at once, or the whole of it where there is one part. */
  private PartPass.Sums divided(
      Step step, PartPass.Weighting weighting, PartPass.Part whole, double pull) {
    int[] cuts = division.cuts(weighting.batch());
    int parts = cuts.length - 1;
    if (parts == 1) {
      PartPass pass = new PartPass(blueprint, training, weighting, whole, step);
      terms = batchTerms(step, whole.cut(), pull, List.of(pass));
      return pass.backward(division.framesPerDecode(), terms);
    }
    List<Step> steps = new ArrayList<>();
    List<PartPass> passes = new ArrayList<>(Collections.nCopies(parts, null));
    // A part stays with its thread: the order in which gradients add up depends on the thread that
    // recorded them.
    CyclicBarrier recorded =
        new CyclicBarrier(parts, () -> terms = batchTerms(step, whole.cut(), pull, passes));
    List<Supplier<PartPass.Sums>> works = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int number = i;
      // Of parts that run at once, one stands for all on the clock.
      Step own = step.part(i == 0 ? step.clock() : PhaseClock.NONE);
      PartPass.Part part = whole.of(cuts[i], cuts[i + 1], own);
      steps.add(own);
      works.add(
          () -> {
            try {
              passes.set(number, new PartPass(blueprint, training, weighting, part, own));
              recorded.await();
              BatchTerms mine = terms.of(cuts[number], cuts[number + 1], own);
              return passes.get(number).backward(division.framesPerDecode(), mine);
            } catch (InterruptedException | BrokenBarrierException e) {
              throw new IllegalStateException("another part of the batch failed", e);
            } finally {
              // Of a part that fails, no other one waits for the record.
              if (passes.get(number) == null) {
                recorded.reset();
              }
            }
          });
    }
    try {
      List<PartPass.Sums> sums = NativeThreads.together(works);
      // Always in this order, whichever part was ready first: a resumed run repeats every bit.
      NDArray gradient = steps.get(0).weights().getGradient();
      for (Step part : steps.subList(1, parts)) {
        gradient.addi(mine(part, part.weights().getGradient()));
      }
      step.backward(TrainedRollout.product(step.weights(), mine(step, gradient)));
      return sums.stream().reduce(PartPass.Sums::add).orElseThrow();
    } finally {
      steps.forEach(part -> part.manager().close());
    }
  }

  private BatchTerms batchTerms(Step step, Cut cut, double pull, List<PartPass> passes) {
    if (!cut.shifted() && training.unitScale() == 0) {
      return BatchTerms.NONE;
    }
    List<BatchTerms.View> views = passes.stream().map(PartPass::view).toList();
    return step.time("consistency", () -> BatchTerms.of(step, training, pull, views));
  }

  private static NDArray mine(Step step, NDArray x) {
    x.attach(step.manager());
    return x;
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
