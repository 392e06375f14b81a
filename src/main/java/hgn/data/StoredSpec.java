package hgn.data;

/**
 * What decides the states in an archive; its JSON is stored with them and its hash names the file.
 *
 * @param version number of the law that makes states from the rest
 * @param system name of the system
 * @param train number of training trajectories
 * @param test number of test trajectories
 * @param steps steps after the initial state
 * @param dt time between frames
 * @param stateNoise standard deviation of the noise on the noisy states
 * @param orbitNoise scale of the relative noise on initial velocities
 * @param seed seed of every random number
 */
record StoredSpec(
    int version,
    String system,
    int train,
    int test,
    int steps,
    double dt,
    double stateNoise,
    double orbitNoise,
    long seed) {

  /** To be raised by whoever changes a law of initial states, the simulation or the streams. */
  static final int VERSION = 1;
}
