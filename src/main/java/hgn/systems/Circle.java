package hgn.systems;

import java.util.random.RandomGenerator;

/** Points on a circle of random radius in the phase plane: the start of the one-body systems. */
final class Circle {

  private Circle() {}

  /**
   * Radius uniform in [min, max), angle uniform on the circle.
   *
   * @return (q, p) = r (cos a, sin a)
   */
  static InitialState draw(RandomGenerator random, double min, double max) {
    double radius = random.nextDouble(min, max);
    double angle = random.nextDouble(2 * Math.PI);
    return new InitialState(
        new double[] {radius * Math.cos(angle)}, new double[] {radius * Math.sin(angle)});
  }
}
