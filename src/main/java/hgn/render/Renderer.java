package hgn.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

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
    Shape shape = positions.getShape();
    int bodies = spec.discs().size();
    if (shape.dimension() != 3 || shape.get(1) != bodies || shape.get(2) != 2) {
      throw new IllegalArgumentException(
          "positions %s must have shape [n, %d, 2]".formatted(shape, bodies));
    }
    try (NDManager scratch = positions.getManager().newSubManager()) {
      NDArray at = positions.toType(DataType.FLOAT32, true);
      at.attach(scratch);
      NDArray frames = shape.get(0) <= BLOCK ? paint(opacities(at)) : inBlocks(at);
      frames.attach(positions.getManager());
      return frames;
    }
  }

  /**
   * The frames of long sequences: what is made on the way is then no larger than for short ones.
   */
  private NDArray inBlocks(NDArray at) {
    long n = at.getShape().get(0);
    NDArray frames = at.getManager().create(new Shape(n, 3, spec.size(), spec.size()));
    for (long from = 0; from < n; from += BLOCK) {
      NDIndex block = new NDIndex("{}:{}", from, Math.min(n, from + BLOCK));
      try (NDManager scratch = at.getManager().newSubManager()) {
        NDArray some = at.get(block);
        some.attach(scratch);
        frames.set(block, paint(opacities(some)));
      }
    }
    return frames;
  }

  /** Opacity of each disc at each pixel as if it were alone, [n, bodies, size, size]. */
  private NDArray opacities(NDArray positions) {
    int size = spec.size();
    NDArray columns = pixelCentres(positions).reshape(1, 1, 1, size);
    NDArray rows = pixelCentres(positions).reshape(1, 1, size, 1).neg(); // y points up
    NDList axes = positions.expandDims(3).split(2, 2); // x and y, each [n, bodies, 1, 1]
    NDArray distance = axes.get(0).sub(columns).square().add(axes.get(1).sub(rows).square()).sqrt();
    // In place from here: the array is ours and no graph is recorded through it.
    return distance.muli(-1 / spec.softness()).addi(reach(positions)).clip(0, 1);
  }

  /** Place at which each ramp reaches zero, in units of the softness, [1, bodies, 1, 1]. */
  private NDArray reach(NDArray like) {
    float[] reach = new float[spec.discs().size()];
    for (int i = 0; i < reach.length; i++) {
      reach[i] = (float) (spec.discs().get(i).radius() / spec.softness() + 0.5);
    }
    return onDevice(like, reach, new Shape(1, reach.length, 1, 1));
  }

  /**
   * Painter's order: what a disc shows is what no later one hides, and the ground the rest. A frame
   * is then ground + Σ visibleᵢ (colourᵢ − ground).
   */
  private NDArray paint(NDArray opacity) {
    int bodies = spec.discs().size();
    NDArray visible = opacity;
    if (bodies > 1) {
      NDList discs = opacity.split(bodies, 1);
      NDList shown = new NDList(discs.get(bodies - 1));
      NDArray uncovered = null;
      for (int i = bodies - 1; i > 0; i--) {
        NDArray through = discs.get(i).neg().addi(1);
        uncovered = uncovered == null ? through : uncovered.muli(through);
        shown.add(0, discs.get(i - 1).mul(uncovered));
      }
      visible = NDArrays.concat(shown, 1);
    }
    return contrast(opacity)
        .matMul(visible.reshape(visible.getShape().get(0), bodies, -1))
        .addi(ground(opacity))
        .reshape(-1, 3, spec.size(), spec.size());
  }

  /** Coordinates of pixel centres from left to right, [size]. */
  private NDArray pixelCentres(NDArray like) {
    float[] centres = new float[spec.size()];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) (((i + 0.5) / centres.length * 2 - 1) * spec.halfWidth());
    }
    return onDevice(like, centres, new Shape(centres.length));
  }

  /** Colours minus the ground's, [3, bodies]. */
  private NDArray contrast(NDArray like) {
    List<Disc> discs = spec.discs();
    float[] ground = spec.background().unit();
    float[] contrast = new float[3 * discs.size()];
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < discs.size(); i++) {
        contrast[channel * discs.size() + i] =
            discs.get(i).colour().unit()[channel] - ground[channel];
      }
    }
    return onDevice(like, contrast, new Shape(3, discs.size()));
  }

  private NDArray ground(NDArray like) {
    return onDevice(like, spec.background().unit(), new Shape(3, 1));
  }

  private static NDArray onDevice(NDArray like, float[] values, Shape shape) {
    return like.getManager().create(values, shape).toDevice(like.getDevice(), false);
  }
}
