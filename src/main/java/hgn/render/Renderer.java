package hgn.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;

/**
 * Draws discs whose edges are sampled at pixel centres with sub-pixel accuracy: opacity falls
 * linearly over {@code softness} around the radius, so that a frame changes continuously with the
 * positions.
 *
 * <p>Works on the device of its input, all frames at once. Stateless and safe for several threads.
 */
public final class Renderer {
  /** A training batch of 16 sequences of 31 frames is painted at once. */
  private static final int BLOCK = 512;

  private final RenderSpec spec;

  /**
   * A renderer.
   *
   * @param spec what to draw
   */
  public Renderer(RenderSpec spec) {
    this.spec = spec;
  }

  /** Spec of the scene. */
  public RenderSpec spec() {
    return spec;
  }

  /**
   * Draws frames.
   *
   * @param positions centres of the discs in world coordinates, y upward, [n, bodies, 2]
   * @return red, green and blue planes in [0, 1], row 0 on top, [n, 3, size, size], float32, owned
   *     by the manager of positions
   * @throws IllegalArgumentException if the number of bodies is not the spec's
   */
  public NDArray render(NDArray positions) {
    return render(positions, onDevice(positions, constants()));
  }

  /**
   * Constants of a drawing beside the positions: whoever sends these to a device can send it along.
   */
  public float[] constants() {
    float[] centres = pixelCentres();
    float[] reach = reach();
    float[] contrast = contrast();
    float[] ground = spec.background().unit();
    FloatBuffer all =
        FloatBuffer.allocate(centres.length + reach.length + contrast.length + ground.length);
    return all.put(centres).put(reach).put(contrast).put(ground).array();
  }

  /**
   * Draws frames.
   *
   * @param positions as in {@link #render(NDArray)}
   * @param constants {@link #constants}, on the device of the positions
   */
  public NDArray render(NDArray positions, NDArray constants) {
    Shape shape = positions.getShape();
    int bodies = spec.discs().size();
    if (shape.dimension() != 3 || shape.get(1) != bodies || shape.get(2) != 2) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "positions %s must have shape [n, %d, 2]", shape, bodies));
    }
    try (NDManager scratch = positions.getManager().newSubManager()) {
      NDArray at = positions.toType(DataType.FLOAT32, true);
      at.attach(scratch);
      NDArray own = constants.duplicate();
      own.attach(scratch);
      Constants sent = Constants.of(own, spec.size(), bodies);
      NDArray frames = shape.get(0) <= BLOCK ? paint(at, sent) : inBlocks(at, sent);
      frames.attach(positions.getManager());
      return frames;
    }
  }

  /**
   * The frames of long sequences: what is made on the way is then no larger than for short ones.
   */
  private NDArray inBlocks(NDArray at, Constants constants) {
    long n = at.getShape().get(0);
    NDArray frames = at.getManager().create(new Shape(n, 3, spec.size(), spec.size()));
    for (long from = 0; from < n; from += BLOCK) {
      NDIndex block = new NDIndex("{}:{}", from, Math.min(n, from + BLOCK));
      try (NDManager scratch = at.getManager().newSubManager()) {
        NDArray some = at.get(block);
        some.attach(scratch);
        frames.set(block, paint(some, constants));
      }
    }
    return frames;
  }

  /**
   * {@link #constants()} as arrays.
   *
   * @param centres coordinates of pixel centres from left to right, [size]
   * @param reach where each disc's ramp reaches zero, in units of the softness, [1, bodies, 1, 1]
   * @param contrast colours minus the ground's, [3, bodies]
   * @param ground [3, 1]
   */
  private record Constants(NDArray centres, NDArray reach, NDArray contrast, NDArray ground) {

    static Constants of(NDArray all, int size, int bodies) {
      NDList parts = all.split(new long[] {size, size + bodies, size + 4L * bodies}, 0);
      return new Constants(
          parts.get(0),
          parts.get(1).reshape(1, bodies, 1, 1),
          parts.get(2).reshape(3, bodies),
          parts.get(3).reshape(3, 1));
    }
  }

  /** Opacity of each disc at each pixel as if it were alone, [n, bodies, size, size]. */
  private NDArray opacities(NDArray positions, Constants constants) {
    int size = spec.size();
    NDArray columns = constants.centres().reshape(1, 1, 1, size);
    NDArray rows = constants.centres().reshape(1, 1, size, 1).neg(); // y points up
    NDList axes = positions.expandDims(3).split(2, 2); // x and y, each [n, bodies, 1, 1]
    NDArray distance = axes.get(0).sub(columns).square().add(axes.get(1).sub(rows).square()).sqrt();
    NDArray slope = number(positions, -1 / spec.softness());
    // In place from here: the array is ours and no graph is recorded through it.
    NDArray ramp = distance.muli(slope).addi(constants.reach());
    return ramp.maximum(number(positions, 0)).minimum(number(positions, 1));
  }

  /** Place at which each ramp reaches zero, in units of the softness. */
  private float[] reach() {
    float[] reach = new float[spec.discs().size()];
    for (int i = 0; i < reach.length; i++) {
      reach[i] = (float) (spec.discs().get(i).radius() / spec.softness() + 0.5);
    }
    return reach;
  }

  /**
   * Painter's order: what a disc shows is what no later one hides, and the ground the rest. A frame
   * is then ground + Σ visibleᵢ (colourᵢ − ground).
   */
  private NDArray paint(NDArray positions, Constants constants) {
    int bodies = spec.discs().size();
    NDArray opacity = opacities(positions, constants);
    NDArray visible = opacity;
    if (bodies > 1) {
      NDArray one = number(positions, 1);
      NDList discs = opacity.split(bodies, 1);
      NDList shown = new NDList(discs.get(bodies - 1));
      NDArray uncovered = null;
      for (int i = bodies - 1; i > 0; i--) {
        NDArray through = discs.get(i).neg().addi(one);
        uncovered = uncovered == null ? through : uncovered.muli(through);
        shown.add(0, discs.get(i - 1).mul(uncovered));
      }
      visible = NDArrays.concat(shown, 1);
    }
    NDArray painted =
        constants.contrast().matMul(visible.reshape(visible.getShape().get(0), bodies, -1));
    // The constants live for all blocks; what is made of them ends with its own.
    painted.attach(positions.getManager());
    return painted.addi(constants.ground()).reshape(-1, 3, spec.size(), spec.size());
  }

  /** Coordinates of pixel centres from left to right. */
  private float[] pixelCentres() {
    float[] centres = new float[spec.size()];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) (((i + 0.5) / centres.length * 2 - 1) * spec.halfWidth());
    }
    return centres;
  }

  /** Colours minus the ground's. */
  private float[] contrast() {
    List<Disc> discs = spec.discs();
    float[] ground = spec.background().unit();
    float[] contrast = new float[3 * discs.size()];
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < discs.size(); i++) {
        contrast[channel * discs.size() + i] =
            discs.get(i).colour().unit()[channel] - ground[channel];
      }
    }
    return contrast;
  }

  /** Filled by the engine where the positions are: a number of Java's would have to be sent. */
  private static NDArray number(NDArray like, double value) {
    return like.getManager().full(new Shape(), (float) value, DataType.FLOAT32);
  }

  private static NDArray onDevice(NDArray like, float[] values) {
    return like.getManager().create(values).toDevice(like.getDevice(), false);
  }
}
