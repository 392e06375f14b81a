package hgn.systems;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A system with known physics: its energy, the law its trajectories start from, and how a state
 * becomes discs in the plane (§4, §A.4). Units are the paper's, dimensionless. {@link #of} makes
 * one of lambdas; {@link Systems} knows the paper's and those that were added.
 */
public interface PhysicalSystem {

  /** Name in experiments and files, for example "mass-spring". */
  String id();

  /** The energy over states of shape [batch, {@link #dimension()}], of float32 or float64. */
  Hamiltonian hamiltonian();

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

  /** View that shows it. */
  View view();

  /** Name in figures and tables, for example "Mass-spring". */
  default String title() {
    return id().substring(0, 1).toUpperCase(java.util.Locale.ROOT) + id().substring(1);
  }

  /** Degrees of freedom: the length of q and of p. */
  default int dimension() {
    return draw(new SplittableRandom(0), 0).q().length;
  }

  /** The energy as text, for captions. */
  default String hamiltonianFormula() {
    return "";
  }

  /**
   * The paper's "Gaussian noise" of this system: 0.1, 0.1, 0.05 and 0.2 (§A.4), taken as a standard
   * deviation; else 0.
   */
  default double paperNoise() {
    return 0;
  }

  /** Whether the system starts on a circular orbit that orbitNoise can perturb. */
  default boolean hasOrbit() {
    return false;
  }

  /**
   * The law of the relative perturbation of the orbital velocities, in words.
   *
   * @param orbitNoise its scale, see {@link #draw}
   * @return "σ = …" where it is normal, "± …" where it is uniform, "none" without noise or orbit
   */
  default String orbitLaw(double orbitNoise) {
    return "none";
  }

  /** The law of initial states of a system of one's own. */
  @FunctionalInterface
  interface Sampler {
    /** One state, always the same for the same numbers of the generator. */
    InitialState draw(RandomGenerator random);

    /**
     * Every coordinate uniform within its reach of zero: {@code within(1.5, 1.5, 0.5, 0.5)} draws
     * two positions and two momenta.
     *
     * @param reach of each position, then of each momentum, positive
     */
    static Sampler within(double... reach) {
      return random ->
          InitialState.of(Arrays.stream(reach).map(r -> random.nextDouble(-r, r)).toArray());
    }
  }

  /**
   * A system of one's own.
   *
   * @param id lower-case letters, digits and dashes, for example "henon-heiles"
   * @param hamiltonian the energy
   * @param sampler the law of initial states
   * @param view how it is shown
   */
  static PhysicalSystem of(String id, Hamiltonian hamiltonian, Sampler sampler, View view) {
    return new PhysicalSystem() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public Hamiltonian hamiltonian() {
        return hamiltonian;
      }

      @Override
      public InitialState draw(RandomGenerator random, double orbitNoise) {
        return sampler.draw(random);
      }

      @Override
      public View view() {
        return view;
      }

      @Override
      public String toString() {
        return id;
      }
    };
  }

  /** World coordinates of the discs, see {@link View#positions}. */
  default NDArray positions(NDArray q) {
    return view().positions().apply(q);
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
    Shape shape = new Shape(states.length, states[0].q().length);
    double[] q = Arrays.stream(states).flatMapToDouble(s -> Arrays.stream(s.q())).toArray();
    double[] p = Arrays.stream(states).flatMapToDouble(s -> Arrays.stream(s.p())).toArray();
    return new PhaseState(manager.create(q, shape), manager.create(p, shape));
  }
}
