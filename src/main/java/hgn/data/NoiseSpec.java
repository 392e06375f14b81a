package hgn.data;

import hgn.io.Records.Default;
import hgn.io.UserError;
import hgn.systems.PhysicalSystem;

/**
 * Noise that enters the data: four switches.
 *
 * <p>The paper says "Gaussian noise σ² = 0.1 / 0.1 / 0.05 / 0.2" and no more (§A.4). The same four
 * constants stand in the code of Hamiltonian Neural Networks, from which the systems are taken, and
 * there they scale the noise (as standard deviations where it is normal) and are no variances; so
 * they are here. Read as variances of every frame's position they would put a floor under the pixel
 * error above most of the paper's results.
 *
 * @param states standard deviation of the noise on the stored states that a network learning from
 *     states is given; the clean states stay beside them
 * @param positions standard deviation of the noise on the generalised positions of every frame
 *     before it is rendered: the literal reading, off by default because no model can predict it;
 *     see {@link Dataset#noiseFloor()}
 * @param orbit scale of the relative noise on the initial velocities of the two- and three-body
 *     systems; its laws are {@link hgn.systems.NBody}'s
 * @param pixels standard deviation of the noise on each of the three numbers of every pixel of
 *     every frame. Values are not clipped to [0, 1]: the mean of the noise is then 0 for the
 *     darkest and the brightest colours too, so the clean frame is the best prediction and its
 *     error the variance exactly
 */
public record NoiseSpec(
    double states, double positions, double orbit, @Default("0.0") double pixels) {

  /** No noise at all: every orbit is a circle. */
  public static final NoiseSpec NONE = new NoiseSpec(0, 0, 0);

  /**
   * Checks the values.
   *
   * @throws UserError if one is negative or not finite
   */
  public NoiseSpec {
    require("states", states);
    require("positions", positions);
    require("orbit", orbit);
    require("pixels", pixels);
  }

  /** Noise that leaves pixels as they are rendered. */
  public NoiseSpec(double states, double positions, double orbit) {
    this(states, positions, orbit, 0);
  }

  /**
   * The same motion with other noise on what is seen of it.
   *
   * @param onPositions standard deviation on rendered positions
   * @param onPixels standard deviation on pixels
   */
  public NoiseSpec onFrames(double onPositions, double onPixels) {
    return new NoiseSpec(states, onPositions, orbit, onPixels);
  }

  /** Whether films of the same motion differ from frame to frame by chance. */
  public boolean isOnFrames() {
    return positions > 0 || pixels > 0;
  }

  /**
   * The default of a system: the paper's constant on stored states and, where there is an orbit, on
   * the initial velocities; frames are clean.
   */
  public static NoiseSpec defaultFor(PhysicalSystem system) {
    double sigma = system.paperNoise();
    return new NoiseSpec(sigma, 0, system.hasOrbit() ? sigma : 0);
  }

  /** The default with the literal reading on top: every rendered frame is jittered. */
  public static NoiseSpec literalFor(PhysicalSystem system) {
    NoiseSpec spec = defaultFor(system);
    return new NoiseSpec(spec.states, system.paperNoise(), spec.orbit);
  }

  private static void require(String name, double sigma) {
    if (!(sigma >= 0) || Double.isInfinite(sigma)) {
      throw UserError.usage("noise on %s is %s, expected at least 0", name, sigma);
    }
  }
}
