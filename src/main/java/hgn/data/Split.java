package hgn.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.Streams.Use;
import hgn.dynamics.PhaseState;
import hgn.io.Text;
import hgn.render.Renderer;
import hgn.systems.PhysicalSystem;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The training or the test trajectories of a dataset. Immutable; safe for several threads. */
public final class Split implements Films {
  private final DatasetSpec spec;
  private final int group;
  private final States states;
  private final PhysicalSystem system;
  private final Renderer renderer;

  Split(DatasetSpec spec, int group, States states) {
    this.spec = spec;
    this.group = group;
    this.states = states;
    this.system = spec.physics();
    this.renderer = new Renderer(spec.rendering());
  }

  /** Number of trajectories. */
  @Override
  public int size() {
    return states.size();
  }

  /** Frames of a trajectory: steps + 1. */
  @Override
  public int frames() {
    return spec.steps() + 1;
  }

  /** Length of q. */
  public int dimension() {
    return system.dimension();
  }

  @Override
  public Split clean() {
    return spec.noise().isOnFrames() ? seenWith(spec.noise().onFrames(0, 0)) : this;
  }

  /** The same states, seen with other noise on frames. */
  Split seenWith(NoiseSpec noise) {
    return new Split(spec.withNoise(noise), group, states);
  }

  /**
   * Positions to draw; noise on them, where the spec asks for it, is a trajectory's own, and noise
   * on pixels a frame's own, wherever the clip begins.
   */
  @Override
  public Upload upload(int length, int[] first, int... indices) {
    return upload(Use.POSITIONS, length, first, indices);
  }

  NDArray frames(NDManager manager, Use noise, int... indices) {
    return upload(noise, frames(), new int[indices.length], indices).on(manager);
  }

  private float[] positions(Use noise, int... indices) {
    float[] q = gather(states.q(), indices);
    if (spec.noise().positions() > 0) {
      jitter(q, noise, indices);
    }
    return q;
  }

  private Upload upload(Use noise, int length, int[] first, int... indices) {
    float[] all = positions(noise, indices);
    int d = system.dimension();
    int size = spec.imageSize();
    long films = indices.length;
    float[] constants = renderer.constants();
    int drawn = Math.toIntExact(films * length * d) + constants.length;
    boolean noisy = spec.noise().pixels() > 0;
    Shape shape = new Shape(films, length, 3, size, size);
    float[] values = new float[noisy ? Math.toIntExact(drawn + shape.size()) : drawn];
    for (int i = 0; i < indices.length; i++) {
      Films.requireClip(first[i], length, frames());
      System.arraycopy(all, (i * frames() + first[i]) * d, values, i * length * d, length * d);
    }
    int end = drawn - constants.length;
    System.arraycopy(constants, 0, values, end, constants.length);
    if (noisy) {
      speckle(values, drawn, length, first, indices);
    }
    return new Upload(
        values,
        shape,
        sent -> {
          NDList parts = sent.split(noisy ? new long[] {end, drawn} : new long[] {end}, 0);
          NDArray rows = parts.get(0).reshape(films * length, d);
          NDArray frames = renderer.render(system.positions(rows), parts.get(1)).reshape(shape);
          return noisy ? frames.add(parts.get(2).reshape(shape)) : frames;
        });
  }

  /** Fills the end of an array with noise on the pixels of clips. */
  private void speckle(float[] values, int from, int length, int[] first, int... indices) {
    int frame = 3 * spec.imageSize() * spec.imageSize();
    double sigma = spec.noise().pixels();
    int at = from;
    for (int i = 0; i < indices.length; i++) {
      for (int t = first[i]; t < first[i] + length; t++) {
        long number = (DatasetSpec.LONGEST + 1L) * indices[i] + t;
        RandomGenerator random = Streams.stream(spec.seed(), Use.PIXELS, group, number);
        for (int j = 0; j < frame; j++) {
          values[at++] = (float) (sigma * random.nextGaussian());
        }
      }
    }
  }

  /**
   * The true states, float32, see {@link #states(NDManager, DataType, int...)}.
   *
   * @param manager owner of the result
   * @param indices which trajectories, at least one
   * @return states, each half [n, steps + 1, d]
   */
  public PhaseState states(NDManager manager, int... indices) {
    return states(manager, DataType.FLOAT32, indices);
  }

