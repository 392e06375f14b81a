package hgn.systems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A system with known physics: its energy, the law its trajectories start from, and how a state
 * becomes discs in the plane (§4, §A.4). Units are the paper's, dimensionless.
 */
public interface PhysicalSystem {

  /** Name in experiments and files, for example "mass-spring". */
  String id();

  /** Name in figures and tables, for example "Mass-spring". */
  String title();

  /** Degrees of freedom: the length of q and of p. */
  int dimension();

  /** Number of discs drawn. */
  int bodies();

  /** The energy over states of shape [batch, {@link #dimension()}], of float32 or float64. */
  Hamiltonian hamiltonian();

  /** The energy as text, for captions. */
  String hamiltonianFormula();

  /** The paper's "Gaussian noise" of this system: 0.1, 0.1, 0.05 and 0.2 (§A.4). */
  double paperNoise();

  /** Half the side of the square that a frame shows, centred at the origin. */
  double worldHalfWidth();

  /** Radius of a disc in units of the world. */
  double discRadius();

  /**
   * Draws one initial state.
   *
   * @param random where the randomness comes from; as many numbers are drawn whatever orbitNoise
   *     is, so that equal seeds give equal orbits, perturbed or not
   * @param orbitNoise scale of the relative perturbation of the orbital velocities, at least 0,
   *     with the law that {@link NBody} describes; without effect on systems that have no orbit
   * @return the state
   */
  InitialState draw(RandomGenerator random, double orbitNoise);

  /**
   * The law of the relative perturbation of the orbital velocities, in words.
   *
   * @param orbitNoise its scale, see {@link #draw}
   * @return "σ = …" where it is normal, "± …" where it is uniform, "none" without noise or orbit
   */
  default String orbitLaw(double orbitNoise) {
    return "none";
  }

  /**
   * Where the bodies are.
   *
   * @param q generalised positions, [batch, {@link #dimension()}]
   * @return world coordinates, y upward, [batch, {@link #bodies()}, 2], of the type and on the
   *     device of q
   */
  NDArray positions(NDArray q);

  /** Whether the system starts on a circular orbit that orbitNoise can perturb. */
  default boolean hasOrbit() {
    return this instanceof NBody;
  }

  /**
   * Draws a batch of initial states, one after the other.
   *
   * @param manager owner of the result
   * @param n how many, at least 1
   * @param random where the randomness comes from
   * @param orbitNoise see {@link #draw}
   * @return states, each half [n, {@link #dimension()}], float64
   */
  default PhaseState sample(NDManager manager, int n, RandomGenerator random, double orbitNoise) {
    InitialState[] states = new InitialState[n];
    Arrays.setAll(states, i -> draw(random, orbitNoise));
    return batch(manager, states);
  }

  /**
   * Stacks drawn states.
   *
   * @param manager owner of the result
   * @param states at least one
   * @return states, each half [states.length, {@link #dimension()}], float64
   */
  default PhaseState batch(NDManager manager, InitialState... states) {
    Shape shape = new Shape(states.length, dimension());
    double[] q = Arrays.stream(states).flatMapToDouble(s -> Arrays.stream(s.q())).toArray();
    double[] p = Arrays.stream(states).flatMapToDouble(s -> Arrays.stream(s.p())).toArray();
    return new PhaseState(manager.create(q, shape), manager.create(p, shape));
  }
}
