package hgn.systems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Scalars;
import hgn.dynamics.Separable;
import java.util.random.RandomGenerator;

/**
 * The paper's systems with one degree of freedom (§A.4), whose initial states lie on a ring of the
 * phase plane.
 *
 * @param id see {@link PhysicalSystem}
 * @param hamiltonianFormula the energy as text
 * @param hamiltonian the energy
 * @param minRadius inner radius of the ring of initial states
 * @param maxRadius its outer radius
 * @param view how it is shown
 */
public record Oscillator(
    String id,
    String hamiltonianFormula,
    Hamiltonian hamiltonian,
    double minRadius,
    double maxRadius,
    View view)
    implements PhysicalSystem {

  private static final double MASS = 0.5; // §A.4, of both
  private static final double STIFFNESS = 2; // §A.4
  private static final double GRAVITY = 3; // §A.4
  private static final double LENGTH = 1; // §A.4
  private static final double NOISE = 0.1; // §A.4, of both
  // Not stated: the drawing. Chosen, with the radii of the discs, so that the mean image scores
  // what the paper's collapsed HNN does.
  private static final double HALF_WIDTH = 2;

  /**
   * A mass on a spring, H = kq²/2 + p²/2m with k = 2 and m = 0.5, moving along the x axis.
   *
   * <p>So H = q² + p² = r², a trajectory is a circle of radius r in the phase plane and its period
   * is 2π √(m/k) = π.
   */
  public static final Oscillator MASS_SPRING =
      new Oscillator(
          "mass-spring",
          "H = kq²/2 + p²/2m,  k = 2, m = 0.5",
          new Separable(
              ScalarField.quadratic(1 / (2 * MASS)), ScalarField.quadratic(STIFFNESS / 2)),
          0.1, // §A.4
          1.0, // §A.4
          View.of(HALF_WIDTH, 1, 0.5, q -> point(q, q.zerosLike()))
              .labelled("position q", "momentum p"));

  /**
   * A pendulum, H = 2mgl(1 − cos q) + p²/(2ml²) with m = 0.5, g = 3 and l = 1; q is the angle from
   * the hanging position and the bob is at (l sin q, −l cos q).
   *
   * <p>The factor 2 is the paper's. It puts the top at H = 6, above every initial state (at most
   * 5.84); a textbook pendulum with this law of initial states would swing over in a third of the
   * trajectories.
   */
  public static final Oscillator PENDULUM =
      new Oscillator(
          "pendulum",
          "H = 2mgl(1 − cos q) + p²/2ml²,  m = 0.5, g = 3, l = 1",
          new Separable(
              ScalarField.quadratic(1 / (2 * MASS * LENGTH * LENGTH)),
              swing(2 * MASS * GRAVITY * LENGTH)),
          1.3, // §A.4
          2.3, // §A.4
          View.of(
                  HALF_WIDTH,
                  1,
                  0.45,
                  q -> point(Scalars.times(q.sin(), LENGTH), Scalars.times(q.cos(), -LENGTH)))
              .labelled("angle q (rad)", "momentum p"));

  private static NDArray point(NDArray x, NDArray y) {
    return NDArrays.concat(new NDList(x, y), 1).reshape(-1, 1, 2);
  }

  /** c (1 − cos q). */
  private static ScalarField swing(double coefficient) {
    return ScalarField.of(
        q -> Scalars.times(q.cos().neg().add(1), coefficient).sum(new int[] {1}),
        q -> Scalars.times(q.sin(), coefficient));
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public double paperNoise() {
    return NOISE;
  }

  @Override
  public InitialState draw(RandomGenerator random, double orbitNoise) {
    return InitialState.onCircle(random, minRadius, maxRadius);
  }

  @Override
  public String toString() {
    return id;
  }
}
