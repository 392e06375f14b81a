package hgn.results;

/**
 * Labels of a plane that motions are drawn in.
 *
 * @param x label of the horizontal axis, with its unit
 * @param y label of the vertical axis, with its unit
 */
public record Axes(String x, String y) {

  /** The plane of the picture. */
  public static final Axes PICTURE = new Axes("x", "y");

  /** A coordinate and its momentum without names of their own. */
  public static final Axes UNNAMED = new Axes("coordinate q₁", "momentum p₁");
}
