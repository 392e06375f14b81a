package hgn.render;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A disc to be painted.
 *
 * @param radius in units of the world: where its opacity is one half
 * @param colour at its centre
 */
public record Disc(double radius, Colour colour) {
  // Not stated in the paper; the first three are read off its figures.
  private static final List<Colour> PALETTE =
      List.of(
          new Colour(254, 234, 93),
          new Colour(254, 88, 93),
          new Colour(81, 234, 93),
          new Colour(93, 160, 254),
          new Colour(234, 93, 254),
          new Colour(250, 250, 250));

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
            String.format(
                Locale.ROOT, "colour (%d, %d, %d) must lie within 0 and 255", red, green, blue));
      }
    }

    /** Red, green and blue in [0, 1]. */
    float[] unit() {
      return new float[] {red / 255f, green / 255f, blue / 255f};
    }
  }

  /**
   * Discs of one size in the project's colours: yellow, red and green first.
   *
   * @param count how many, at least 1; behind the sixth the colours begin anew
   * @param radius of each
   */
  public static List<Disc> several(int count, double radius) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Disc(radius, PALETTE.get(i % PALETTE.size())))
        .toList();
  }
}
