package hgn.systems;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Separable;
import java.util.random.RandomGenerator;

/**
 * A mass on a spring, H = kq²/2 + p²/2m with k = 2 and m = 0.5, moving along the x axis (§A.4).
 *
 * <p>So H = q² + p² = r², a trajectory is a circle of radius r in the phase plane and its period is
 * 2π √(m/k) = π.
 */
public record MassSpring() implements PhysicalSystem {
  private static final double STIFFNESS = 2; // §A.4
  private static final double MASS = 0.5; // §A.4
  private static final double MIN_RADIUS = 0.1; // §A.4
  private static final double MAX_RADIUS = 1.0; // §A.4
  private static final double NOISE = 0.1; // §A.4
  // Not stated: the drawing. Chosen so that the mean image scores what the paper's collapsed HNN
  // does.
  private static final double HALF_WIDTH = 2;
  private static final double DISC_RADIUS = 0.5;

  @Override
  public String id() {
    return "mass-spring";
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public Hamiltonian hamiltonian() {
    return new Separable(
        ScalarField.quadratic(1 / (2 * MASS)), ScalarField.quadratic(STIFFNESS / 2));
  }

  @Override
  public String hamiltonianFormula() {
    return "H = kq²/2 + p²/2m,  k = 2, m = 0.5";
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
    return View.of(
            HALF_WIDTH,
            1,
            DISC_RADIUS,
            q -> NDArrays.concat(new NDList(q, q.zerosLike()), 1).reshape(-1, 1, 2))
        .labelled("position q", "momentum p");
  }
}
