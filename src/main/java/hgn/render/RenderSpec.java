package hgn.render;

import java.util.List;

/**
 * How a scene is drawn.
 *
 * @param size height and width of a frame in pixels
 * @param halfWidth half the side of the square world that a frame shows, centred at the origin
 * @param radius radius of the discs in units of the world: where their opacity is one half
 * @param softness width of the ramp from opaque to transparent, in units of the world
 * @param background colour of the ground
 * @param bodies colour of each disc, painted in this order
 */
public record RenderSpec(
    int size,
    double halfWidth,
    double radius,
    double softness,
    Colour background,
    List<Colour> bodies) {

  /**
   * Two and a half pixels of a frame of 32: a share of the half-width, so that size only resamples.
   */
  private static final double SOFTNESS = 2.5 / 16;

  private static final int SMALLEST = 4;
  // Not stated in the paper; read off its figures (PAPER.md, point 7). On black, training ends at
  // the mean image.
  private static final Colour GREY = new Colour(81, 88, 93);
  private static final List<Colour> PALETTE =
      List.of(new Colour(254, 234, 93), new Colour(254, 88, 93), new Colour(81, 234, 93));

  /**
   * A colour.
   *
   * @param red 0 to 255
   * @param green 0 to 255
   * @param blue 0 to 255
   */
  public record Colour(int red, int green, int blue) {

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is not within 0 and 255
     */
    public Colour {
      if (((red | green | blue) & ~0xff) != 0) {
        throw new IllegalArgumentException(
            "colour (%d, %d, %d) must lie within 0 and 255".formatted(red, green, blue));
      }
    }

    /** Red, green and blue in [0, 1]. */
    float[] unit() {
      return new float[] {red / 255f, green / 255f, blue / 255f};
    }
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public RenderSpec {
    if (size < SMALLEST) {
      throw new IllegalArgumentException(
          "size is %d pixels, expected at least %d".formatted(size, SMALLEST));
    }
    requirePositive("halfWidth", halfWidth);
    requirePositive("radius", radius);
    requirePositive("softness", softness);
    bodies = List.copyOf(bodies);
    if (bodies.isEmpty()) {
      throw new IllegalArgumentException("no bodies to draw, expected a colour for at least one");
    }
  }

  /**
   * The project's drawing: yellow, red and green discs on grey.
   *
   * <p>With the softness chosen here the mean image of the four systems' data scores about what the
   * paper's collapsed HNN does (Table 1), which puts our pixel errors on the paper's scale.
   *
   * @param size height and width in pixels
   * @param bodies how many discs, 1 to 3
   * @param halfWidth see {@link RenderSpec}
   * @param radius see {@link RenderSpec}
   * @return the spec
   */
  public static RenderSpec of(int size, int bodies, double halfWidth, double radius) {
    if (bodies < 1 || bodies > PALETTE.size()) {
      throw new IllegalArgumentException(
          "%d bodies, expected 1 to %d".formatted(bodies, PALETTE.size()));
    }
    return new RenderSpec(
        size, halfWidth, radius, SOFTNESS * halfWidth, GREY, PALETTE.subList(0, bodies));
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s is %s, expected a positive number".formatted(name, value));
    }
  }
}
