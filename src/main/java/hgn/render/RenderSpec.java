package hgn.render;

import java.util.List;
import java.util.Locale;

/**
 * Spec of the renderer: image size, scene and discs.
 *
 * @param size height and width of a frame in pixels
 * @param halfWidth half the side of the square world that a frame shows, centred at the origin
 * @param softness width of the ramp from opaque to transparent, in units of the world
 * @param background colour of the ground
 * @param discs painted in this order
 */
public record RenderSpec(
    int size, double halfWidth, double softness, Disc.Colour background, List<Disc> discs) {

  /**
   * Two and a half pixels of a frame of 32: a share of the half-width, so that size only resamples.
   */
  private static final double SOFTNESS = 2.5 / 16;

  private static final int SMALLEST = 4;
  // Not stated in the paper; read off its Fig 5. On black, training ends at the mean image.
  private static final Disc.Colour GREY = new Disc.Colour(81, 88, 93);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the value that does not fit
   */
  public RenderSpec {
    if (size < SMALLEST) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "size is %d pixels, expected at least %d", size, SMALLEST));
    }
    requirePositive("halfWidth", halfWidth);
    requirePositive("softness", softness);
    discs = List.copyOf(discs);
    discs.forEach(disc -> requirePositive("radius", disc.radius()));
    if (discs.isEmpty()) {
      throw new IllegalArgumentException("no discs to draw, expected at least one");
    }
  }

  /**
   * The project's drawing: soft discs on grey.
   *
   * <p>With the softness chosen here the mean image of the four systems' data scores about what the
   * paper's collapsed HNN does (Table 1), which puts our pixel errors on the paper's scale.
   *
   * @param size height and width in pixels
   * @param halfWidth see {@link RenderSpec}
   * @param discs what is drawn
   * @return the spec
   */
  public static RenderSpec of(int size, double halfWidth, List<Disc> discs) {
    return new RenderSpec(size, halfWidth, SOFTNESS * halfWidth, GREY, discs);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s is %s, expected a positive number".formatted(name, value));
    }
  }
}
