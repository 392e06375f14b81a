package hgn.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.PhaseState;
import hgn.systems.Oscillator;
import hgn.systems.PhysicalSystem;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Statistics of motion of the bodies in films, from their positions in each frame alone: what
 * dreamt and filmed trajectories are compared by. Velocities are differences of fourth order
 * between frames.
 *
 * @param reach one disc: the amplitude, largest |q| of a film; several: their distance, mean over
 *     pairs and frames of a film. One a film
 * @param speed of every disc at every frame that has two neighbours on both sides
 * @param drift root mean square of the true energy's deviation from its mean along a film, one a
 *     film: the energy of the positions and of the momenta that their velocities are
 */
public record Motion(double[] reach, double[] speed, double[] drift) {

  /**
   * Two-sample Kolmogorov–Smirnov distances, in [0, 1].
   *
   * @param reach of {@link Motion#reach}
   * @param speed of {@link Motion#speed}
   * @param drift of {@link Motion#drift}
   */
  public record Distance(double reach, double speed, double drift) {}

  /**
   * Measures films.
   *
   * @param system whose energy is asked
   * @param tracks x and y of one disc after the other, [films][frames][2 · bodies], at least five
   *     frames; what is no number counts as infinitely far
   * @param dt time between frames
   */
  public static Motion of(PhysicalSystem system, double[][][] tracks, double dt) {
    return new Motion(
        Arrays.stream(tracks).mapToDouble(t -> known(reach(system, t))).toArray(),
        Arrays.stream(tracks).flatMapToDouble(t -> speeds(t, dt)).map(Motion::known).toArray(),
        Arrays.stream(tracks).mapToDouble(t -> known(drift(system, t, dt))).toArray());
  }

  /** Kolmogorov–Smirnov distances between two collections of films. */
  public Distance from(Motion other) {
    KolmogorovSmirnovTest test = new KolmogorovSmirnovTest();
    return new Distance(
        test.kolmogorovSmirnovStatistic(reach, other.reach),
        test.kolmogorovSmirnovStatistic(speed, other.speed),
        test.kolmogorovSmirnovStatistic(drift, other.drift));
  }

  private static double known(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }

  private static double reach(PhysicalSystem system, double[]... track) {
    int bodies = system.view().discs().size();
    if (bodies == 1) {
      return Arrays.stream(coordinates(system, track))
          .mapToDouble(q -> Math.abs(q[0]))
          .reduce(0, Math::max);
    }
    double sum = 0;
    for (double[] at : track) {
      for (int i = 0; i < bodies; i++) {
        for (int j = 0; j < i; j++) {
          sum += Math.hypot(at[2 * i] - at[2 * j], at[2 * i + 1] - at[2 * j + 1]);
        }
      }
    }
    return sum / (track.length * bodies * (bodies - 1) / 2.0);
  }

  private static DoubleStream speeds(double[][] track, double dt) {
    return Arrays.stream(velocities(track, dt))
        .flatMapToDouble(
            v ->
                IntStream.range(0, v.length / 2)
                    .mapToDouble(i -> Math.hypot(v[2 * i], v[2 * i + 1])));
  }

  private static double drift(PhysicalSystem system, double[][] track, double dt) {
    double[][] q = coordinates(system, track);
    double[][] velocity = velocities(q, dt);
    int frames = velocity.length;
    int d = q[0].length;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      Shape shape = new Shape(frames, d);
      NDArray at =
          manager.create(
              Arrays.stream(q, 2, 2 + frames).flatMapToDouble(Arrays::stream).toArray(), shape);
      NDArray speed =
          manager.create(Arrays.stream(velocity).flatMapToDouble(Arrays::stream).toArray(), shape);
      // Kinetic energies are quadratic here: velocities are momenta times those of momenta 1.
      PhaseState unit = new PhaseState(at, at.onesLike());
      PhaseState state = new PhaseState(at, speed.div(system.hamiltonian().dHdp(unit)));
      double[] energy = system.hamiltonian().energy(state).toDoubleArray();
      double mean = Arrays.stream(energy).average().orElseThrow();
      return Math.sqrt(
          Arrays.stream(energy).map(e -> (e - mean) * (e - mean)).average().orElseThrow());
    }
  }

  /** The generalised positions of discs. */
  private static double[][] coordinates(PhysicalSystem system, double[]... track) {
    if (system.dimension() == 2 * system.view().discs().size()) {
      return track;
    }
    double[][] q = new double[track.length][1];
    for (int t = 0; t < q.length; t++) {
      if (system.equals(Oscillator.PENDULUM)) {
        double angle = Math.atan2(track[t][0], -track[t][1]);
        // The turn nearest to the frame before: a bob may go over the top.
        double before = t == 0 ? 0 : q[t - 1][0];
        q[t][0] = angle + 2 * Math.PI * Math.rint((before - angle) / (2 * Math.PI));
      } else {
        q[t][0] = track[t][0];
      }
    }
    return q;
  }

  private static double[][] velocities(double[][] x, double dt) {
    double[][] v = new double[x.length - 4][x[0].length];
    for (int t = 0; t < v.length; t++) {
      for (int j = 0; j < v[t].length; j++) {
        v[t][j] = (x[t][j] - 8 * x[t + 1][j] + 8 * x[t + 3][j] - x[t + 4][j]) / (12 * dt);
      }
    }
    return v;
  }
}
