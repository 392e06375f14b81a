package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import hgn.data.NativeThreads;
import hgn.data.Upload;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
  private NDArray lastMse;
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
  public void stay(NDManager keeper) {
    geco.stay(keeper);
  }

  @Override
  public void accept(Map<String, Double> named) {
    geco.update(named.get("mse"));
  }

  @Override
  public void accept(NDArray taken) {
    geco.update(lastMse, taken);
  }

  @Override
  public Terms accumulate(Step step) {
    Upload clips = step.time("render", () -> source.batch(step.iteration()));
    Shape shape = clips.shape();
    int length = (int) shape.get(1);
    int batch = (int) shape.get(0);
    HgnSpec spec = blueprint.spec();
    Windows windows = training.windows();
    boolean variational = spec.variational();
    List<Upload> uploads = new ArrayList<>(List.of(clips));
    if (variational) {
      uploads.add(noise(step, batch));
    }
    int context = spec.contextFrames();
    int state = windows == null ? firstTarget(length, context) : spec.stateFrame();
    int reach = windows == null ? length - state : windows.reach();
    int horizon = training.horizon().at(step.iteration(), reach);
    TargetTimes times = TargetTimes.drawn(training, horizon, batch, step.random());
    int longest = batch > 1 ? training.shift(step.iteration()) : 0;
    boolean bothWays = windows != null && windows.bothWays();
    Cut cut = Cut.drawn(length, batch, context, state, bothWays, longest, step.random());
    if (!cut.forward()) {
      uploads.add(cut.signs());
    }
    int[] cuts = division.cuts(batch);
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i + 1 < cuts.length; i++) {
      Plan plan = Plan.of(cuts[i], cuts[i + 1], times, cut);
      plans.add(plan);
      uploads.addAll(plan.uploads());
    }
    Iterator<NDArray> sent =
        step.time("render", () -> Upload.together(step.manager(), uploads)).iterator();
    NDArray frames = sent.next();
    NDArray noise = variational ? sent.next().toType(frames.getDataType(), false) : null;
    NDArray signs = cut.forward() ? null : sent.next();
    List<PartPass.Part> parts =
        plans.stream().map(plan -> plan.part(frames, noise, signs, sent)).toList();

    double picture = (double) shape.size() / ((double) batch * length);
    double values = batch * times.decoded() * picture;
    Divergence fixed = training.divergence();
    NDManager manager = step.manager();
    NDArray lambda =
        variational && fixed == null ? geco.multiplier(manager) : Float64.of(manager, 1);
    double perNat = fixed == null ? 1 / (reach * picture) : fixed.at(step.iteration());
    double weight = variational ? perNat : 0;
    Consistency consistency = training.consistency();
    double pull = consistency == null ? 0 : consistency.at(step.iteration());
    NDArray share = lambda.div(Float64.of(manager, values)).toType(frames.getDataType(), false);
    PartPass.Sums sums =
        divided(
            step,
            new PartPass.Weighting(batch, share, weight),
            parts,
            lambda.mul(Float64.of(manager, pull)));

    lastMse = sums.squares().div(Float64.of(manager, values));
    NDArray none = Float64.of(manager, 0);
    return Terms.of(
        numbers -> {
          double mse = numbers[1] / values;
          double nats = numbers[2] / batch;
          double distance = numbers[3] / batch;
          Map<String, Double> named = new LinkedHashMap<>();
          named.put(
              "loss",
              numbers[0] * mse
                  + weight * nats
                  + numbers[0] * pull * distance
                  + training.unitScale() * numbers[4]);
          named.put("mse", mse);
          named.put("kl", nats);
          named.put("lambda", numbers[0]);
          named.put("horizon", (double) horizon);
          if (consistency != null) {
            named.put("shift", (double) longest);
            named.put("consistency", distance);
            named.put("lost", numbers[5]);
          }
          return named;
        },
        lambda,
        sums.squares(),
        sums.nats(),
        terms.distances() == null ? none : terms.distances(),
        terms.scale() == null ? none : terms.scale(),
        terms.lost() == null ? none : terms.lost());
  }

  /**
   * Plan of a part of the batch before it is sent.
   *
   * @param from its first film
   * @param to behind its last one
   * @param times of its films
   * @param arrivals of its films; none where no window is shifted
   * @param cut of its films
   */
  private record Plan(int from, int to, TargetTimes times, TargetTimes arrivals, Cut cut) {

    static Plan of(int from, int to, TargetTimes times, Cut cut) {
      Cut own = cut.of(from, to);
      TargetTimes arrivals = own.shifted() ? own.arrivals() : TargetTimes.NONE;
      return new Plan(from, to, times.of(from, to), arrivals, own);
    }

    List<Upload> uploads() {
      return Stream.of(times, arrivals)
          .filter(t -> t.own().length > 0)
          .map(TargetTimes::sent)
          .toList();
    }

    /** Takes what was sent in the order of {@link #uploads}. */
    PartPass.Part part(NDArray frames, NDArray noise, NDArray signs, Iterator<NDArray> sent) {
      return new PartPass.Part(
          rows(frames),
          noise == null ? null : rows(noise),
          cut.forward() ? null : rows(signs),
          times,
          arrivals,
          cut,
          times.own().length > 0 ? sent.next() : null,
          arrivals.own().length > 0 ? sent.next() : null);
    }

    private NDArray rows(NDArray x) {
      boolean whole = to - from == x.getShape().get(0);
      return whole ? x : x.get(new NDIndex("{}:{}", from, to));
    }
  }

  /** The parts of the batch at once, or the whole of it where there is one part. */
  private PartPass.Sums divided(
      Step step, PartPass.Weighting weighting, List<PartPass.Part> parts, NDArray pull) {
    boolean shifted = parts.get(0).cut().shifted();
    if (parts.size() == 1) {
      PartPass pass = new PartPass(blueprint, training, weighting, parts.get(0), step);
      terms = batchTerms(step, shifted, pull, List.of(pass));
      return pass.backward(division.framesPerDecode(), terms);
    }
    int[] cuts = division.cuts(weighting.batch());
    List<Step> steps = new ArrayList<>();
    List<PartPass> passes = new ArrayList<>(Collections.nCopies(parts.size(), null));
    // A part stays with its thread: the order in which gradients add up depends on the thread that
    // recorded them.
    CyclicBarrier recorded =
        new CyclicBarrier(parts.size(), () -> terms = batchTerms(step, shifted, pull, passes));
    List<Supplier<PartPass.Sums>> works = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int number = i;
      // Of parts that run at once, one stands for all on the clock.
      Step own = step.part(i == 0 ? step.clock() : PhaseClock.NONE);
      PartPass.Part part = parts.get(i).ownedBy(own);
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
      for (Step part : steps.subList(1, parts.size())) {
        gradient.addi(mine(part, part.weights().getGradient()));
      }
      step.backward(TrainedRollout.product(step.weights(), mine(step, gradient)));
      return sums.stream().reduce(PartPass.Sums::add).orElseThrow().ownedBy(step);
    } finally {
      steps.forEach(part -> part.manager().close());
    }
  }

  private BatchTerms batchTerms(Step step, boolean shifted, NDArray pull, List<PartPass> passes) {
    if (!shifted && training.unitScale() == 0) {
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
   * Index of the frame that the inferred state belongs to: the first where the encoder sees all
   * frames, else the last one it sees.
   *
   * @param frames of a sequence
   * @param context of them, seen by the encoder
   */
  public static int firstTarget(int frames, int context) {
    return frames == context ? 0 : context - 1;
  }

  /** For the whole batch. Drawn in Java: the engine's generator has a state that is not saved. */
  private Upload noise(Step step, int batch) {
    Shape shape = new Shape(batch).addAll(blueprint.latentShape());
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) step.random().nextGaussian();
    }
    return new Upload(values, shape);
  }
}
