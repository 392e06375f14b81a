package hgn.systems;

import hgn.dynamics.Hamiltonian;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Separable;
import java.util.random.RandomGenerator;

/**
 * Equal bodies under their mutual gravity, H = Σ |pᵢ|²/2m − Σ_{i&lt;j} g m²/|qᵢ − qⱼ| with m = g =
 * 1 (§A.4). q and p hold x and y of one body after the other.
 *
 * <p>The bodies start at the corners of a regular polygon on a circle of radius r, turned by a
 * uniform angle, at the speed v of the circular solution, clockwise or not with equal chance: v² =
 * (gm/4r) Σ_{k=1}^{n−1} 1/sin(πk/n), which is 1/(2√r) for two and 3^(−1/4)/√r for three.
 *
 * <p>Orbit noise σ multiplies the velocities by 1 + σε, with the laws of the code that published
 * these systems with the paper's constants (Greydanus et al., 2019). Two bodies share one standard
 * normal ε, which makes the circle an ellipse about the resting centre of mass. For three, each
 * component of each velocity has its own ε, uniform in (−1, 1), and the centre of mass drifts a
 * little. A normal ε there would send one trajectory in a hundred through an encounter closer than
 * 0.1 within 30 steps, and throw bodies hundreds of units out of the picture.
 */
public final class NBody implements PhysicalSystem {
  /** Two bodies, r ~ U(0.5, 1.5). */
  public static final NBody TWO = new NBody(2, "two-body", 0.5, 1.5, 0.05, 0.64);

  /** Three bodies, r ~ U(0.9, 1.2). */
  public static final NBody THREE = new NBody(3, "three-body", 0.9, 1.2, 0.2, 0.5);

  private static final double MASS = 1; // §A.4
  private static final double GRAVITY = 1; // §A.4
  // Not stated: the drawing. Chosen so that the mean image scores what the paper's collapsed HNN
  // does.
  private static final double HALF_WIDTH = 3;

  private final int bodies;
  private final String id;
  private final double minRadius;
  private final double maxRadius;
  private final double noise;
  private final double discRadius;

  private NBody(
      int bodies, String id, double minRadius, double maxRadius, double noise, double discRadius) {
    this.bodies = bodies;
    this.id = id;
    this.minRadius = minRadius;
    this.maxRadius = maxRadius;
    this.noise = noise;
    this.discRadius = discRadius;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int dimension() {
    return 2 * bodies;
  }

  /** Number of bodies. */
  public int bodies() {
    return bodies;
  }

  @Override
  public Hamiltonian hamiltonian() {
    return new Separable(
        ScalarField.quadratic(1 / (2 * MASS)), new Gravity(bodies, GRAVITY * MASS * MASS));
  }

  @Override
  public String hamiltonianFormula() {
    return "H = Σᵢ |pᵢ|²/2m − Σᵢ<ⱼ gm²/|qᵢ − qⱼ|,  m = g = 1";
  }

  @Override
  public double paperNoise() {
    return noise;
  }

  /**
   * Speed of the circular orbit of radius r.
   *
   * @param radius r, distance of each body from the centre
   * @return v
   */
  public double circularSpeed(double radius) {
    double sum = 0;
    for (int k = 1; k < bodies; k++) {
      sum += 1 / Math.sin(Math.PI * k / bodies);
    }
    return Math.sqrt(GRAVITY * MASS * sum / (4 * radius));
  }

  @Override
  public InitialState draw(RandomGenerator random, double orbitNoise) {
    double radius = random.nextDouble(minRadius, maxRadius);
    double turn = random.nextDouble(2 * Math.PI);
    double momentum = (random.nextBoolean() ? 1 : -1) * MASS * circularSpeed(radius);
    boolean shared = bodies == 2;
    double common = shared ? random.nextGaussian() : 0;
    double[] q = new double[2 * bodies];
    double[] p = new double[2 * bodies];
    for (int i = 0; i < bodies; i++) {
      double angle = turn + 2 * Math.PI * i / bodies;
      q[2 * i] = radius * Math.cos(angle);
      q[2 * i + 1] = radius * Math.sin(angle);
      double ex = shared ? common : random.nextDouble(-1, 1);
      double ey = shared ? common : random.nextDouble(-1, 1);
      p[2 * i] = -momentum * Math.sin(angle) * (1 + orbitNoise * ex);
      p[2 * i + 1] = momentum * Math.cos(angle) * (1 + orbitNoise * ey);
    }
    return new InitialState(q, p);
  }

  @Override
  public String orbitLaw(double orbitNoise) {
    return orbitNoise == 0 ? "none" : (bodies == 2 ? "σ = " : "± ") + orbitNoise;
  }

  @Override
  public boolean hasOrbit() {
    return true;
  }

  @Override
  public View view() {
    return View.of(HALF_WIDTH, bodies, discRadius, q -> q.reshape(-1, bodies, 2))
        .labelled("x of the first body", "pₓ of the first body");
  }

  @Override
  public String toString() {
    return id;
  }
}