  /**
   * The true states.
   *
   * @param manager owner of the result
   * @param type float32 or float64; what is stored is float32
   * @param indices which trajectories, at least one
   * @return states, each half [n, steps + 1, d]
   * @throws IndexOutOfBoundsException naming an index that this split has not
   */
  public PhaseState states(NDManager manager, DataType type, int... indices) {
    return gather(manager, type, states.q(), states.p(), indices);
  }

  /**
   * The states with the spec's noise on each of them, float32: what a network that learns from
   * states is given.
   *
   * @param manager owner of the result
   * @param indices which trajectories, at least one
   * @return states, each half [n, steps + 1, d]
   */
  public PhaseState noisyStates(NDManager manager, int... indices) {
    return noisyStates(manager, DataType.FLOAT32, indices);
  }

  /**
   * The states with the spec's noise on each of them.
   *
   * @param manager owner of the result
   * @param type float32 or float64; what is stored is float32
   * @param indices which trajectories, at least one
   * @return states, each half [n, steps + 1, d]
   * @throws IndexOutOfBoundsException naming an index that this split has not
   */
  public PhaseState noisyStates(NDManager manager, DataType type, int... indices) {
    return gather(manager, type, states.noisyQ(), states.noisyP(), indices);
  }

  /**
   * The same motions seen for longer: through the first state of each trajectory, backward and
   * forward in time, without noise on the states.
   *
   * @param before frames before what is the first one here
   * @param after frames behind it
   * @return sequences of before + 1 + after frames, the known first one being number before
   * @throws hgn.io.UserError if bodies meet so closely that no reasonable step resolves it
   */
  public Split extended(int before, int after) {
    int d = system.dimension();
    int row = (before + 1 + after) * d;
    States longer = States.empty(size(), row);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      NDIndex first = new NDIndex(":,0");
      PhaseState all = states(manager, DataType.FLOAT64, IntStream.range(0, size()).toArray());
      PhaseState start = new PhaseState(all.q().get(first), all.p().get(first));
      PhaseState back = Simulation.trajectories(system, start, -spec.dt(), before);
      PhaseState forth = Simulation.trajectories(system, start, spec.dt(), after);
      join(longer.q(), back.q(), forth.q(), before, after);
      join(longer.p(), back.p(), forth.p(), before, after);
    }
    System.arraycopy(longer.q(), 0, longer.noisyQ(), 0, longer.q().length);
    System.arraycopy(longer.p(), 0, longer.noisyP(), 0, longer.p().length);
    return new Split(spec.withSteps(before + after), group, longer);
  }

  /** The first one turned round, then the second one without the state that both begin with. */
  private void join(float[] into, NDArray back, NDArray forth, int before, int after) {
    int d = system.dimension();
    double[] past = back.toDoubleArray();
    double[] future = forth.toDoubleArray();
    int frames = before + 1 + after;
    for (int i = 0; i < size(); i++) {
      for (int t = 0; t < frames; t++) {
        for (int j = 0; j < d; j++) {
          double value =
              t < before
                  ? past[(i * (before + 1) + before - t) * d + j]
                  : future[(i * (after + 1) + t - before) * d + j];
          into[(i * frames + t) * d + j] = (float) value;
        }
      }
    }
  }

  private PhaseState gather(
      NDManager manager, DataType type, float[] q, float[] p, int... indices) {
    Shape shape = new Shape(indices.length, frames(), system.dimension());
    return new PhaseState(
        typed(manager, gather(q, indices), shape, type),
        typed(manager, gather(p, indices), shape, type));
  }

  private static NDArray typed(NDManager manager, float[] values, Shape shape, DataType type) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray array = scratch.create(values, shape).toType(type, false);
      array.attach(manager);
      return array;
    }
  }

  private float[] gather(float[] source, int... indices) {
    int row = frames() * system.dimension();
    float[] rows = new float[indices.length * row];
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= size()) {
        throw new IndexOutOfBoundsException(
            Text.of("trajectory %d of a split of %d", indices[i], size()));
      }
      System.arraycopy(source, indices[i] * row, rows, i * row, row);
    }
    return rows;
  }

  private void jitter(float[] q, Use use, int... indices) {
    int row = frames() * system.dimension();
    double sigma = spec.noise().positions();
    for (int i = 0; i < indices.length; i++) {
      RandomGenerator random = Streams.stream(spec.seed(), use, group, indices[i]);
      for (int j = 0; j < row; j++) {
        q[i * row + j] += (float) (sigma * random.nextGaussian());
      }
    }
  }
}
