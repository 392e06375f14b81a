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
 * A pendulum, H = 2mgl(1 − cos q) + p²/(2ml²) with m = 0.5, g = 3 and l = 1 (§A.4); q is the angle
 * from the hanging position and the bob is at (l sin q, −l cos q).
 *
 * <p>The factor 2 is the paper's. It puts the top at H = 6, above every initial state (at most
 * 5.84); a textbook pendulum with this law of initial states would swing over in a third of the
 * trajectories.
 */
public record Pendulum() implements PhysicalSystem {
  private static final double MASS = 0.5; // §A.4
  private static final double GRAVITY = 3; // §A.4
  private static final double LENGTH = 1; // §A.4
  private static final double MIN_RADIUS = 1.3; // §A.4
  private static final double MAX_RADIUS = 2.3; // §A.4
  private static final double NOISE = 0.1; // §A.4
  // Not stated: the drawing. Chosen so that the mean image scores what the paper's collapsed HNN
  // does.
  private static final double HALF_WIDTH = 2;
  private static final double DISC_RADIUS = 0.45;

  @Override
  public String id() {
    return "pendulum";
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public Hamiltonian hamiltonian() {
    return new Separable(
        ScalarField.quadratic(1 / (2 * MASS * LENGTH * LENGTH)),
        swing(2 * MASS * GRAVITY * LENGTH));
  }

  @Override
  public String hamiltonianFormula() {
    return "H = 2mgl(1 − cos q) + p²/2ml²,  m = 0.5, g = 3, l = 1";
  }

  @Override
  public double paperNoise() {
    return NOISE;
  }

  @Override
  public InitialState draw(RandomGenerator random, double orbitNoise) {
    return InitialState.onCircle(random, MIN_RADIUS, MAX_RADIUS);
  }

  @Override
  public View view() {
    return View.of(HALF_WIDTH, 1, DISC_RADIUS, Pendulum::bob)
        .labelled("angle q (rad)", "momentum p");
  }

  private static NDArray bob(NDArray q) {
    NDArray x = Scalars.times(q.sin(), LENGTH);
    NDArray y = Scalars.times(q.cos(), -LENGTH);
    return NDArrays.concat(new NDList(x, y), 1).reshape(-1, 1, 2);
  }

  /** c (1 − cos q). */
  private static ScalarField swing(double coefficient) {
    return ScalarField.of(
        q -> Scalars.times(q.cos().neg().add(1), coefficient).sum(new int[] {1}),
        q -> Scalars.times(q.sin(), coefficient));
  }
}
